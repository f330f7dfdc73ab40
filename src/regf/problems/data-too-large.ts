/** Data that is larger than its cell, or than the hive. */
import { problemKind } from "./problem-kind.ts";

export const dataTooLarge = problemKind({
  code: "data-too-large",
  severity: "fatal",
  sentence: (it: { readonly size: number; readonly available: number }) =>
    `A value's data has ${it.size} bytes, but its cell holds ${it.available}`,
});
