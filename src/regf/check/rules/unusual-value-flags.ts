/** A value's flags are those that Windows writes: compressed for a name in one byte a character, nothing for the default value. */
import { toFile } from "../../format/offsets.ts";
import { VALUE_FLAG } from "../../format/value-node.ts";
import { unusualValueFlags } from "../../problems/unusual-value-flags.ts";
import { rule } from "../rule.ts";

/** The first minor version of hives that lie as a layer over another one. */
const TOMBSTONE_MINOR = 6;

export const unusualValueFlagsRule = rule(unusualValueFlags, ({ hive }, report) => {
  const { minor } = hive.version;
  const known = minor >= TOMBSTONE_MINOR ? VALUE_FLAG.compressedName | VALUE_FLAG.tombstone : VALUE_FLAG.compressedName;
  return {
    value({ cell, name, compressed, flags }, key) {
      if ((flags & ~known) !== 0 || (name === "" && compressed)) report(toFile(cell), { flags, minor }, key);
    },
  };
});
