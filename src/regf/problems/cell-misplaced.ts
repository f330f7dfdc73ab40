/** A reference into the middle of a cell, or into a bin that cannot be read. `at` is where the reference stands, `cell` where it leads. */
import { problemKind } from "./problem-kind.ts";
import type { StructureName } from "./structure-name.ts";
import { place } from "./words.ts";

export const cellMisplaced = problemKind({
  code: "cell-misplaced",
  severity: "fatal",
  sentence: (it: { readonly structure: StructureName; readonly cell: number }) =>
    `The ${it.structure} should be at ${place(it.cell)}, where no cell begins`,
});
