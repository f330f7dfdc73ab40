/** What a value says of its data's size is possible; that the data is there, the walk has seen. */
import { toFile } from "../../format/offsets.ts";
import { INLINE_DATA_MAX, VALUE_FLAG, VALUE_NODE } from "../../format/value-node.ts";
import type { Rule } from "../rule.ts";

export const valueData: Rule = {
  name: "value-data",
  key({ bins, findings }, key, { values }) {
    for (const { cell, dataSize, isInline } of values) {
      if (isInline && dataSize > INLINE_DATA_MAX) {
        findings.add(toFile(cell), { code: "bad-inline-size", size: dataSize }, key);
      }
      const isTombstone = (bins.get(cell, VALUE_NODE.fields.flags) & VALUE_FLAG.tombstone) !== 0;
      if (!isInline && dataSize === 0 && !isTombstone)
        findings.add(toFile(cell), { code: "zero-size-not-inline" }, key);
    }
  },
};
