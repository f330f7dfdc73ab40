/** One leaf of a subkey list: its entries, and how they are written. */
import type { Bins } from "../bins.ts";
import { nameHash, nameHint } from "../format/key-name.ts";
import { KEY_FLAG, KEY_NODE, KEY_NODE_NAME } from "../format/key-node.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { HINTED_ENTRY, PLAIN_ENTRY, SUBKEY_LIST_HEADER, type SubkeyListKind } from "../format/subkey-list.ts";
import { fail } from "../hive-error.ts";
import { readName } from "../read/node-name.ts";
import { printable } from "../read/signature.ts";
import type { Cells } from "./cells.ts";

const { fields: LIST } = SUBKEY_LIST_HEADER;
const { fields: KEY } = KEY_NODE;

export type LeafKind = Exclude<SubkeyListKind, "ri">;

/** Throws HiveError for anything that is no subkey list. */
export function listKind(bins: Bins, list: CellOffset): SubkeyListKind {
  const signature = bins.get(list, LIST.signature);
  if (signature === "lh" || signature === "lf" || signature === "li" || signature === "ri") return signature;
  const found = printable(bins.bytes(list, 0, 2));
  return fail(toFile(list), { code: "bad-signature", structure: "subkey list", expected: "lf, lh, li or ri", found });
}

/** Throws HiveError where an `ri` stands. */
export function leafKind(bins: Bins, leaf: CellOffset): LeafKind {
  const kind = listKind(bins, leaf);
  return kind === "ri" ? fail(toFile(leaf), { code: "nested-list" }) : kind;
}

export function listCount(bins: Bins, list: CellOffset): number {
  return bins.get(list, LIST.count);
}

/** Where an entry begins in the cell's content. */
function entryStart(kind: SubkeyListKind, index: number): number {
  const size = kind === "lf" || kind === "lh" ? HINTED_ENTRY.sizeBytes : PLAIN_ENTRY.sizeBytes;
  return SUBKEY_LIST_HEADER.sizeBytes + index * size;
}

/** The key, or of an `ri` the leaf. */
export function entryCell(bins: Bins, list: CellOffset, kind: SubkeyListKind, index: number): CellOffset {
  return bins.get(list, PLAIN_ENTRY.fields.cell, entryStart(kind, index));
}

export function setEntryCell(
  bins: Bins,
  list: CellOffset,
  kind: SubkeyListKind,
  index: number,
  cell: CellOffset,
): void {
  bins.set(list, PLAIN_ENTRY.fields.cell, cell, entryStart(kind, index));
}

export function entryCells(bins: Bins, list: CellOffset, kind: SubkeyListKind): CellOffset[] {
  const count = listCount(bins, list);
  return Array.from({ length: count }, (_, index) => entryCell(bins, list, kind, index));
}

export function keyNameAt(bins: Bins, key: CellOffset): string {
  const compressed = (bins.get(key, KEY.flags) & KEY_FLAG.compressedName) !== 0;
  const sizeBytes = bins.get(key, KEY.nameSize);
  return readName(bins, key, { structure: "key", start: KEY_NODE_NAME, sizeBytes, compressed });
}

/** A new list; of leaves, each entry gets its hint from the key's name. Throws EditError when the hive is full. */
export function newList(cells: Cells, kind: SubkeyListKind, entries: readonly CellOffset[]): CellOffset {
  const { bins } = cells;
  const list = cells.allocate(entryStart(kind, entries.length));
  bins.set(list, LIST.signature, kind);
  bins.set(list, LIST.count, entries.length);
  entries.forEach((cell, index) => {
    writeEntry(bins, list, kind, index, cell);
  });
  return list;
}

/** Makes room for an entry at `index` and writes it; returns where the list is now. Throws EditError when the hive is full. */
export function insertEntry(
  cells: Cells,
  list: CellOffset,
  kind: SubkeyListKind,
  index: number,
  cell: CellOffset,
): CellOffset {
  const { bins } = cells;
  const count = listCount(bins, list);
  const moved = cells.enlarge(list, entryStart(kind, count + 1));
  const from = entryStart(kind, index);
  const behind = bins.bytes(moved, from, entryStart(kind, count) - from).slice();
  bins.write(moved, entryStart(kind, index + 1), behind);
  writeEntry(bins, moved, kind, index, cell);
  bins.set(moved, LIST.count, count + 1);
  return moved;
}

/** Takes one entry out; the list must have another. */
export function removeEntry(bins: Bins, list: CellOffset, kind: SubkeyListKind, index: number): void {
  const count = listCount(bins, list);
  const from = entryStart(kind, index + 1);
  const behind = bins.bytes(list, from, entryStart(kind, count) - from).slice();
  bins.write(list, entryStart(kind, index), behind);
  bins.set(list, LIST.count, count - 1);
}

function writeEntry(bins: Bins, list: CellOffset, kind: SubkeyListKind, index: number, cell: CellOffset): void {
  setEntryCell(bins, list, kind, index, cell);
  const start = entryStart(kind, index);
  if (kind === "lh") bins.set(list, HINTED_ENTRY.fields.hint, nameHash(keyNameAt(bins, cell)), start);
  if (kind === "lf") bins.set(list, HINTED_ENTRY.fields.hint, nameHint(keyNameAt(bins, cell)), start);
}
