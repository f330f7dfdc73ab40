/** A key has as many subkeys as it says; values need no rule: their list has no count of its own. */
import { KEY_NODE } from "../../format/key-node.ts";
import { NIL, toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

const { fields: KEY } = KEY_NODE;

export const counts: Rule = {
  name: "counts",
  key({ bins, findings }, key, { lists, listedCount }) {
    const declared = bins.get(key.cell, KEY.subkeyCount);
    if (declared === listedCount || isUnreadable()) return;
    findings.add(toFile(key.cell), { code: "count-disagrees", what: "subkeys", declared, counted: listedCount }, key);

    /** The list itself could not be read, and that is reported already. */
    function isUnreadable(): boolean {
      return lists.length === 0 && bins.get(key.cell, KEY.subkeys) !== NIL;
    }
  },
};
