/** A key that has no subkeys, no values or no class name refers to no cell for them. */
import { KEY_NODE } from "../../format/key-node.ts";
import { NIL, toFile } from "../../format/offsets.ts";
import { unusedReference } from "../../problems/unused-reference.ts";
import { isPredefinedHandle } from "../../read/value-count.ts";
import { rule } from "../rule.ts";

const { fields: KEY } = KEY_NODE;

const REFERENCES = [
  { structure: "subkey list", size: KEY.subkeyCount, reference: KEY.subkeys },
  { structure: "value list", size: KEY.valueCount, reference: KEY.values },
  { structure: "class name", size: KEY.classNameSize, reference: KEY.className },
] as const;

export const unusedReferenceRule = rule(unusedReference, ({ bins }, report) => ({
  key(key) {
    for (const { structure, size, reference } of REFERENCES) {
      if (bins.get(key.cell, size) !== 0) continue;
      const cell = bins.get(key.cell, reference);
      if (cell === NIL || isPredefinedHandle(bins, key.cell)) continue; // what such a key has there, nobody has written down
      report(toFile(key.cell), { structure, cell }, key);
    }
  },
}));
