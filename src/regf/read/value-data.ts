/** The bytes of a value's data, wherever the value keeps them. */
import type { Bins } from "../bins.ts";
import { BIG_DATA, BIG_DATA_MINOR, BIG_DATA_SEGMENT_SIZE, BIG_DATA_SIGNATURE } from "../format/big-data.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { VALUE_LIST_ENTRY } from "../format/value-list.ts";
import { DATA_INLINE, INLINE_DATA_MAX, VALUE_NODE } from "../format/value-node.ts";
import { fail } from "../hive-error.ts";
import { contentSize } from "./cell-reference.ts";
import { needSignature } from "./signature.ts";

const { fields: VALUE } = VALUE_NODE;

/** A copy. Throws HiveError when the data is not there as the value says. */
export function valueData(bins: Bins, value: CellOffset, minorVersion: number): Uint8Array {
  const stored = bins.get(value, VALUE.dataSize);
  if (stored >= DATA_INLINE) return inlineData(bins, value, stored - DATA_INLINE);
  if (stored === 0) return new Uint8Array(0);
  const data = bins.get(value, VALUE.data);
  if (stored > BIG_DATA_SEGMENT_SIZE && minorVersion >= BIG_DATA_MINOR) return bigData(bins, value, data, stored);
  const available = contentSize(bins, data, 0, { structure: "value data", from: toFile(value) });
  if (available < stored) fail(toFile(value), { code: "data-too-large", size: stored, available });
  return bins.bytes(data, 0, stored).slice();
}

/** The data's size in bytes, as the value states it. */
export function valueDataSize(bins: Bins, value: CellOffset): number {
  return bins.get(value, VALUE.dataSize) % DATA_INLINE;
}

function inlineData(bins: Bins, value: CellOffset, size: number): Uint8Array {
  if (size > INLINE_DATA_MAX) fail(toFile(value), { code: "bad-inline-size", size });
  return bins.bytes(value, VALUE.data.offset, size).slice();
}

function bigData(bins: Bins, value: CellOffset, db: CellOffset, size: number): Uint8Array {
  // Every segment is a cell of its own, so that data larger than the hive is a lie; it must not cost memory.
  if (size > bins.sizeBytes) fail(toFile(value), { code: "data-too-large", size, available: bins.sizeBytes });
  contentSize(bins, db, BIG_DATA.sizeBytes, { structure: "big data", from: toFile(value) });
  needSignature(bins, db, BIG_DATA_SIGNATURE, "big data");
  const declared = bins.get(db, BIG_DATA.fields.segmentCount);
  const needed = Math.ceil(size / BIG_DATA_SEGMENT_SIZE);
  if (declared !== needed) fail(toFile(db), { code: "bad-segment-count", declared, needed });
  const list = bins.get(db, BIG_DATA.fields.segments);
  contentSize(bins, list, needed * VALUE_LIST_ENTRY.sizeBytes, { structure: "big data list", from: toFile(db) });
  const data = new Uint8Array(size);
  const met = new Set<CellOffset>();
  for (let index = 0; index < needed; index++) {
    const segment = bins.get(list, VALUE_LIST_ENTRY.fields.cell, index * VALUE_LIST_ENTRY.sizeBytes);
    if (met.has(segment)) fail(toFile(list), { code: "cell-shared", structure: "big data segment", cell: segment });
    met.add(segment);
    const start = index * BIG_DATA_SEGMENT_SIZE;
    const length = Math.min(BIG_DATA_SEGMENT_SIZE, size - start);
    contentSize(bins, segment, length, { structure: "big data segment", from: toFile(list) });
    data.set(bins.bytes(segment, 0, length), start);
  }
  return data;
}
