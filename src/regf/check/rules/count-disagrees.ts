/** A key has as many subkeys as it says. Values need no such rule: their list has no count of its own. */
import { KEY_NODE } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import { countDisagrees } from "../../problems/count-disagrees.ts";
import { rule } from "../rule.ts";

export const countDisagreesRule = rule(countDisagrees, ({ bins }, report) => ({
  key(key, { listedCount }) {
    const declared = bins.get(key.cell, KEY_NODE.fields.subkeyCount);
    if (listedCount === undefined || declared === listedCount) return;
    report(toFile(key.cell), { what: "subkeys", declared, counted: listedCount }, key);
  },
}));
