/** A key's cell is not larger than Windows accepts. */
import { toFile } from "../../format/offsets.ts";
import { MAX_KEY_CONTENT_SIZE } from "../../limits.ts";
import type { Rule } from "../rule.ts";

export const keySizes: Rule = {
  name: "key-sizes",
  key({ findings }, key) {
    if (key.contentSize <= MAX_KEY_CONTENT_SIZE) return;
    findings.add(
      toFile(key.cell),
      { code: "key-too-large", size: key.contentSize, largest: MAX_KEY_CONTENT_SIZE },
      key,
    );
  },
};
