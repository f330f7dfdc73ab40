/** Reads the body of a DIRT log: which sectors of the bins it holds, and where. */
import type { Storage } from "../../storage/storage.ts";
import {
  DIRTY_BITMAP_START,
  DIRTY_VECTOR_SIGNATURE,
  DIRTY_VECTOR_START,
  dirtyBitmapSize,
  dirtySectorsStart,
} from "../format/dirty-vector.ts";
import { PAGE_SIZE, SECTOR_SIZE } from "../format/page.ts";
import { MAX_HIVE_BINS_SIZE } from "../limits.ts";
import { printable } from "../read/signature.ts";

export interface DirtySectors {
  readonly hiveBinsSize: number;
  /** Numbers of sectors in the bins, ascending; in the log they stand one after another. */
  readonly sectors: readonly number[];
  /** In the log. */
  readonly start: number;
}

/** A sentence instead, when it cannot be used as a whole. Throws StorageError. */
export function readDirtySectors(storage: Storage, hiveBinsSize: number): DirtySectors | string {
  if (hiveBinsSize === 0 || hiveBinsSize % PAGE_SIZE !== 0 || hiveBinsSize > MAX_HIVE_BINS_SIZE) {
    return `it is for a hive of ${hiveBinsSize} bytes, which cannot be`;
  }
  const bitmapSize = dirtyBitmapSize(hiveBinsSize);
  if (storage.size() < DIRTY_BITMAP_START + bitmapSize) return "it is too short for its bitmap";
  const signature = storage.read(DIRTY_VECTOR_START, DIRTY_VECTOR_SIGNATURE.length);
  if (printable(signature) !== `"${DIRTY_VECTOR_SIGNATURE}"`)
    return `its bitmap does not begin with "${DIRTY_VECTOR_SIGNATURE}"`;
  const sectors = sectorsOf(storage.read(DIRTY_BITMAP_START, bitmapSize));
  const start = dirtySectorsStart(hiveBinsSize);
  if (sectors.length === 0) return "it holds nothing";
  const needed = start + sectors.length * SECTOR_SIZE;
  if (storage.size() < needed) return `it has ${storage.size()} of ${needed} bytes`;
  return { hiveBinsSize, sectors, start };
}

/** One bit for a sector, the lowest bit of a byte first. */
function sectorsOf(bitmap: Uint8Array): number[] {
  const sectors: number[] = [];
  for (let index = 0; index < bitmap.length; index++) {
    const byte = bitmap[index] ?? 0;
    for (let bit = 0; bit < 8; bit++) if ((byte & (1 << bit)) !== 0) sectors.push(index * 8 + bit);
  }
  return sectors;
}
