/** A structure that does not begin with its two or four letters: something else is there, or nothing. */
import { problemKind } from "./problem-kind.ts";
import type { StructureName } from "./structure-name.ts";

export const badSignature = problemKind({
  code: "bad-signature",
  severity: "fatal",
  sentence: (it: { readonly structure: StructureName; readonly expected: string; readonly found: string }) =>
    `A ${it.structure} should begin with "${it.expected}", but begins with ${it.found}`,
});
