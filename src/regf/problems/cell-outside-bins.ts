/** A reference that leads out of the bins. `at` is where the reference stands, `cell` where it leads. */
import { problemKind } from "./problem-kind.ts";
import type { StructureName } from "./structure-name.ts";
import { place } from "./words.ts";

export const cellOutsideBins = problemKind({
  code: "cell-outside-bins",
  severity: "fatal",
  sentence: (it: { readonly structure: StructureName; readonly cell: number }) =>
    `The ${it.structure} should be at ${place(it.cell)}, which is outside the hive's bins`,
});
