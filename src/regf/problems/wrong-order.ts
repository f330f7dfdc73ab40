/** A subkey that comes after one that it should come before: Windows halves a list to find a name, and misses some. */
import { problemKind } from "./problem-kind.ts";
import { quoted } from "./words.ts";

export const wrongOrder = problemKind({
  code: "wrong-order",
  severity: "fatal",
  sentence: (it: { readonly name: string; readonly before: string }) =>
    `The subkey ${quoted(it.name)} comes after ${quoted(it.before)}, so that Windows cannot find every subkey`,
});
