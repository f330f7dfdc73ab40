/** Each entry of `lh` holds the hash of its key's name, each of `lf` its first characters. */
import { nameHash, nameHint } from "../../format/key-name.ts";
import { toFile } from "../../format/offsets.ts";
import { wrongHash } from "../../problems/wrong-hash.ts";
import { rule } from "../rule.ts";

export const wrongHashRule = rule(wrongHash, (_examined, report) => ({
  key(_key, { subkeys }) {
    for (const { key, hint, list } of subkeys) {
      if (hint === undefined) continue;
      const computed = list.kind === "lh" ? nameHash(key.name) : nameHint(key.name);
      if (hint !== computed) report(toFile(list.cell), { name: key.name, declared: hint, computed }, key);
    }
  },
}));
