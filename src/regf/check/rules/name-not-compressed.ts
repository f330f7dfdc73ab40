/** A name that can be stored in one byte a character is. */
import { isLatin1 } from "../../../bytes/utf16.ts";
import { toFile } from "../../format/offsets.ts";
import { nameNotCompressed } from "../../problems/name-not-compressed.ts";
import { rule } from "../rule.ts";

export const nameNotCompressedRule = rule(nameNotCompressed, (_examined, report) => ({
  key(key) {
    const { cell, name, compressed } = key;
    if (!compressed && name !== "" && isLatin1(name)) report(toFile(cell), { structure: "key", name }, key);
  },
  value({ cell, name, compressed }, key) {
    if (!compressed && name !== "" && isLatin1(name)) report(toFile(cell), { structure: "value", name }, key);
  },
}));
