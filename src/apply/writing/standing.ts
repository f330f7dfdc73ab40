/** What stands in a hive, and whether it is what a list of changes meant. */
import { upcase } from "../../bytes/upcase.ts";
import type { Key } from "../../regf/index.ts";
import { isSameData, registryData } from "../../windows/registry-data.ts";
import type { Change } from "../../windows/model/change.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import type { Difference } from "../results.ts";

/** null: the key or the value is not there. Throws HiveError. */
export function valueAt(root: Key, key: string, name: string): RegistryData | null {
  const value = root.open(key)?.value(name);
  return value === undefined ? null : registryData(value);
}

interface MeantKey {
  readonly key: string;
  readonly exists: boolean;
}

interface MeantValue {
  readonly key: string;
  readonly name: string;
  readonly data: RegistryData | null;
}

/** What the changes, made one after the other, leave of every key and value they touch; the last word counts. */
export function meantBy(changes: readonly Change[]): { keys: readonly MeantKey[]; values: readonly MeantValue[] } {
  const keys = new Map<string, MeantKey>();
  const values = new Map<string, MeantValue>();
  for (const change of changes) {
    const key = upcase(change.key);
    switch (change.kind) {
      case "create-key":
        bringBackAbove(key, keys);
        keys.set(key, { key: change.key, exists: true });
        break;
      case "delete-key":
        forgetBelow(key, keys, values);
        keys.set(key, { key: change.key, exists: false });
        break;
      case "set-value":
        values.set(`${key}\0${upcase(change.name)}`, {
          key: change.key,
          name: change.name,
          data: { type: change.type, data: change.data },
        });
        break;
      case "delete-value":
        values.set(`${key}\0${upcase(change.name)}`, { key: change.key, name: change.name, data: null });
        break;
    }
  }
  return { keys: [...keys.values()], values: [...values.values()] };
}

/** A key that is made brings the keys above it with it. */
function bringBackAbove(key: string, keys: Map<string, MeantKey>): void {
  for (const [name, meant] of keys) {
    if (key.startsWith(`${name}\\`)) {
      keys.set(name, { ...meant, exists: true });
    }
  }
}

function forgetBelow(key: string, ...maps: Map<string, unknown>[]): void {
  for (const map of maps) {
    for (const name of map.keys()) {
      if (name.startsWith(`${key}\\`) || name.startsWith(`${key}\0`)) {
        map.delete(name);
      }
    }
  }
}

/** Everything that is not as the changes meant it. Throws HiveError. */
export function differencesFrom(root: Key, changes: readonly Change[]): Difference[] {
  const { keys, values } = meantBy(changes);
  const wrongKeys = keys.flatMap(({ key, exists }): Difference[] =>
    (root.open(key) !== undefined) === exists
      ? []
      : [{ message: exists ? "The key is not there" : "The key is still there", key }],
  );
  const wrongValues = values.flatMap(({ key, name, data }): Difference[] => {
    const found = valueAt(root, key, name);
    return isSameData(found, data) ? [] : [{ message: sayDifference(data, found), key, name, meant: data, found }];
  });
  return [...wrongKeys, ...wrongValues];
}

function sayDifference(meant: RegistryData | null, found: RegistryData | null): string {
  if (found === null) {
    return "The value is not there";
  }
  return meant === null ? "The value is still there" : "The value is another one";
}
