/** A class name, which is UTF-16 always, has whole characters. */
import { KEY_NODE } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import { oddClassSize } from "../../problems/odd-class-size.ts";
import { rule } from "../rule.ts";

export const oddClassSizeRule = rule(oddClassSize, ({ bins }, report) => ({
  key(key) {
    const size = bins.get(key.cell, KEY_NODE.fields.classNameSize);
    if (size % 2 !== 0) report(toFile(key.cell), { size }, key);
  },
}));
