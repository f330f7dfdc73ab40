/** A key whose name has a backslash in it: Windows makes none and cannot open it, since a backslash parts the names of a path. */
import { problemKind } from "./problem-kind.ts";
import { quoted } from "./words.ts";

export const backslashInName = problemKind({
  code: "backslash-in-name",
  severity: "warning",
  sentence: (it: { readonly name: string }) =>
    `The key's name ${quoted(it.name)} has a backslash in it, so that no path leads to the key`,
});
