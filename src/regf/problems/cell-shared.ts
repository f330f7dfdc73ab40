/** A cell that two references lead to: a change of one changes the other. `at` is where the second reference stands, `cell` where it leads. */
import { problemKind } from "./problem-kind.ts";
import type { StructureName } from "./structure-name.ts";
import { place } from "./words.ts";

export const cellShared = problemKind({
  code: "cell-shared",
  severity: "fatal",
  sentence: (it: { readonly structure: StructureName; readonly cell: number }) =>
    `The ${it.structure} at ${place(it.cell)} is used a second time`,
});
