/** Two subkeys or two values whose names differ in case only, or not at all: one of them cannot be reached. */
import { problemKind } from "./problem-kind.ts";
import { quoted } from "./words.ts";

export const duplicateName = problemKind({
  code: "duplicate-name",
  severity: "fatal",
  sentence: (it: { readonly structure: "key" | "value"; readonly name: string }) =>
    `There are two ${it.structure}s with the name ${quoted(it.name)}`,
});
