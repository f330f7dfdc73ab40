/** Data of one to four bytes in a cell of its own, where Windows keeps it in the value (no exception among 300,000 values). */
import { problemKind } from "./problem-kind.ts";

export const smallDataNotInline = problemKind({
  code: "small-data-not-inline",
  severity: "warning",
  sentence: (it: { readonly size: number }) =>
    `A value keeps ${it.size} bytes of data in a cell of its own, where Windows keeps them in the value`,
});
