/** A name in two bytes a character that needs only one: it is read, but no Windows wrote it (no exception among 300,000 names). */
import { problemKind } from "./problem-kind.ts";
import { quoted } from "./words.ts";

export const nameNotCompressed = problemKind({
  code: "name-not-compressed",
  severity: "warning",
  sentence: (it: { readonly structure: "key" | "value"; readonly name: string }) =>
    `The name ${quoted(it.name)} of a ${it.structure} is stored as UTF-16, where Windows stores one byte a character`,
});
