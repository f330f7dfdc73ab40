/** Logs made by hand, entry by entry, for tests of replay: written from the format's description, not with the engine's own writer. */
import { BASE_BLOCK_HEADER, baseBlockChecksum } from "../../src/regf/format/base-block.ts";
import { marvin32 } from "../../src/regf/format/marvin32.ts";

export interface PageRun {
  /** In the bins. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface EntryValues {
  readonly sequence: number;
  readonly hiveBinsSize: number;
  readonly flags?: number;
  readonly pages: readonly PageRun[];
}

/** HvLE: as many references as pages, pages packed behind them, filled up to 512 bytes. */
export function incrementalEntry({ sequence, hiveBinsSize, flags = 0, pages }: EntryValues): Uint8Array {
  const references = 40 + pages.length * 8;
  const used = references + pages.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const entry = Buffer.alloc(Math.ceil(used / 512) * 512);
  entry.write("HvLE", 0, "latin1");
  entry.writeUInt32LE(entry.length, 4);
  entry.writeUInt32LE(flags, 8);
  entry.writeUInt32LE(sequence, 12);
  entry.writeUInt32LE(hiveBinsSize, 16);
  entry.writeUInt32LE(pages.length, 20);
  let data = references;
  for (const [index, { offset, bytes }] of pages.entries()) {
    entry.writeUInt32LE(offset, 40 + index * 8);
    entry.writeUInt32LE(bytes.length, 44 + index * 8);
    entry.set(bytes, data);
    data += bytes.length;
  }
  return rehashed(entry);
}

/** With the hashes that its bytes need. */
export function rehashed(entry: Uint8Array): Uint8Array {
  const hashed = Buffer.from(entry);
  hashed.writeBigUInt64LE(marvin32(hashed.subarray(40)), 24);
  hashed.writeBigUInt64LE(marvin32(hashed.subarray(0, 32)), 32);
  return hashed;
}

/** A base block like the primary's, of type 6, and the entries behind it; `sequence` is the first entry's. */
export function incrementalLog(primary: Uint8Array, sequence: number, entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([logBase(primary, sequence, 6), ...entries]);
}

/** DIRT: a bitmap of sectors and the sectors; `sectors` are numbers in the bins. */
export function dirtLog(
  primary: Uint8Array,
  sequence: number,
  hiveBinsSize: number,
  sectors: ReadonlyMap<number, Uint8Array>,
): Uint8Array {
  const base = logBase(primary, sequence, 1);
  new DataView(base.buffer, base.byteOffset).setUint32(0x28, hiveBinsSize, true);
  const view = new DataView(base.buffer, base.byteOffset);
  view.setUint32(508, baseBlockChecksum(view), true);
  const bitmap = Buffer.alloc(Math.ceil((4 + hiveBinsSize / 4096) / 512) * 512);
  bitmap.write("DIRT", 0, "latin1");
  const ascending = [...sectors].sort(([left], [right]) => left - right);
  for (const [sector] of ascending) {
    const at = 4 + (sector >>> 3);
    bitmap[at] = (bitmap[at] ?? 0) | (1 << (sector & 7));
  }
  return Buffer.concat([base, bitmap, ...ascending.map(([, bytes]) => bytes)]);
}

function logBase(primary: Uint8Array, sequence: number, fileType: number): Uint8Array {
  const base = Buffer.from(primary.subarray(0, 512));
  const view = new DataView(base.buffer, base.byteOffset, 512);
  BASE_BLOCK_HEADER.encode(view, 0, { primarySequence: sequence, secondarySequence: sequence, fileType });
  view.setUint32(508, baseBlockChecksum(view), true);
  return base;
}
