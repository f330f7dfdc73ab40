/** No key on the disk has a flag that keys have in memory only. */
import { KEY_FLAG } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import { unusualKeyFlags } from "../../problems/unusual-key-flags.ts";
import { rule } from "../rule.ts";

const IN_MEMORY_ONLY = KEY_FLAG.volatile | KEY_FLAG.exit;

export const unusualKeyFlagsRule = rule(unusualKeyFlags, (_examined, report) => ({
  key(key) {
    const { flags } = key;
    if ((flags & IN_MEMORY_ONLY) !== 0) report(toFile(key.cell), { flags }, key);
  },
}));
