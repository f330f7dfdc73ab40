/** Keeps a key's subkey lists: sorted, hinted, split as Windows splits them, and never empty. */
import { KEY_NODE } from "../format/key-node.ts";
import { type CellOffset, NIL, toFile } from "../format/offsets.ts";
import { FAST_LEAF_MAX, LEAF_MAX } from "../format/subkey-list.ts";
import { fail } from "../hive-error.ts";
import type { Cells } from "./cells.ts";
import { EditError } from "./edit-error.ts";
import { findSubkey } from "./find-subkey.ts";
import {
  entryCells,
  insertEntry,
  keyNameAt,
  type LeafKind,
  leafKind,
  listCount,
  listKind,
  newList,
  removeEntry,
  setEntryCell,
} from "./leaf.ts";

const { fields: KEY } = KEY_NODE;

/** Version 1.5 and later hash the names of leaves; before that, a leaf has hints while it is small and alone (ReactOS, cmindex.c; no exception in 115 real hives). */
const HASH_LEAF_MINOR = 5;

/** The count is 16 bits. An `ri` never holds another one. */
const ROOT_LIST_MAX = 0xffff;

/** Entries of a full leaf that stay in the left half when it is split. */
const LEFT_HALF = LEAF_MAX / 2;

/** Adds a key that is complete, its name included. The name must not be there yet. Throws EditError when there are too many, or the hive is full. */
export function insertSubkey(cells: Cells, minor: number, parent: CellOffset, child: CellOffset): void {
  const { bins } = cells;
  const name = keyNameAt(bins, child);
  const place = findSubkey(bins, parent, name);
  const count = bins.get(parent, KEY.subkeyCount);
  if (place === undefined) {
    bins.set(parent, KEY.subkeys, newList(cells, leafKindFor(minor, 1, false), [child]));
  } else {
    if (place.found !== undefined) fail(toFile(parent), { code: "duplicate-name", structure: "key", name });
    const list = bins.get(parent, KEY.subkeys);
    const leaves = insertIntoLeaf(cells, minor, place.leaf, place.index, child, place.leafIndex !== undefined);
    bins.set(parent, KEY.subkeys, relink(cells, list, place.leafIndex, leaves));
  }
  bins.set(parent, KEY.subkeyCount, count + 1);
  const nameSize = name.length * 2;
  if (bins.get(parent, KEY.longestSubkeyName) < nameSize) bins.set(parent, KEY.longestSubkeyName, nameSize);
}

/** Takes a key out of its parent's lists; the key itself stays. Throws HiveError when it is not where its name belongs. */
export function removeSubkey(cells: Cells, parent: CellOffset, child: CellOffset): void {
  const { bins } = cells;
  const place = findSubkey(bins, parent, keyNameAt(bins, child));
  if (place?.found !== child) {
    fail(toFile(parent), { code: "cell-misplaced", structure: "key", cell: child });
  }
  if (listCount(bins, place.leaf) > 1) {
    removeEntry(bins, place.leaf, leafKind(bins, place.leaf), place.index);
  } else {
    removeLeaf(cells, parent, place.leaf, place.leafIndex);
  }
  bins.set(parent, KEY.subkeyCount, bins.get(parent, KEY.subkeyCount) - 1);
}

/** Frees the lists of a key that is being deleted; its subkeys stay. */
export function freeSubkeyLists(cells: Cells, key: CellOffset): void {
  const { bins } = cells;
  if (bins.get(key, KEY.subkeyCount) === 0) return;
  const list = bins.get(key, KEY.subkeys);
  if (listKind(bins, list) === "ri") for (const leaf of entryCells(bins, list, "ri")) cells.free(leaf);
  cells.free(list);
}

/** Returns the leaf, or the two leaves it was split into. */
function insertIntoLeaf(
  cells: Cells,
  minor: number,
  leaf: CellOffset,
  index: number,
  child: CellOffset,
  belowRoot: boolean,
): CellOffset[] {
  const { bins } = cells;
  const kind = leafKind(bins, leaf);
  const count = listCount(bins, leaf);
  const wanted = leafKindFor(minor, count + 1, belowRoot);
  if (kind === wanted && count < LEAF_MAX) return [insertEntry(cells, leaf, kind, index, child)];
  // Full, or (an `lf` that became too long, or another editor's choice) not of the kind that belongs here: written anew.
  const entries = entryCells(bins, leaf, kind);
  cells.free(leaf);
  if (count < LEAF_MAX) {
    entries.splice(index, 0, child);
    return [newList(cells, wanted, entries)];
  }
  const left = entries.slice(0, LEFT_HALF);
  const right = entries.slice(LEFT_HALF);
  if (index < LEFT_HALF) left.splice(index, 0, child);
  else right.splice(index - LEFT_HALF, 0, child);
  return [newList(cells, wanted, left), newList(cells, wanted, right)];
}

/** Puts the leaf (or two) where the one at `leafIndex` was; returns the list that the key refers to from now on. */
function relink(
  cells: Cells,
  list: CellOffset,
  leafIndex: number | undefined,
  leaves: readonly CellOffset[],
): CellOffset {
  const [first, second] = leaves as [CellOffset, CellOffset?];
  if (leafIndex === undefined) return second === undefined ? first : newList(cells, "ri", [first, second]);
  setEntryCell(cells.bins, list, "ri", leafIndex, first);
  if (second === undefined) return list;
  if (listCount(cells.bins, list) >= ROOT_LIST_MAX) {
    throw new EditError("too-many-subkeys", "The key has as many subkeys as its lists can hold");
  }
  return insertEntry(cells, list, "ri", leafIndex + 1, second);
}

function removeLeaf(cells: Cells, parent: CellOffset, leaf: CellOffset, leafIndex: number | undefined): void {
  const { bins } = cells;
  const list = bins.get(parent, KEY.subkeys);
  cells.free(leaf);
  if (leafIndex !== undefined && listCount(bins, list) > 1) {
    removeEntry(bins, list, "ri", leafIndex);
    return;
  }
  if (leafIndex !== undefined) cells.free(list);
  bins.set(parent, KEY.subkeys, NIL);
}

function leafKindFor(minor: number, count: number, belowRoot: boolean): LeafKind {
  if (minor >= HASH_LEAF_MINOR) return "lh";
  return belowRoot || count > FAST_LEAF_MAX ? "li" : "lf";
}
