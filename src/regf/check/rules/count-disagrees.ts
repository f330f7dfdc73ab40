/** A key has as many subkeys as it says. Values need no such rule: their list has no count of its own. */
import { KEY_NODE } from "../../format/key-node.ts";
import { NIL, toFile } from "../../format/offsets.ts";
import { countDisagrees } from "../../problems/count-disagrees.ts";
import { rule } from "../rule.ts";

const { fields: KEY } = KEY_NODE;

export const countDisagreesRule = rule(countDisagrees, ({ bins }, report) => ({
  key(key, { lists, listedCount }) {
    const declared = bins.get(key.cell, KEY.subkeyCount);
    if (declared === listedCount) return;
    // A list that could not be read is reported already.
    if (lists.length === 0 && bins.get(key.cell, KEY.subkeys) !== NIL) return;
    report(toFile(key.cell), { what: "subkeys", declared, counted: listedCount }, key);
  },
}));
