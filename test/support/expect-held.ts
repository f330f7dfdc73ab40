/** After edits: nothing is wrong with the hive, and it holds what the model holds. */
import { expect } from "vitest";
import { checkHive, describe as sentence, type Hive } from "../../src/regf/index.ts";
import { type HiveModel, type Tree, treeOf } from "./hive-model.ts";

/** `when` begins the message, so that a run of thousands of edits says where it broke. */
export function expectHeld(hive: Hive, model: HiveModel, when: string): void {
  expect(checkHive(hive).problems.map(sentence), when).toEqual([]);
  expect(firstDifference(treeOf(hive.root), model.tree(), ""), when).toBeUndefined();
}

/** Trees of 100,000 values are not something to print. */
function firstDifference(found: Tree, wanted: Tree, path: string): string | undefined {
  if (found.name !== wanted.name) return `${path}: the key is called ${JSON.stringify(found.name)}`;
  const here = path === "" ? wanted.name : `${path}\\${wanted.name}`;
  if (found.values.length !== wanted.values.length) return `${here}: ${found.values.length} values`;
  const value = found.values.findIndex((line, index) => line !== wanted.values[index]);
  if (value !== -1) return `${here}: ${found.values[value]?.slice(0, 200)}`;
  if (found.subkeys.length !== wanted.subkeys.length) return `${here}: ${found.subkeys.length} subkeys`;
  for (const [index, subkey] of found.subkeys.entries()) {
    const difference = firstDifference(subkey, wanted.subkeys[index] as Tree, here);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
