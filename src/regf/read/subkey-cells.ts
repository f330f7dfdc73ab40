/** The cells of a key's subkeys, through whichever lists lead to them. */
import type { Bins } from "../bins.ts";
import { CELL_HEADER_SIZE } from "../format/cell.ts";
import { KEY_NODE } from "../format/key-node.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { HINTED_ENTRY, PLAIN_ENTRY, SUBKEY_LIST_HEADER } from "../format/subkey-list.ts";
import { fail } from "../hive-error.ts";
import { contentSize } from "./cell-reference.ts";
import { printable } from "./signature.ts";

const { fields: KEY } = KEY_NODE;
const { fields: LIST } = SUBKEY_LIST_HEADER;

/**
 * In the order of the lists. Throws HiveError for lists that are damaged, and when they name more keys than the hive has room for, so that lists that
 * repeat themselves come to an end. `volatile` lists exist in memory only: what the file says of them is left over, and not read.
 */
export function* subkeyCells(bins: Bins, key: CellOffset): Generator<CellOffset> {
  const declared = bins.get(key, KEY.subkeyCount);
  if (declared === 0) return;
  let left = Math.floor(bins.sizeBytes / (KEY_NODE.sizeBytes + CELL_HEADER_SIZE));
  for (const leaf of leaves(bins, bins.get(key, KEY.subkeys), key)) {
    const { entrySize, count } = leafShape(bins, leaf.cell, leaf.from);
    left -= count;
    if (left < 0) {
      fail(toFile(key), { code: "count-disagrees", what: "subkeys", declared, counted: count - left });
    }
    for (let index = 0; index < count; index++) {
      yield bins.get(leaf.cell, PLAIN_ENTRY.fields.cell, SUBKEY_LIST_HEADER.sizeBytes + index * entrySize);
    }
  }
}

interface Leaf {
  readonly cell: CellOffset;
  /** The cell that refers to it. */
  readonly from: CellOffset;
}

/** The leaves below an `ri`, or the one leaf there is. */
function* leaves(bins: Bins, list: CellOffset, key: CellOffset): Generator<Leaf> {
  const size = contentSize(bins, list, SUBKEY_LIST_HEADER.sizeBytes, { structure: "subkey list", from: toFile(key) });
  if (bins.get(list, LIST.signature) !== "ri") {
    yield { cell: list, from: key };
    return;
  }
  const count = bins.get(list, LIST.count);
  needRoom(list, size, count, PLAIN_ENTRY.sizeBytes);
  for (let index = 0; index < count; index++) {
    const from = SUBKEY_LIST_HEADER.sizeBytes + index * PLAIN_ENTRY.sizeBytes;
    const cell = bins.get(list, PLAIN_ENTRY.fields.cell, from);
    if (cell === list) fail(toFile(list), { code: "nested-list" });
    yield { cell, from: list };
  }
}

function leafShape(bins: Bins, leaf: CellOffset, from: CellOffset): { entrySize: number; count: number } {
  const reference = { structure: "subkey list", from: toFile(from) } as const;
  const size = contentSize(bins, leaf, SUBKEY_LIST_HEADER.sizeBytes, reference);
  const entrySize = entrySizeOf(bins, leaf);
  const count = bins.get(leaf, LIST.count);
  needRoom(leaf, size, count, entrySize);
  return { entrySize, count };
}

function entrySizeOf(bins: Bins, leaf: CellOffset): number {
  switch (bins.get(leaf, LIST.signature)) {
    case "lf":
    case "lh":
      return HINTED_ENTRY.sizeBytes;
    case "li":
      return PLAIN_ENTRY.sizeBytes;
    case "ri":
      return fail(toFile(leaf), { code: "nested-list" });
    default: {
      const found = printable(bins.bytes(leaf, 0, 2));
      return fail(toFile(leaf), {
        code: "bad-signature",
        structure: "subkey list",
        expected: "lf, lh, li or ri",
        found,
      });
    }
  }
}

function needRoom(list: CellOffset, size: number, count: number, entrySize: number): void {
  const needed = SUBKEY_LIST_HEADER.sizeBytes + count * entrySize;
  if (size < needed) fail(toFile(list), { code: "cell-too-small", structure: "subkey list", size, needed });
}
