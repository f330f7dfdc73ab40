/** Data that has room in the value itself is there. */
import { toFile } from "../../format/offsets.ts";
import { INLINE_DATA_MAX } from "../../format/value-node.ts";
import { smallDataNotInline } from "../../problems/small-data-not-inline.ts";
import { rule } from "../rule.ts";

export const smallDataNotInlineRule = rule(smallDataNotInline, (_examined, report) => ({
  value({ cell, dataSize, isInline }, key) {
    if (isInline || dataSize === 0 || dataSize > INLINE_DATA_MAX) return;
    report(toFile(cell), { size: dataSize }, key);
  },
}));
