/** No leaf has more entries than Windows puts into one. */
import { toFile } from "../../format/offsets.ts";
import { FAST_LEAF_MAX, LEAF_MAX, type SubkeyListKind } from "../../format/subkey-list.ts";
import { leafTooLarge } from "../../problems/leaf-too-large.ts";
import { rule } from "../rule.ts";

/** An `lf` has one more than ours: which of the two counts Windows NT 4 and 2000 stop at is not known. */
const LARGEST: Readonly<Partial<Record<SubkeyListKind, number>>> = {
  lf: FAST_LEAF_MAX + 1,
  lh: LEAF_MAX,
  li: LEAF_MAX,
};

export const leafTooLargeRule = rule(leafTooLarge, (_examined, report) => ({
  list({ cell, kind, count }, key) {
    const largest = LARGEST[kind];
    if (largest !== undefined && count > largest) report(toFile(cell), { kind, count, largest }, key);
  },
}));
