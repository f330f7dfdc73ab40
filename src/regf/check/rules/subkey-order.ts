/** Subkeys stand in strictly ascending order, through all leaves: Windows finds them by halving. */
import { compareUpcased } from "../../../bytes/upcase.ts";
import { toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

export const subkeyOrder: Rule = {
  name: "subkey-order",
  key({ findings }, _key, { subkeys }) {
    let before: string | undefined;
    for (const { key } of subkeys) {
      const { name } = key;
      const order = before === undefined ? -1 : compareUpcased(before, name);
      if (order === 0) findings.add(toFile(key.cell), { code: "duplicate-name", structure: "key", name }, key);
      else if (order > 0) findings.add(toFile(key.cell), { code: "wrong-order", name, before: before ?? "" }, key);
      before = name;
    }
  },
};
