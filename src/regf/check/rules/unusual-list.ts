/** Leaves are of the kind that the version uses. */
import { toFile } from "../../format/offsets.ts";
import { unusualList } from "../../problems/unusual-list.ts";
import { rule } from "../rule.ts";

/** The first minor version whose leaves are `lh` (none in 79 real hives of version 1.3, nothing else in 36 of version 1.5). */
const HASHED_LEAVES_MINOR = 5;

export const unusualListRule = rule(unusualList, ({ hive }, report) => {
  const { minor } = hive.version;
  return {
    list({ cell, kind }, key) {
      if (kind === "ri" || (kind === "lh") === minor >= HASHED_LEAVES_MINOR) return;
      report(toFile(cell), { kind, minor }, key);
    },
  };
});
