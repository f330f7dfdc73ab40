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
    const subkeyNames = subkeys.map((subkey) => subkey.key.name.length * BYTES_PER_CHARACTER);
    const subkeyClasses = subkeys.map((subkey) => bins.get(subkey.key.cell, KEY.classNameSize));
    const valueNames = values.map(({ name }) => name.length * BYTES_PER_CHARACTER);
    const dataSizes = values.map(({ dataSize }) => dataSize);
    if (!isOfWindowsXp(hive)) need("longest subkey name", bins.get(key.cell, KEY.longestSubkeyName), subkeyNames);
    need("longest subkey class", bins.get(key.cell, KEY.longestSubkeyClass), subkeyClasses);
    need("longest value name", bins.get(key.cell, KEY.longestValueName), valueNames);
    need("largest value data", bins.get(key.cell, KEY.largestValueData), dataSizes);

    function need(hint: string, declared: number, sizes: readonly number[]): void {
      const needed = sizes.reduce((largest, size) => Math.max(largest, size), 0);
      if (declared < needed) findings.add(toFile(key.cell), { code: "hint-too-low", hint, declared, needed }, key);
    }
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
