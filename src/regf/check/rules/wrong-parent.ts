/** A key refers back to the key that lists it; the root's parent is whatever was in memory. */
import { KEY_NODE } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import { wrongParent } from "../../problems/wrong-parent.ts";
import { rule } from "../rule.ts";

export const wrongParentRule = rule(wrongParent, ({ bins }, report) => ({
  key(key) {
    if (key.parent === undefined) return;
    const declared = bins.get(key.cell, KEY_NODE.fields.parent);
    const actual = key.parent.cell;
    if (declared !== actual) report(toFile(key.cell), { declared, actual }, key);
  },
}));
