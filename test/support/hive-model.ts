/** A registry as plain maps: what a hive must hold after the same edits, and how both are compared. */
import { toHex } from "../../src/bytes/hex.ts";
import { compareUpcased, upcase } from "../../src/bytes/upcase.ts";
import type { Key } from "../../src/regf/index.ts";

interface ModelValue {
  readonly name: string;
  readonly type: number;
  readonly data: Uint8Array;
}

interface ModelKey {
  readonly name: string;
  readonly subkeys: Map<string, ModelKey>;
  /** In the order in which they were made. */
  values: Map<string, ModelValue>;
}

/** A key with everything below it: subkeys sorted, values in their order. */
export interface Tree {
  readonly name: string;
  readonly values: readonly string[];
  readonly subkeys: readonly Tree[];
}

/** Its methods return whether the hive's own must succeed; they change nothing otherwise. */
export class HiveModel {
  readonly #root: ModelKey;

  constructor(root: ModelKey = newKey("")) {
    this.#root = root;
  }

  /** What a hive holds now. */
  static of(key: Key): HiveModel {
    return new HiveModel(modelOf(key, ""));
  }

  setValue(path: string, name: string, type: number, data: Uint8Array): boolean {
    const key = this.#find(path);
    if (key === undefined) return false;
    const standing = key.values.get(upcase(name));
    key.values.set(upcase(name), { name: standing?.name ?? name, type, data });
    return true;
  }

  deleteValue(path: string, name: string): boolean {
    return this.#find(path)?.values.delete(upcase(name)) ?? false;
  }

  renameValue(path: string, from: string, to: string): boolean {
    const key = this.#find(path);
    const value = key?.values.get(upcase(from));
    if (key === undefined || value === undefined) return false;
    if (upcase(from) !== upcase(to) && key.values.has(upcase(to))) return false;
    key.values = new Map(
      [...key.values].map(([id, it]) => (it === value ? [upcase(to), { ...it, name: to }] : [id, it])),
    );
    return true;
  }

  createKey(path: string): boolean {
    let key = this.#root;
    for (const name of path === "" ? [] : path.split("\\")) {
      const next = key.subkeys.get(upcase(name)) ?? newKey(name);
      key.subkeys.set(upcase(name), next);
      key = next;
    }
    return true;
  }

  deleteKey(path: string): boolean {
    const names = path.split("\\");
    const last = names.pop() ?? "";
    return path !== "" && (this.#find(names.join("\\"))?.subkeys.delete(upcase(last)) ?? false);
  }

  /** Of a key that is not there, none. */
  subkeyNames(path: string): readonly string[] {
    return [...(this.#find(path)?.subkeys.values() ?? [])].map(({ name }) => name);
  }

  /** Likewise. */
  valueNames(path: string): readonly string[] {
    return [...(this.#find(path)?.values.values() ?? [])].map(({ name }) => name);
  }

  tree(): Tree {
    return treeOfModel(this.#root);
  }

  #find(path: string): ModelKey | undefined {
    let key: ModelKey | undefined = this.#root;
    for (const name of path === "" ? [] : path.split("\\")) key = key?.subkeys.get(upcase(name));
    return key;
  }
}

/** What a hive holds at and below a key; the key's own name is left out, so that a root compares with the model's. */
export function treeOf(key: Key, name = ""): Tree {
  const values = [...key.values()].map((value) => line(value.name, value.type, value.data));
  return { name, values, subkeys: [...key.subkeys()].map((subkey) => treeOf(subkey, subkey.name)) };
}

function treeOfModel(key: ModelKey): Tree {
  const subkeys = [...key.subkeys.values()].sort((left, right) => compareUpcased(left.name, right.name));
  return {
    name: key.name,
    values: [...key.values.values()].map(({ name, type, data }) => line(name, type, data)),
    subkeys: subkeys.map(treeOfModel),
  };
}

function modelOf(key: Key, name: string): ModelKey {
  const values = [...key.values()].map((it) => ({ name: it.name, type: it.type, data: it.data }));
  return {
    name,
    subkeys: new Map([...key.subkeys()].map((subkey) => [upcase(subkey.name), modelOf(subkey, subkey.name)])),
    values: new Map(values.map((value) => [upcase(value.name), value])),
  };
}

function newKey(name: string): ModelKey {
  return { name, subkeys: new Map(), values: new Map() };
}

function line(name: string, type: number, data: Uint8Array): string {
  return `${name}|${type}|${toHex(data)}`;
}
