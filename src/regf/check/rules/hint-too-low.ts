/** What a key says of its longest subkey and value is not too low; too high is common, because Windows does not lower it at a deletion. */
import { decodeLatin1 } from "../../../bytes/utf16.ts";
import type { Bins } from "../../bins.ts";
import { BASE_BLOCK_HEADER, MANAGER_SIGNATURE, OFFLINE_LIBRARY } from "../../format/base-block.ts";
import { KEY_NODE } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import type { Hive } from "../../hive.ts";
import { hintTooLow } from "../../problems/hint-too-low.ts";
import { rule } from "../rule.ts";
import type { KeyContents } from "../visits.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;
const { fields: KEY } = KEY_NODE;

/** Names count two bytes a character, also where they are stored in one. */
const BYTES_PER_CHARACTER = 2;

const HINTS = [
  { hint: "longest subkey name", field: KEY.longestSubkeyName, of: "subkeyName" },
  { hint: "longest subkey class", field: KEY.longestSubkeyClass, of: "subkeyClass" },
  { hint: "longest value name", field: KEY.longestValueName, of: "valueName" },
  { hint: "largest value data", field: KEY.largestValueData, of: "valueData" },
] as const;

export const hintTooLowRule = rule(hintTooLow, ({ hive, bins }, report) => ({
  key(key, contents) {
    const needed = longestOf(contents, bins);
    for (const { hint, field, of } of HINTS) {
      const declared = bins.get(key.cell, field);
      if (declared >= needed[of]) continue;
      // The exception is looked up last: for nearly every key the hint is right.
      if (of === "subkeyName" && isOfWindowsXp(hive)) continue;
      report(toFile(key.cell), { hint, declared, needed: needed[of] }, key);
    }
  },
}));

function longestOf({ subkeys, values }: KeyContents, bins: Bins): Record<(typeof HINTS)[number]["of"], number> {
  const longest = { subkeyName: 0, subkeyClass: 0, valueName: 0, valueData: 0 };
  for (const { key } of subkeys) {
    longest.subkeyName = Math.max(longest.subkeyName, key.name.length * BYTES_PER_CHARACTER);
    longest.subkeyClass = Math.max(longest.subkeyClass, bins.get(key.cell, KEY.classNameSize));
  }
  for (const { name, dataSize } of values) {
    longest.valueName = Math.max(longest.valueName, name.length * BYTES_PER_CHARACTER);
    longest.valueData = Math.max(longest.valueData, dataSize);
  }
  return longest;
}

/**
 * Windows XP leaves the first hint too low where it brings a control set up to date from another (24 keys of a clean XP SP3 hive, all in ControlSet002).
 * Windows since Vista writes "rmtm" into the base block, and its offline registry library "OfRg"; XP writes neither.
 */
function isOfWindowsXp({ baseBlock }: Hive): boolean {
  if (BASE.managerSignature.get(baseBlock, 0) === MANAGER_SIGNATURE) return false;
  const writer = BASE.reserved.get(baseBlock, 0).subarray(0, OFFLINE_LIBRARY.length);
  return decodeLatin1(writer) !== OFFLINE_LIBRARY;
}
