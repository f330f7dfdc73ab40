/** A small hive with one of everything, built here, and helpers to break it. */
import { KEY_NODE } from "../../src/regf/format/key-node.ts";
import { BASE_BLOCK_HEADER, baseBlockChecksum } from "../../src/regf/format/base-block.ts";
import { HIVE_BINS_START } from "../../src/regf/format/offsets.ts";
import { buildHive, editHive, type Hive, hiveBytes, type Key, openHive, type Value } from "../../src/regf/index.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";

/** So many subkeys of `Many`: more than one leaf holds, so that there is a list of lists. */
export const MANY = 1100;

export const BIG_SIZES = [16_344, 16_345, 32_689] as const;

export function sampleData(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + size) & 0xff);
}

/** Version 1.3 or 1.5: keys with Latin-1 and other names, values of every size and kind, an unusual type, a default value, lists of lists. */
export function sampleHive(minor: 3 | 5 = 5, many = MANY, bigSizes: readonly number[] = BIG_SIZES): Uint8Array {
  const hive = buildHive({ minor, name: "sample", timestamp: 0x1d2_9505_9e68_e89en });
  const edit = editHive(hive, { now: 0x1d2_9505_9e68_e89en });
  edit.setValue("", "", 1, sampleData(6));
  for (const size of [0, 1, 4, 5, 100, ...bigSizes]) {
    edit.createKey("Values");
    edit.setValue("Values", `of ${size}`, 3, sampleData(size));
  }
  edit.setValue("Values", "имя", 0xffff_0012, sampleData(8));
  edit.setValue("Values", "Straße", 0x1234_5678, sampleData(3));
  for (const name of ["Alpha\\Beta\\Gamma", "alpha2", "Ключ\\дело", "Été", "ÿ", "Ÿ"]) edit.createKey(name);
  for (let index = 0; index < many; index++) edit.createKey(`Many\\${index}`);
  return hiveBytes(hive);
}

export function openBytes(bytes: Uint8Array, logs: readonly Uint8Array[] = [], acceptDirty = false): Hive {
  const files = logs.map((log, index) => new MemoryStorage(`sample.LOG${index + 1}`, log));
  return openHive({ primary: new MemoryStorage("sample", bytes), logs: files }, { acceptDirty });
}

/** The same file with other fields in its base block, and the checksum that they need. */
export function withBaseBlock(bytes: Uint8Array, values: Parameters<typeof BASE_BLOCK_HEADER.encode>[2]): Uint8Array {
  const changed = new Uint8Array(bytes);
  const view = new DataView(changed.buffer);
  BASE_BLOCK_HEADER.encode(view, 0, values);
  BASE_BLOCK_HEADER.fields.checksum.set(view, 0, baseBlockChecksum(view));
  return changed;
}

export function needKey(hive: Hive, path: string): Key {
  const key = hive.root.open(path);
  if (key === undefined) throw new Error(`there is no key ${path}`);
  return key;
}

export function needValue(hive: Hive, path: string, name: string): Value {
  const value = needKey(hive, path).value(name);
  if (value === undefined) throw new Error(`there is no value ${name} in ${path}`);
  return value;
}

/** Gives a key a class name: `data` is a cell in use, which the class takes over from whoever had it. */
export function setClass(hive: Hive, key: Key, cell: Key["cell"], sizeBytes: number): void {
  hive.bins.set(key.cell, KEY_NODE.fields.className, cell);
  hive.bins.set(key.cell, KEY_NODE.fields.classNameSize, sizeBytes);
}

/** The bytes of a hive whose bins were changed by hand. */
export function bytesOf(hive: Hive): Uint8Array {
  const { bins } = hive;
  const bytes = new Uint8Array(HIVE_BINS_START + bins.sizeBytes);
  bytes.set(hive.files.primary.read(0, HIVE_BINS_START));
  bytes.set(bins.raw(0, bins.sizeBytes), HIVE_BINS_START);
  return bytes;
}
