/** A change as the smallest ones it consists of, so that a receipt holds everything that goes with a key, and every key that is made. */
import type { Key } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import { registryData } from "../../windows/registry-data.ts";

/** `root` is as it was before the change. Class names and security descriptors are in no change. Throws HiveError. */
export function spellOut(root: Key, change: Change): Change[] {
  switch (change.kind) {
    case "create-key":
      return missingKeys(root, change.key).map((key) => ({ kind: "create-key", key }));
    case "delete-key": {
      const key = root.open(change.key);
      return key === undefined ? [change] : [...everythingIn(key, change.key), change];
    }
    default:
      return [change];
  }
}

/** The key itself and those above it, from the top. */
function missingKeys(root: Key, path: string): string[] {
  const names = path.split("\\");
  const paths = names.map((_, index) => names.slice(0, index + 1).join("\\"));
  return paths.filter((each) => root.open(each) === undefined);
}

/** From the bottom: whatever is deleted is empty by then. */
function* everythingIn(key: Key, path: string): Generator<Change> {
  for (const value of key.values()) {
    yield { kind: "delete-value", key: path, name: value.name, was: registryData(value) };
  }
  for (const subkey of key.subkeys()) {
    const below = `${path}\\${subkey.name}`;
    yield* everythingIn(subkey, below);
    yield { kind: "delete-key", key: below };
  }
}
