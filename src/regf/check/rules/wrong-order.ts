/** Subkeys stand in ascending order, through all leaves. */
import { compareUpcased } from "../../../bytes/upcase.ts";
import { toFile } from "../../format/offsets.ts";
import { wrongOrder } from "../../problems/wrong-order.ts";
import { rule } from "../rule.ts";

export const wrongOrderRule = rule(wrongOrder, (_examined, report) => ({
  key(_key, { subkeys }) {
    let before: string | undefined;
    for (const { key: subkey } of subkeys) {
      const { cell, name } = subkey;
      if (before !== undefined && compareUpcased(before, name) > 0) report(toFile(cell), { name, before }, subkey);
      before = name;
    }
  },
}));
