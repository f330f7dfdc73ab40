/** Big data in more or fewer segments than its size needs. */
import { problemKind } from "./problem-kind.ts";

export const badSegmentCount = problemKind({
  code: "bad-segment-count",
  severity: "fatal",
  sentence: (it: { readonly declared: number; readonly needed: number }) =>
    `The number of segments of a value's data is ${it.declared}; its size needs ${it.needed}`,
});
