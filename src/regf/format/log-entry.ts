/** `HvLE`: an entry of the log of Windows 8.1 and later; page references and the pages follow it. */
import { ascii, u32, u64 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset } from "./offsets.ts";

export const LOG_ENTRY_SIGNATURE = "HvLE";

/** The first entry follows the 512 bytes of the log's base block. */
export const LOG_ENTRIES_START = 512;

/** Entries are multiples of this. */
export const LOG_ENTRY_ALIGNMENT = 512;

// biome-ignore format: the columns are the documentation
export const LOG_ENTRY = layout("HvLE", 40, {
  signature:    at(0x00, ascii(4)),
  sizeBytes:    at(0x04, u32),
  flags:        at(0x08, u32),  // bit 0 goes into the base block's flags
  sequence:     at(0x0c, u32),
  hiveBinsSize: at(0x10, u32),  // the hive's, after this entry
  pageCount:    at(0x14, u32),  // page references that follow
  bodyHash:     at(0x18, u64),  // Marvin32 of the entry from byte 40 to its end
  headerHash:   at(0x20, u64),  // Marvin32 of its first 32 bytes
});

export const HEADER_HASHED_SIZE = 32;

// biome-ignore format: the columns are the documentation
export const PAGE_REFERENCE = layout("HvLE page reference", 8, {
  offset:    at(0x00, cellOffset),
  sizeBytes: at(0x04, u32),
});
