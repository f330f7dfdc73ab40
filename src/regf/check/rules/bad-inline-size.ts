/** Data in the value itself has room there; that other data is there, the walk has seen. */
import { toFile } from "../../format/offsets.ts";
import { INLINE_DATA_MAX } from "../../format/value-node.ts";
import { badInlineSize } from "../../problems/bad-inline-size.ts";
import { rule } from "../rule.ts";

export const badInlineSizeRule = rule(badInlineSize, (_examined, report) => ({
  value({ cell, dataSize, isInline }, key) {
    if (isInline && dataSize > INLINE_DATA_MAX) report(toFile(cell), { size: dataSize }, key);
  },
}));
