/** No key's name has a backslash in it; a value's may have. */
import { toFile } from "../../format/offsets.ts";
import { backslashInName } from "../../problems/backslash-in-name.ts";
import { rule } from "../rule.ts";

export const backslashInNameRule = rule(backslashInName, (_examined, report) => ({
  key(key) {
    const { cell, name, parent } = key;
    if (parent !== undefined && name.includes("\\")) report(toFile(cell), { name }, key);
  },
}));
