/** A list's entry whose hash, or first characters, are not those of its key's name: Windows passes over the key. */
import { hexNumber as hex } from "../../bytes/hex.ts";
import { problemKind } from "./problem-kind.ts";
import { quoted } from "./words.ts";

export const wrongHash = problemKind({
  code: "wrong-hash",
  severity: "fatal",
  sentence: (it: { readonly name: string; readonly declared: number; readonly computed: number }) =>
    `The list holds ${hex(it.declared)} for the subkey ${quoted(it.name)} instead of ${hex(it.computed)}, so that Windows cannot find it`,
});
