/** A key that refers back to another key than the one that lists it: Windows refuses the hive, or rewrites the key where it heals one (ReactOS, cmcheck.c). */
import { problemKind } from "./problem-kind.ts";
import { place } from "./words.ts";

export const wrongParent = problemKind({
  code: "wrong-parent",
  severity: "fatal",
  sentence: (it: { readonly declared: number; readonly actual: number }) =>
    `A key says that its parent is at ${place(it.declared)}, but it is at ${place(it.actual)}`,
});
