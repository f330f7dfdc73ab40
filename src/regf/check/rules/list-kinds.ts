/** Lists are not empty, and of the kinds that the version uses: `lh` since 1.5, `lf` and `li` before. */
import { toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

/** The first minor version whose leaves are `lh` (none in 79 real hives of version 1.3, nothing else in 36 of version 1.5). */
const HASHED_LEAVES_MINOR = 5;

export const listKinds: Rule = {
  name: "list-kinds",
  key({ hive, findings }, key, { lists }) {
    const { minor } = hive.version;
    for (const { cell, kind, count } of lists) {
      if (count === 0) findings.add(toFile(cell), { code: "empty-list" }, key);
      if (kind !== "ri" && (kind === "lh") !== minor >= HASHED_LEAVES_MINOR) {
        findings.add(toFile(cell), { code: "unusual-list", kind, minor }, key);
      }
    }
  },
};
