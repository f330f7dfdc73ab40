/** Hives made to be slow, deep, wide or large for whoever reads them; each of the size that is asked for. */
import { type CellOffset, NIL } from "../../../src/regf/format/offsets.ts";
import { RawHive } from "./raw-hive.ts";

/** As many of each as there is room for. */
export const HOSTILE_HIVES: Readonly<Record<string, (sizeBytes: number) => Uint8Array>> = {
  /** Half of the room for values, half for keys that all have them. */
  "all keys share one list of values": (size) => {
    const hive = new RawHive(size);
    const values = repeat(hive, 0.5, 28, () => hive.value(""));
    const list = hive.numbers(values);
    return withSubkeys(hive, 0.95, { values: list, valueCount: values.length });
  },
  "all values have the same data, half the file": (size) => {
    const hive = new RawHive(size, 3);
    const dataSize = Math.floor(size / 2);
    const data = hive.cell(dataSize);
    const values = repeat(hive, 0.9, 28, () => hive.value("", { dataSize, data }));
    return withValues(hive, values);
  },
  "data cells that overlap, one every 8 bytes": (size) => {
    const hive = new RawHive(size, 3);
    const dataSize = Math.floor(size / 4);
    const data = hive.cell(dataSize * 2);
    let next = 0;
    const values = repeat(hive, 0.9, 28, () => {
      const cell = (data + next++ * 8) as CellOffset;
      hive.cellAt(cell, dataSize + 4);
      return hive.value("", { dataSize, data: cell });
    });
    return withValues(hive, values);
  },
  "values that overlap, with names of 65,535 characters": (size) => {
    const hive = new RawHive(size);
    const region = hive.cell(Math.floor(size * 0.7));
    const values: CellOffset[] = [];
    for (let from = 0; from + 65_600 < size * 0.7; from += 24) {
      const cell = (region + from) as CellOffset;
      hive.cellAt(cell, 65_564);
      hive.valueAt(cell, 0xffff);
      values.push(cell);
    }
    return withValues(hive, values);
  },
  "all keys share one class name of 64 KB": (size) => {
    const hive = new RawHive(size);
    const className = hive.cell(0xfffe);
    return withSubkeys(hive, 0.95, { className, classNameSize: 0xfffe });
  },
  "all keys share one list of 65,535 empty lists": (size) => {
    const hive = new RawHive(size);
    const leaves = Array.from({ length: Math.min(0xffff, Math.floor(size / 40)) }, () => hive.list("lh", []));
    const list = hive.list("ri", leaves);
    return withSubkeys(hive, 0.95, { subkeys: list, subkeyCount: 1 });
  },
  "values of segments, each segment named a thousand times": (size) => {
    const hive = new RawHive(size);
    const segment = hive.cell(16_348);
    const count = Math.floor(size / 16_344) - 1;
    const values = repeat(hive, 0.95, 28 + count * 4 + 32, () => {
      const segments = hive.numbers(new Array(count).fill(segment));
      const big = hive.numbers([0x6264 + count * 0x1_0000, segments]);
      return hive.value("", { dataSize: count * 16_344, data: big });
    });
    return withValues(hive, values);
  },
  "a list of leaves whose entries all lead nowhere": (size) => {
    const hive = new RawHive(size);
    const leaves = repeat(hive, 0.98, 4 + 1012 * 4, () => hive.list("li", new Array(1012).fill(8)));
    hive.setKey(hive.root, { subkeys: hive.list("ri", leaves), subkeyCount: leaves.length * 1012 });
    return hive.finish();
  },
  "a value list whose entries all lead nowhere": (size) => {
    const hive = new RawHive(size);
    const count = Math.floor(hive.room / 4) - 8;
    hive.setKey(hive.root, { values: hive.cell(count * 4), valueCount: count });
    return hive.finish();
  },
  "one key with all the values": (size) => {
    const hive = new RawHive(size);
    let index = 0;
    return withValues(
      hive,
      repeat(hive, 0.98, 44, () => hive.value((index++).toString(36))),
    );
  },
  "one key with all the subkeys": (size) => withSubkeys(new RawHive(size), 0.95, {}),
  "511 levels of names of 255 characters, and as many leaves at the end": (size) => {
    const hive = new RawHive(size);
    const name = "n".repeat(255);
    let parent = hive.root;
    for (let depth = 1; depth < 511 && hive.room > size / 2; depth++) {
      const key = hive.key(parent, name);
      hive.setKey(parent, { subkeys: hive.list("lh", [key], [name]), subkeyCount: 1 });
      parent = key;
    }
    return withSubkeys(hive, 0.95, {}, parent);
  },
  "100,000 levels": (size) => {
    const hive = new RawHive(size);
    let parent = hive.root;
    while (hive.room > 200) {
      const key = hive.key(parent, "d");
      hive.setKey(parent, { subkeys: hive.list("lh", [key], ["d"]), subkeyCount: 1 });
      parent = key;
    }
    return hive.finish();
  },
  "a value list of 2^28 entries, and data of 2 GB": (size) => {
    const hive = new RawHive(size);
    hive.setKey(hive.root, { values: hive.numbers([0]), valueCount: 0x1000_0000 });
    const big = hive.numbers([0x6264 + 0xffff_0000, 0]);
    const value = hive.value("big", { dataSize: 0x7fff_ffff, data: big });
    const key = hive.key(hive.root, "A", { values: hive.numbers([value]), valueCount: 1 });
    hive.setKey(hive.root, { subkeys: hive.list("lh", [key], ["A"]), subkeyCount: 1 });
    return hive.finish();
  },
  "nothing but bins that cannot be believed": (size) => {
    const bytes = new RawHive(size).finish();
    for (let page = 8192; page < size; page += 4096) bytes.set(Buffer.from("hbin"), page);
    bytes.fill(0, 4096 + 8, 4096 + 12);
    return bytes;
  },
  "nothing but the smallest cells, all in use": (size) => {
    const hive = new RawHive(size);
    while (hive.room > 16) hive.cell(4);
    return hive.finish();
  },
};

/** Calls `make` until the hive is as full as that; `sizeBytes` is what each takes, its entry in a list included. */
function repeat(hive: RawHive, full: number, sizeBytes: number, make: () => CellOffset): CellOffset[] {
  const made: CellOffset[] = [];
  for (let left = Math.floor((hive.room * full) / (sizeBytes + 4)); left > 0; left--) made.push(make());
  return made;
}

function withValues(hive: RawHive, values: readonly CellOffset[]): Uint8Array {
  hive.setKey(hive.root, { values: hive.numbers(values), valueCount: values.length });
  return hive.finish();
}

/** Fills the hive with subkeys of one key, in order, in lists as Windows makes them. */
function withSubkeys(
  hive: RawHive,
  full: number,
  fields: Parameters<RawHive["setKey"]>[1],
  parent: CellOffset = hive.root,
): Uint8Array {
  const names: string[] = [];
  const keys = repeat(hive, full, 88 + 8, () => {
    const name = (names.length + 0x100_0000).toString(36).toUpperCase();
    names.push(name);
    return hive.key(parent, name, fields);
  });
  const leaves: CellOffset[] = [];
  for (let from = 0; from < keys.length; from += 1012) {
    leaves.push(hive.list("lh", keys.slice(from, from + 1012), names.slice(from, from + 1012)));
  }
  const subkeys = leaves.length === 1 ? leaves[0] : hive.list("ri", leaves);
  hive.setKey(parent, { subkeys: subkeys ?? NIL, subkeyCount: keys.length });
  return hive.finish();
}
