/** A full segment of big data in a cell of another size than Windows gives it, which with the bin's header makes 16 KiB. */
import { problemKind } from "./problem-kind.ts";

export const unusualSegmentSize = problemKind({
  code: "unusual-segment-size",
  severity: "warning",
  sentence: (it: { readonly size: number; readonly expected: number }) =>
    `A segment of big data is in a cell of ${it.size} bytes, where Windows makes it ${it.expected}`,
});
