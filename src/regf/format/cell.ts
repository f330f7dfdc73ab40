/** The size that begins every cell, negative while the cell is in use. */
import { i32, u16 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";

/** Cells begin and end on multiples of 8 bytes, counted from the first bin. */
export const CELL_ALIGNMENT = 8;

// biome-ignore format: the columns are the documentation
export const CELL_HEADER = layout("cell", 4, {
  size: at(0x00, i32),  // with these 4 bytes; negative: allocated, positive: free
});

/** What stands before the structure in a cell. */
export const CELL_HEADER_SIZE = CELL_HEADER.sizeBytes;

/** How most structures in cells begin: two characters, here as a number so that comparing them makes no string. */
export const CELL_SIGNATURE = at(0x00, u16);

export function signatureNumber(signature: string): number {
  return signature.charCodeAt(0) | (signature.charCodeAt(1) << 8);
}
