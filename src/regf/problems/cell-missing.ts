/** A reference that must lead to a cell, and says "no cell". `at` is where the reference stands. */
import { problemKind } from "./problem-kind.ts";
import type { StructureName } from "./structure-name.ts";

export const cellMissing = problemKind({
  code: "cell-missing",
  severity: "fatal",
  sentence: (it: { readonly structure: StructureName }) => `A ${it.structure} is needed, but no cell is given for it`,
});
