/** Big data in more or fewer segments than its size needs. */
import { problemKind } from "./problem-kind.ts";

export const badSegmentCount = problemKind({
  code: "bad-segment-count",
  severity: "fatal",
  sentence: (it: { readonly declared: number; readonly needed: number }) =>
    `A value's data is in ${it.declared} segments; its size needs ${it.needed}`,
});
