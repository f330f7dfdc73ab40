/** No two subkeys and no two values of a key have the same name. */
import { equalsUpcased, upcase } from "../../../bytes/upcase.ts";
import { toFile } from "../../format/offsets.ts";
import { duplicateName } from "../../problems/duplicate-name.ts";
import { rule } from "../rule.ts";

export const duplicateNameRule = rule(duplicateName, (_examined, report) => ({
  key(key, { subkeys, values }) {
    // In a list that is out of order, two of one name may stand apart; that is reported in any case.
    let before: string | undefined;
    for (const { key: subkey } of subkeys) {
      const { cell, name } = subkey;
      if (before !== undefined && equalsUpcased(before, name)) report(toFile(cell), { structure: "key", name }, subkey);
      before = name;
    }
    if (values.length < 2) return;
    const met = new Set<string>();
    for (const { cell, name } of values) {
      const upper = upcase(name);
      if (met.has(upper)) report(toFile(cell), { structure: "value", name }, key);
      met.add(upper);
    }
  },
}));
