/** Key trees out of literals, so that a test of what Windows means needs no hive. */
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import type { Key } from "../../src/regf/index.ts";

export interface FakeValue {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Values by name; "" is the default value. */
export type FakeValues = Readonly<Record<string, FakeValue>>;

export const sz = (text: string): FakeValue => ({ type: 1, data: encodeUtf16(`${text}\0`) });
export const multiSz = (...texts: readonly string[]): FakeValue => ({
  type: 7,
  data: encodeUtf16(`${texts.map((text) => `${text}\0`).join("")}\0`),
});
export const dword = (number: number): FakeValue => {
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, number, true);
  return { type: 4, data };
};
export const qword = (number: bigint, type = 11): FakeValue => {
  const data = new Uint8Array(8);
  new DataView(data.buffer).setBigUint64(0, number, true);
  return { type, data };
};
export const binary = (...bytes: readonly number[]): FakeValue => ({ type: 3, data: Uint8Array.from(bytes) });

/** The root of a tree: `{"Select": {Current: dword(1)}, "ControlSet001\\Control": {}}`; `times` are FILETIMEs by path. */
export function fakeRoot(
  keys: Readonly<Record<string, FakeValues>>,
  times: Readonly<Record<string, bigint>> = {},
): Key {
  const root = new FakeKey("", "");
  for (const [path, values] of Object.entries(keys)) Object.assign(root.make(path).fakeValues, values);
  for (const [path, time] of Object.entries(times)) root.make(path).lastWritten = time;
  return root as unknown as Key;
}

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

class FakeKey {
  readonly name: string;
  readonly path: string;
  lastWritten = 0n;
  readonly fakeValues: Record<string, FakeValue> = {};
  readonly children: FakeKey[] = [];

  constructor(name: string, path: string) {
    this.name = name;
    this.path = path;
  }

  make(path: string): FakeKey {
    let key: FakeKey = this;
    for (const name of path.split("\\")) {
      let next = key.subkey(name);
      if (next === undefined) {
        next = new FakeKey(name, key.path === "" ? name : `${key.path}\\${name}`);
        key.children.push(next);
      }
      key = next;
    }
    return key;
  }

  *subkeys(): Generator<FakeKey> {
    yield* this.children;
  }

  subkey(name: string): FakeKey | undefined {
    return this.children.find((child) => same(child.name, name));
  }

  open(path: string): FakeKey | undefined {
    let key: FakeKey | undefined = this;
    for (const name of path === "" ? [] : path.split("\\")) key = key?.subkey(name);
    return key;
  }

  *values(): Generator<FakeValue & { readonly name: string }> {
    for (const [name, value] of Object.entries(this.fakeValues)) yield { name, ...value };
  }

  value(name: string): (FakeValue & { readonly name: string }) | undefined {
    for (const value of this.values()) if (same(value.name, name)) return value;
    return undefined;
  }
}
