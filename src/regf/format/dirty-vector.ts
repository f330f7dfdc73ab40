/** `DIRT`: the body of the log before Windows 8.1, a bitmap of dirty sectors and the sectors themselves. */
import { ascii } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { PAGE_SIZE, roundUp, SECTOR_SIZE } from "./page.ts";

export const DIRTY_VECTOR_SIGNATURE = "DIRT";

/** After the 512 bytes of the log's base block. */
export const DIRTY_VECTOR_START = 512;

// biome-ignore format: the columns are the documentation
export const DIRTY_VECTOR_HEADER = layout("DIRT", 4, {
  signature: at(0x00, ascii(4)),
});

/** Where the bitmap begins: one bit for a sector of 512 bytes, lowest bit first. */
export const DIRTY_BITMAP_START = DIRTY_VECTOR_START + DIRTY_VECTOR_HEADER.sizeBytes;

/** One byte for every page of the bins. */
export function dirtyBitmapSize(hiveBinsSize: number): number {
  return Math.floor(hiveBinsSize / PAGE_SIZE);
}

/** Where the dirty sectors begin, one after another. */
export function dirtySectorsStart(hiveBinsSize: number): number {
  return roundUp(DIRTY_BITMAP_START + dirtyBitmapSize(hiveBinsSize), SECTOR_SIZE);
}
