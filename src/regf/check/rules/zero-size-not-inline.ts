/** A value without data is marked as inline, unless it stands for a deleted one. */
import { toFile } from "../../format/offsets.ts";
import { VALUE_FLAG } from "../../format/value-node.ts";
import { zeroSizeNotInline } from "../../problems/zero-size-not-inline.ts";
import { rule } from "../rule.ts";

export const zeroSizeNotInlineRule = rule(zeroSizeNotInline, (_examined, report) => ({
  value({ cell, dataSize, isInline, flags }, key) {
    const isTombstone = (flags & VALUE_FLAG.tombstone) !== 0;
    if (!isInline && dataSize === 0 && !isTombstone) report(toFile(cell), {}, key);
  },
}));
