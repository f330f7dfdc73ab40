/** A structure that does not fit into its cell: what follows is of another cell. */
import { problemKind } from "./problem-kind.ts";
import type { StructureName } from "./structure-name.ts";

export const cellTooSmall = problemKind({
  code: "cell-too-small",
  severity: "fatal",
  sentence: (it: { readonly structure: StructureName; readonly size: number; readonly needed: number }) =>
    `The ${it.structure} needs ${it.needed} bytes, but its cell holds ${it.size}`,
});
