/** The root is marked as the root. */
import { KEY_FLAG } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import { badRootFlags } from "../../problems/bad-root-flags.ts";
import { rule } from "../rule.ts";

export const badRootFlagsRule = rule(badRootFlags, (_examined, report) => ({
  key(key) {
    const { flags } = key;
    if (key.parent === undefined && (flags & KEY_FLAG.entry) === 0) report(toFile(key.cell), { flags }, key);
  },
}));
