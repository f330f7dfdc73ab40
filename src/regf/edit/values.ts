/** Makes, changes, renames and deletes the values of one key. */
import { sameBytes } from "../../bytes/same.ts";
import { equalsUpcased } from "../../bytes/upcase.ts";
import type { Bins } from "../bins.ts";
import { encodeName } from "../format/key-name.ts";
import { KEY_NODE } from "../format/key-node.ts";
import { type CellOffset, NIL } from "../format/offsets.ts";
import { VALUE_LIST_ENTRY } from "../format/value-list.ts";
import { DATA_INLINE, VALUE_FLAG, VALUE_NODE, VALUE_NODE_NAME, VALUE_NODE_SIGNATURE } from "../format/value-node.ts";
import { readName } from "../read/node-name.ts";
import { isPredefinedHandle, valueCount } from "../read/value-count.ts";
import { valueData, valueDataSize } from "../read/value-data.ts";
import type { Cells } from "./cells.ts";
import { EditError } from "./edit-error.ts";
import { freeData, storeData } from "./value-data.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;

/** Far more than any key has; keeps a list inside what 32 bits can count. */
const VALUE_COUNT_MAX = 0x100_0000;

export interface ValuePlace {
  readonly cell: CellOffset;
  /** In the key's list. */
  readonly index: number;
}

export function findValue(bins: Bins, key: CellOffset, name: string): ValuePlace | undefined {
  const count = valueCount(bins, key);
  const list = bins.get(key, KEY.values);
  for (let index = 0; index < count; index++) {
    const cell = entryAt(bins, list, index);
    if (equalsUpcased(valueNameAt(bins, cell), name)) return { cell, index };
  }
  return undefined;
}

/** Whether the value has this type and these bytes already. Throws HiveError. */
export function holds(bins: Bins, value: CellOffset, type: number, data: Uint8Array, minor: number): boolean {
  if (bins.get(value, VALUE.type) !== type || valueDataSize(bins, value) !== data.length) return false;
  return sameBytes(valueData(bins, value, minor), data);
}

/** A new value at the end of the key's list. Throws EditError. */
export function addValue(
  cells: Cells,
  key: CellOffset,
  name: string,
  type: number,
  data: Uint8Array,
  minor: number,
): void {
  const { bins } = cells;
  const value = newValueNode(cells, name);
  bins.set(value, VALUE.dataSize, DATA_INLINE);
  appendToList(cells, key, value);
  raise(bins, key, KEY.longestValueName, name.length * 2);
  setValueData(cells, key, value, type, data, minor);
}

/** Type and data of a value that is there. Throws EditError. */
export function setValueData(
  cells: Cells,
  key: CellOffset,
  value: CellOffset,
  type: number,
  data: Uint8Array,
  minor: number,
): void {
  storeData(cells, value, data, minor);
  cells.bins.set(value, VALUE.type, type);
  raise(cells.bins, key, KEY.largestValueData, data.length);
}

/** The value keeps its place in the list, its type and its data. Throws EditError when the hive is full. */
export function renameTo(cells: Cells, key: CellOffset, place: ValuePlace, name: string): void {
  const { bins } = cells;
  const renamed = newValueNode(cells, name);
  bins.set(renamed, VALUE.dataSize, bins.get(place.cell, VALUE.dataSize));
  bins.set(renamed, VALUE.data, bins.get(place.cell, VALUE.data));
  bins.set(renamed, VALUE.type, bins.get(place.cell, VALUE.type));
  cells.free(place.cell);
  bins.set(bins.get(key, KEY.values), VALUE_LIST_ENTRY.fields.cell, renamed, place.index * VALUE_LIST_ENTRY.sizeBytes);
  raise(bins, key, KEY.longestValueName, name.length * 2);
}

export function removeValue(cells: Cells, key: CellOffset, place: ValuePlace, minor: number): void {
  const { bins } = cells;
  const count = bins.get(key, KEY.valueCount);
  const list = bins.get(key, KEY.values);
  freeData(cells, place.cell, minor);
  cells.free(place.cell);
  if (count === 1) {
    cells.free(list);
    bins.set(key, KEY.values, NIL);
  } else {
    const start = (place.index + 1) * VALUE_LIST_ENTRY.sizeBytes;
    const behind = bins.bytes(list, start, count * VALUE_LIST_ENTRY.sizeBytes - start).slice();
    bins.write(list, start - VALUE_LIST_ENTRY.sizeBytes, behind);
  }
  bins.set(key, KEY.valueCount, count - 1);
}

/** Frees all values of a key that is being deleted. */
export function freeValues(cells: Cells, key: CellOffset, minor: number): void {
  const { bins } = cells;
  const count = valueCount(bins, key);
  if (count === 0) return;
  const list = bins.get(key, KEY.values);
  for (let index = 0; index < count; index++) {
    const value = entryAt(bins, list, index);
    freeData(cells, value, minor);
    cells.free(value);
  }
  cells.free(list);
}

export function valueNameAt(bins: Bins, value: CellOffset): string {
  const compressed = (bins.get(value, VALUE.flags) & VALUE_FLAG.compressedName) !== 0;
  const sizeBytes = bins.get(value, VALUE.nameSize);
  return readName(bins, value, { structure: "value", start: VALUE_NODE_NAME, sizeBytes, compressed });
}

function entryAt(bins: Bins, list: CellOffset, index: number): CellOffset {
  return bins.get(list, VALUE_LIST_ENTRY.fields.cell, index * VALUE_LIST_ENTRY.sizeBytes);
}

/** Without data yet. */
function newValueNode(cells: Cells, name: string): CellOffset {
  const { bytes, compressed } = encodeName(name);
  const value = cells.allocate(VALUE_NODE_NAME + bytes.length);
  const { bins } = cells;
  bins.set(value, VALUE.signature, VALUE_NODE_SIGNATURE);
  bins.set(value, VALUE.nameSize, bytes.length);
  // The default value has neither a name nor this flag (no exception among 39,423 of real hives).
  bins.set(value, VALUE.flags, compressed && name !== "" ? VALUE_FLAG.compressedName : 0);
  bins.write(value, VALUE_NODE_NAME, bytes);
  return value;
}

function appendToList(cells: Cells, key: CellOffset, value: CellOffset): void {
  const { bins } = cells;
  if (isPredefinedHandle(bins, key))
    throw new EditError("protected-key", "The key stands for a handle and has no values");
  const count = bins.get(key, KEY.valueCount);
  if (count >= VALUE_COUNT_MAX) throw new EditError("too-many-values", `The key has ${count} values already`);
  const size = (count + 1) * VALUE_LIST_ENTRY.sizeBytes;
  const list = count === 0 ? cells.allocate(size) : cells.enlarge(bins.get(key, KEY.values), size);
  bins.set(list, VALUE_LIST_ENTRY.fields.cell, value, count * VALUE_LIST_ENTRY.sizeBytes);
  bins.set(key, KEY.values, list);
  bins.set(key, KEY.valueCount, count + 1);
}

/** Hints are upper bounds: they are raised, and never lowered. */
function raise(bins: Bins, key: CellOffset, hint: typeof KEY.longestValueName, least: number): void {
  if (bins.get(key, hint) < least) bins.set(key, hint, least);
}
