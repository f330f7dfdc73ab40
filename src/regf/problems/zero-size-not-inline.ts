/** A value without data that is not marked as inline, as Windows marks it; in version 1.6 that stands for a deleted value. */
import { problemKind } from "./problem-kind.ts";

export const zeroSizeNotInline = problemKind({
  code: "zero-size-not-inline",
  severity: "warning",
  sentence: () => "A value without data is not marked as Windows marks it",
});
