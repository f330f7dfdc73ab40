/** What a key says of its longest subkey and value is not too low; too high is common, because Windows does not lower it at a deletion. */
import { KEY_NODE } from "../../format/key-node.ts";
import { toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

const { fields: KEY } = KEY_NODE;

/** Names count two bytes a character, also where they are stored in one. */
const BYTES_PER_CHARACTER = 2;

export const hints: Rule = {
  name: "hints",
  key({ bins, findings }, key, { subkeys, values }) {
    const subkeyNames = subkeys.map((subkey) => subkey.key.name.length * BYTES_PER_CHARACTER);
    const subkeyClasses = subkeys.map((subkey) => bins.get(subkey.key.cell, KEY.classNameSize));
    const valueNames = values.map(({ name }) => name.length * BYTES_PER_CHARACTER);
    const dataSizes = values.map(({ dataSize }) => dataSize);
    need("longest subkey name", bins.get(key.cell, KEY.longestSubkeyName), subkeyNames);
    need("longest subkey class", bins.get(key.cell, KEY.longestSubkeyClass), subkeyClasses);
    need("longest value name", bins.get(key.cell, KEY.longestValueName), valueNames);
    need("largest value data", bins.get(key.cell, KEY.largestValueData), dataSizes);

    function need(hint: string, declared: number, sizes: readonly number[]): void {
      const needed = sizes.reduce((largest, size) => Math.max(largest, size), 0);
      if (declared < needed) findings.add(toFile(key.cell), { code: "hint-too-low", hint, declared, needed }, key);
    }
  },
};
