/** The two ways in which places in a hive are counted, kept apart by their types. */
import type { Brand } from "../../bytes/brand.ts";
import { u32As } from "../../bytes/codecs.ts";

/** Counted from the first byte of the file. This is what messages show. */
export type FileOffset = Brand<number, "FileOffset">;

/** Counted from the first hive bin. This is what the file itself stores, and it points at a cell's size. */
export type CellOffset = Brand<number, "CellOffset">;

/** The base block fills the first 4 KiB; the bins follow it. */
export const HIVE_BINS_START = 0x1000;

/** Where the file has "no cell". */
export const NIL = 0xffff_ffff as CellOffset;

export const cellOffset = u32As<CellOffset>();

export function toFile(cell: number): FileOffset {
  return (cell + HIVE_BINS_START) as FileOffset;
}

/** For places outside the bins: the base block, a log. */
export function fileOffset(offset: number): FileOffset {
  return offset as FileOffset;
}
