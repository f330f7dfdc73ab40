/** A list with more entries than Windows puts into one, though it reads it (ReactOS, CmpMaxFastIndexPerHblock and CmpMaxIndexPerHblock; no larger one in 116 real hives). */
import { problemKind } from "./problem-kind.ts";

export const leafTooLarge = problemKind({
  code: "leaf-too-large",
  severity: "warning",
  sentence: (it: { readonly kind: string; readonly count: number; readonly largest: number }) =>
    `A subkey list of kind "${it.kind}" has ${it.count} entries, where Windows puts at most ${it.largest}`,
});
