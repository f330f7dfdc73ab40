/** `hbin`: the header of a bin, the unit in which a hive grows; cells follow it and fill the bin. */
import { ascii, u32, u64 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset } from "./offsets.ts";

export const BIN_SIGNATURE = "hbin";

// biome-ignore format: the columns are the documentation
export const BIN_HEADER = layout("bin", 32, {
  signature:   at(0x00, ascii(4)),
  offset:      at(0x04, cellOffset),  // its own place, counted from the first bin
  sizeBytes:   at(0x08, u32),         // with this header; a multiple of 4096
  reserved:    at(0x0c, u64),
  lastWritten: at(0x14, u64),         // FILETIME; kept in the first bin only
  spare:       at(0x1c, u32),         // means something only in memory
});

/** The one field of the bins that a recovery may renew by itself: a DIRT log is recognised by it where the header is torn. Counted from the first bin. */
export const FIRST_BIN_STAMP = BIN_HEADER.fields.lastWritten;
