/** A list or a class name that a key refers to, though it says that it has none: Windows always takes the reference away (no exception in 60 real hives). */
import { problemKind } from "./problem-kind.ts";
import { place } from "./words.ts";

export const unusedReference = problemKind({
  code: "unused-reference",
  severity: "warning",
  sentence: (it: { readonly structure: "subkey list" | "value list" | "class name"; readonly cell: number }) =>
    `A key has no ${it.structure}, but refers to one at ${place(it.cell)}`,
});
