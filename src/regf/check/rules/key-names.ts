/** A key's name has a length that Windows allows, and is stored in one byte a character where it can be. */
import { isLatin1 } from "../../../bytes/utf16.ts";
import { toFile } from "../../format/offsets.ts";
import { MAX_CHECKED_KEY_NAME_LENGTH } from "../../limits.ts";
import type { Rule } from "../rule.ts";

export const keyNames: Rule = {
  name: "key-names",
  key({ findings }, key) {
    const { cell, name, compressed } = key;
    const at = toFile(cell);
    const size = compressed ? name.length : name.length * 2;
    if (name === "") findings.add(at, { code: "bad-name", structure: "key", size, reason: "empty" }, key);
    else if (name.length > MAX_CHECKED_KEY_NAME_LENGTH) {
      findings.add(at, { code: "bad-name", structure: "key", size, reason: "too long" }, key);
    } else if (!compressed && isLatin1(name)) {
      findings.add(at, { code: "name-not-compressed", structure: "key", name }, key);
    }
  },
};
