/** Each entry of `lh` holds the hash of its key's name, each of `lf` its first characters: Windows passes over a key whose entry differs. */
import { nameHash, nameHint } from "../../format/key-name.ts";
import { toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

export const subkeyHints: Rule = {
  name: "subkey-hints",
  key({ findings }, _key, { subkeys }) {
    for (const { key, hint, list } of subkeys) {
      if (hint === undefined) continue;
      const computed = list.kind === "lh" ? nameHash(key.name) : nameHint(key.name);
      if (hint === computed) continue;
      findings.add(toFile(list.cell), { code: "wrong-hash", name: key.name, declared: hint, computed }, key);
    }
  },
};
