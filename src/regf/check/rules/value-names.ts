/** No two values of a key have the same name, and a name is stored in one byte a character where it can be. */
import { upcase } from "../../../bytes/upcase.ts";
import { isLatin1 } from "../../../bytes/utf16.ts";
import { toFile } from "../../format/offsets.ts";
import { MAX_VALUE_NAME_LENGTH } from "../../limits.ts";
import type { Rule } from "../rule.ts";

export const valueNames: Rule = {
  name: "value-names",
  key({ findings }, key, { values }) {
    const names = new Set<string>();
    for (const { cell, name, compressed } of values) {
      const at = toFile(cell);
      const upper = upcase(name);
      if (names.has(upper)) findings.add(at, { code: "duplicate-name", structure: "value", name }, key);
      names.add(upper);
      if (name.length > MAX_VALUE_NAME_LENGTH) {
        const size = compressed ? name.length : name.length * 2;
        findings.add(at, { code: "bad-name", structure: "value", size, reason: "too long" }, key);
      } else if (!compressed && name !== "" && isLatin1(name)) {
        findings.add(at, { code: "name-not-compressed", structure: "value", name }, key);
      }
    }
  },
};
