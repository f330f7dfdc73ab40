/** What stands in a hive, and whether it is what a list of changes meant. */
import type { Key } from "../../regf/index.ts";
import { isSameData, registryData } from "../../windows/registry-data.ts";
import type { Change } from "../../windows/model/change.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import type { Difference } from "../results.ts";
import { netOf } from "./net.ts";

/** null: the key or the value is not there. Throws HiveError. */
export function valueAt(root: Key, key: string, name: string): RegistryData | null {
  const value = root.open(key)?.value(name);
  return value === undefined ? null : registryData(value);
}

/** Everything that is not as the changes meant it. Throws HiveError. */
export function differencesFrom(root: Key, changes: readonly Change[]): Difference[] {
  const { keys, values } = netOf(changes);
  const wrongKeys = keys.flatMap(({ key, meant }): Difference[] =>
    (root.open(key) !== undefined) === meant
      ? []
      : [{ message: meant ? "The key is not there" : "The key is still there", key }],
  );
  const wrongValues = values.flatMap(({ key, name, meant }): Difference[] => {
    const found = valueAt(root, key, name);
    return isSameData(found, meant) ? [] : [{ message: sayDifference(meant, found), key, name, meant, found }];
  });
  return [...wrongKeys, ...wrongValues];
}

function sayDifference(meant: RegistryData | null, found: RegistryData | null): string {
  if (found === null) {
    return "The value is not there";
  }
  return meant === null ? "The value is still there" : "The value is another one";
}

/** Whether the change stands: of a row that may have been broken off anywhere. Throws HiveError. */
export function isStanding(root: Key, change: Change): boolean {
  switch (change.kind) {
    case "create-key":
      return root.open(change.key) !== undefined;
    case "delete-key":
      return root.open(change.key) === undefined;
    case "set-value":
      return isSameData(valueAt(root, change.key, change.name), change);
    case "delete-value":
      return valueAt(root, change.key, change.name) === null;
  }
}

/** Whether anything of what they alter in the end stands: of a row that was broken off before its first change, nothing does. Throws HiveError. */
export function standsAnything(root: Key, changes: readonly Change[]): boolean {
  const { keys, values } = netOf(changes);
  return (
    values.some(
      ({ key, name, was, meant }) => !isSameData(was, meant) && isSameData(valueAt(root, key, name), meant),
    ) || keys.some(({ key, was, meant }) => was !== meant && (root.open(key) !== undefined) === meant)
  );
}
