/** No key below the root is marked as the root. */
import { KEY_FLAG } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import { rootFlagBelowRoot } from "../../problems/root-flag-below-root.ts";
import { rule } from "../rule.ts";

export const rootFlagBelowRootRule = rule(rootFlagBelowRoot, (_examined, report) => ({
  key(key) {
    const { flags } = key;
    if (key.parent !== undefined && (flags & KEY_FLAG.entry) !== 0) report(toFile(key.cell), { flags }, key);
  },
}));
