/** Looks below keys and values, for tests of how things are stored: whole structures, lists and cells. */
import { BIN_HEADER } from "../../src/regf/format/bin.ts";
import { CELL_HEADER_SIZE } from "../../src/regf/format/cell.ts";
import { KEY_NODE } from "../../src/regf/format/key-node.ts";
import type { CellOffset } from "../../src/regf/format/offsets.ts";
import { SECURITY } from "../../src/regf/format/security.ts";
import { HINTED_ENTRY, PLAIN_ENTRY, SUBKEY_LIST_HEADER } from "../../src/regf/format/subkey-list.ts";
import { VALUE_NODE } from "../../src/regf/format/value-node.ts";
import type { Hive, Key } from "../../src/regf/index.ts";

/** Every cell of the hive in order; negative sizes are in use. */
export function cellSizes(hive: Hive): number[] {
  const { bins } = hive;
  const sizes: number[] = [];
  for (let bin = 0; bin < bins.sizeBytes; ) {
    const end = bin + bins.getBin(bin as CellOffset, BIN_HEADER.fields.sizeBytes);
    for (let cell = bin + BIN_HEADER.sizeBytes; cell < end; ) {
      const size = bins.cellSize(cell as CellOffset);
      sizes.push(size);
      cell += Math.abs(size);
    }
    bin = end;
  }
  return sizes;
}

export function keyAt(hive: Hive, path: string): Key {
  const key = hive.root.open(path);
  if (key === undefined) throw new Error(`there is no key ${path}`);
  return key;
}

export function keyNode(hive: Hive, path: string): ReturnType<typeof KEY_NODE.decode> {
  return KEY_NODE.decode(view(hive, keyAt(hive, path).cell));
}

export function valueNode(hive: Hive, path: string, name: string): ReturnType<typeof VALUE_NODE.decode> {
  const value = keyAt(hive, path).value(name);
  if (value === undefined) throw new Error(`there is no value ${path} | ${name}`);
  return VALUE_NODE.decode(view(hive, value.cell));
}

export function securityOf(hive: Hive, path: string): ReturnType<typeof SECURITY.decode> {
  return SECURITY.decode(view(hive, keyNode(hive, path).security));
}

export interface ListShape {
  readonly kind: string;
  readonly count: number;
  /** Of leaves that have them. */
  readonly hints: readonly number[];
  /** Of an `ri`. */
  readonly leaves: readonly ListShape[];
}

/** The lists of a key that has subkeys. */
export function listShape(hive: Hive, path: string): ListShape {
  return listShapeOf(hive, keyAt(hive, path));
}

export function listShapeOf(hive: Hive, key: Key): ListShape {
  return shapeAt(hive, KEY_NODE.decode(view(hive, key.cell)).subkeys);
}

function shapeAt(hive: Hive, list: CellOffset): ListShape {
  const from = view(hive, list);
  const { signature: kind, count } = SUBKEY_LIST_HEADER.decode(from);
  const start = SUBKEY_LIST_HEADER.sizeBytes;
  const indexes = Array.from({ length: count }, (_, index) => index);
  const isHinted = kind === "lf" || kind === "lh";
  const hint = (index: number) => HINTED_ENTRY.fields.hint.get(from, start + index * HINTED_ENTRY.sizeBytes);
  const leaf = (index: number) => PLAIN_ENTRY.fields.cell.get(from, start + index * PLAIN_ENTRY.sizeBytes);
  return {
    kind,
    count,
    hints: isHinted ? indexes.map(hint) : [],
    leaves: kind === "ri" ? indexes.map((index) => shapeAt(hive, leaf(index))) : [],
  };
}

/** The content of a cell, copied. */
function view({ bins }: Hive, cell: CellOffset): DataView {
  const bytes = bins.bytes(cell, 0, Math.abs(bins.cellSize(cell)) - CELL_HEADER_SIZE).slice();
  return new DataView(bytes.buffer);
}
