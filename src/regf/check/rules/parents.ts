/** A key refers back to the key that lists it; the root's parent is whatever was in memory. */
import { KEY_NODE } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

export const parents: Rule = {
  name: "parents",
  key({ bins, findings }, key) {
    if (key.parent === undefined) return;
    const declared = bins.get(key.cell, KEY_NODE.fields.parent);
    const actual = key.parent.cell;
    if (declared !== actual) findings.add(toFile(key.cell), { code: "wrong-parent", declared, actual }, key);
  },
};
