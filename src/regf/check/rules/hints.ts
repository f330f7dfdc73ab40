/** What a key says of its longest subkey and value is not too low; too high is common, because Windows does not lower it at a deletion. */
import { decodeLatin1 } from "../../../bytes/utf16.ts";
import { BASE_BLOCK_HEADER, MANAGER_SIGNATURE, OFFLINE_LIBRARY } from "../../format/base-block.ts";
import { KEY_NODE } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import type { Hive } from "../../hive.ts";
import type { Rule } from "../rule.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;
const { fields: KEY } = KEY_NODE;

/** Names count two bytes a character, also where they are stored in one. */
const BYTES_PER_CHARACTER = 2;

export const hints: Rule = {
  name: "hints",
  key({ hive, bins, findings }, key, { subkeys, values }) {
    let [subkeyName, subkeyClass, valueName, valueData] = [0, 0, 0, 0];
    for (const subkey of subkeys) {
      subkeyName = Math.max(subkeyName, subkey.key.name.length * BYTES_PER_CHARACTER);
      subkeyClass = Math.max(subkeyClass, bins.get(subkey.key.cell, KEY.classNameSize));
    }
    for (const { name, dataSize } of values) {
      valueName = Math.max(valueName, name.length * BYTES_PER_CHARACTER);
      valueData = Math.max(valueData, dataSize);
    }
    const found = (hint: string, declared: number, needed: number): void =>
      findings.add(toFile(key.cell), { code: "hint-too-low", hint, declared, needed }, key);
    const longestSubkeyName = bins.get(key.cell, KEY.longestSubkeyName);
    const longestSubkeyClass = bins.get(key.cell, KEY.longestSubkeyClass);
    const longestValueName = bins.get(key.cell, KEY.longestValueName);
    const largestValueData = bins.get(key.cell, KEY.largestValueData);
    // The exception is looked up last: for nearly every key the hint is right.
    if (longestSubkeyName < subkeyName && !isOfWindowsXp(hive))
      found("longest subkey name", longestSubkeyName, subkeyName);
    if (longestSubkeyClass < subkeyClass) found("longest subkey class", longestSubkeyClass, subkeyClass);
    if (longestValueName < valueName) found("longest value name", longestValueName, valueName);
    if (largestValueData < valueData) found("largest value data", largestValueData, valueData);
  },
};

/**
 * Windows XP leaves this one hint too low where it brings a control set up to date from another (24 keys of a clean XP SP3 hive, all in ControlSet002).
 * Windows since Vista writes "rmtm" into the base block, and its offline registry library "OfRg"; XP writes neither.
 */
function isOfWindowsXp({ baseBlock }: Hive): boolean {
  if (BASE.managerSignature.get(baseBlock, 0) === MANAGER_SIGNATURE) return false;
  const writer = BASE.reserved.get(baseBlock, 0).subarray(0, OFFLINE_LIBRARY.length);
  return decodeLatin1(writer) !== OFFLINE_LIBRARY;
}
