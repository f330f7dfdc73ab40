/** A reference to a cell that is free: Windows gives that room away at the next write. `at` is where the reference stands, `cell` where it leads. */
import { problemKind } from "./problem-kind.ts";
import type { StructureName } from "./structure-name.ts";
import { place } from "./words.ts";

export const cellFree = problemKind({
  code: "cell-free",
  severity: "fatal",
  sentence: (it: { readonly structure: StructureName; readonly cell: number }) =>
    `The ${it.structure} should be at ${place(it.cell)}, but that cell is free`,
});
