/** A cell whose end cannot be: where the next one begins is not known, and Windows refuses the hive (ReactOS, cmcheck.c). */
import { problemKind } from "./problem-kind.ts";

export const badCellSize = problemKind({
  code: "bad-cell-size",
  severity: "fatal",
  sentence: (it: { readonly size: number; readonly available: number }) =>
    `A cell says that it has ${it.size} bytes; it must be a multiple of 8, and ${it.available} bytes are left in its bin`,
});
