/** The root is marked as the root, and no other key is. A hive that RegSaveKey made of a subkey lacks the mark, and Windows loads it. */
import { KEY_FLAG } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

export const rootFlags: Rule = {
  name: "root-flags",
  key({ findings }, key) {
    const { flags } = key;
    const isMarked = (flags & KEY_FLAG.entry) !== 0;
    const isRoot = key.parent === undefined;
    if (isRoot && !isMarked) findings.add(toFile(key.cell), { code: "bad-root-flags", flags }, key);
    if (!isRoot && isMarked) findings.add(toFile(key.cell), { code: "root-flag-below-root", flags }, key);
  },
};
