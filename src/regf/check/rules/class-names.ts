/** A key that has a class name has a cell for it; Windows drops the class otherwise. */
import { KEY_NODE } from "../../format/key-node.ts";
import { NIL, toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

const { fields: KEY } = KEY_NODE;

export const classNames: Rule = {
  name: "class-names",
  key({ bins, findings }, key) {
    const size = bins.get(key.cell, KEY.classNameSize);
    if (size === 0 || bins.get(key.cell, KEY.className) !== NIL) return;
    findings.add(toFile(key.cell), { code: "class-missing", size }, key);
  },
};
