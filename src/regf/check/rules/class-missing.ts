/** A key that has a class name has a cell for it. */
import { KEY_NODE } from "../../format/key-node.ts";
import { NIL, toFile } from "../../format/offsets.ts";
import { classMissing } from "../../problems/class-missing.ts";
import { rule } from "../rule.ts";

const { fields: KEY } = KEY_NODE;

export const classMissingRule = rule(classMissing, ({ bins }, report) => ({
  key(key) {
    const size = bins.get(key.cell, KEY.classNameSize);
    if (size > 0 && bins.get(key.cell, KEY.className) === NIL) report(toFile(key.cell), { size }, key);
  },
}));
