/** Stores the bytes of a value's data where Windows would: in the value itself, in one cell, or in segments. */
import {
  BIG_DATA,
  BIG_DATA_MINOR,
  BIG_DATA_SEGMENT_CELL_SIZE,
  BIG_DATA_SEGMENT_SIZE,
  BIG_DATA_SIGNATURE,
} from "../format/big-data.ts";
import { CELL_HEADER_SIZE } from "../format/cell.ts";
import { type CellOffset, NIL } from "../format/offsets.ts";
import { VALUE_LIST_ENTRY } from "../format/value-list.ts";
import { DATA_INLINE, INLINE_DATA_MAX, VALUE_NODE } from "../format/value-node.ts";
import type { Cells } from "./cells.ts";
import { EditError } from "./edit-error.ts";

const { fields: VALUE } = VALUE_NODE;
const { fields: BIG } = BIG_DATA;
const { cell: SEGMENT } = VALUE_LIST_ENTRY.fields;

/** Before big data: 1 MB; Microsoft, "Registry element size limits" (standard format). */
const PLAIN_DATA_MAX = 0x10_0000;

/** The segments are counted in 16 bits. */
const BIG_DATA_MAX = 0xffff * BIG_DATA_SEGMENT_SIZE;

/** Every segment's cell, the last one's too, fills a bin of 16 KiB (no exception among 24 of real hives of XP to 10); hivex relies on its spare bytes. */
const SEGMENT_CONTENT_SIZE = BIG_DATA_SEGMENT_CELL_SIZE - CELL_HEADER_SIZE;

type Shape = "inline" | "plain" | "big";

function shapeOf(size: number, minor: number): Shape {
  if (size <= INLINE_DATA_MAX) return "inline";
  return size > BIG_DATA_SEGMENT_SIZE && minor >= BIG_DATA_MINOR ? "big" : "plain";
}

/** The cell that the value's data is in, with its shape; undefined where there is none. */
function storedData(cells: Cells, value: CellOffset, minor: number): { shape: Shape; cell: CellOffset } | undefined {
  const stored = cells.bins.get(value, VALUE.dataSize);
  const cell = cells.bins.get(value, VALUE.data);
  // Zero bytes that are not marked as inline refer to no cell (three such values, tombstones of version 1.6, were seen).
  if (stored >= DATA_INLINE || stored === 0) return undefined;
  // What is not inline is in a cell, however small it is.
  const shape = shapeOf(stored, minor);
  return { shape: shape === "inline" ? "plain" : shape, cell };
}

/** Throws EditError when this version of the format cannot hold so much. */
export function checkDataSize(size: number, minor: number): void {
  const most = minor >= BIG_DATA_MINOR ? BIG_DATA_MAX : PLAIN_DATA_MAX;
  if (size > most) throw new EditError("data-too-large", `A value's data has at most ${most} bytes here, not ${size}`);
}

/** Replaces the data of a value; the cells it has are used again where they are big enough. Throws EditError when the hive is full. */
export function storeData(cells: Cells, value: CellOffset, data: Uint8Array, minor: number): void {
  const { bins } = cells;
  const shape = shapeOf(data.length, minor);
  const former = storedData(cells, value, minor);
  if (shape === "plain" && former?.shape === "plain" && cells.capacity(former.cell) >= data.length) {
    bins.write(former.cell, 0, data);
  } else if (shape === "big" && former?.shape === "big" && fitsSegments(cells, former.cell, data.length)) {
    writeSegments(cells, bins.get(former.cell, BIG.segments), data);
  } else {
    // Freed first, so that a value that is written again and again does not make the hive grow.
    freeData(cells, value, minor);
    bins.set(value, VALUE.data, newData(cells, shape, data));
  }
  bins.set(value, VALUE.dataSize, shape === "inline" ? (DATA_INLINE | data.length) >>> 0 : data.length);
}

/** Frees the cells of a value's data; the value's fields are left for the caller to set. */
export function freeData(cells: Cells, value: CellOffset, minor: number): void {
  const { bins } = cells;
  const former = storedData(cells, value, minor);
  if (former === undefined) return;
  if (former.shape === "big") {
    const list = bins.get(former.cell, BIG.segments);
    for (let index = 0; index < bins.get(former.cell, BIG.segmentCount); index++) {
      cells.free(segmentAt(cells, list, index));
    }
    cells.free(list);
  }
  cells.free(former.cell);
}

/** What goes into the value's field: the data itself, or its cell. */
function newData(cells: Cells, shape: Shape, data: Uint8Array): CellOffset {
  if (shape === "inline") {
    const word = new DataView(new ArrayBuffer(4));
    data.forEach((byte, index) => {
      word.setUint8(index, byte);
    });
    return word.getUint32(0, true) as CellOffset;
  }
  if (shape === "plain") return cells.allocateFor(data);
  return newBigData(cells, data);
}

function newBigData(cells: Cells, data: Uint8Array): CellOffset {
  const { bins } = cells;
  const count = Math.ceil(data.length / BIG_DATA_SEGMENT_SIZE);
  const list = cells.allocate(count * VALUE_LIST_ENTRY.sizeBytes);
  for (let index = 0; index < count; index++) {
    const segment = cells.allocate(SEGMENT_CONTENT_SIZE);
    bins.set(list, SEGMENT, segment, index * VALUE_LIST_ENTRY.sizeBytes);
  }
  writeSegments(cells, list, data);
  const big = cells.allocate(BIG_DATA.sizeBytes);
  bins.set(big, BIG.signature, BIG_DATA_SIGNATURE);
  bins.set(big, BIG.segmentCount, count);
  bins.set(big, BIG.segments, list);
  return big;
}

/** As many segments as are there, and the last one big enough. */
function fitsSegments(cells: Cells, big: CellOffset, size: number): boolean {
  const { bins } = cells;
  const count = bins.get(big, BIG.segmentCount);
  if (count !== Math.ceil(size / BIG_DATA_SEGMENT_SIZE)) return false;
  const last = segmentAt(cells, bins.get(big, BIG.segments), count - 1);
  return last !== NIL && cells.capacity(last) >= size - (count - 1) * BIG_DATA_SEGMENT_SIZE;
}

function writeSegments(cells: Cells, list: CellOffset, data: Uint8Array): void {
  for (let start = 0, index = 0; start < data.length; start += BIG_DATA_SEGMENT_SIZE, index++) {
    cells.bins.write(segmentAt(cells, list, index), 0, data.subarray(start, start + BIG_DATA_SEGMENT_SIZE));
  }
}

function segmentAt(cells: Cells, list: CellOffset, index: number): CellOffset {
  return cells.bins.get(list, SEGMENT, index * VALUE_LIST_ENTRY.sizeBytes);
}
