/** A security descriptor that is larger than its cell. */
import { problemKind } from "./problem-kind.ts";

export const badDescriptorSize = problemKind({
  code: "bad-descriptor-size",
  severity: "fatal",
  sentence: (it: { readonly size: number; readonly available: number }) =>
    `A security descriptor has ${it.size} bytes, but its cell holds ${it.available}`,
});
