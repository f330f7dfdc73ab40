/** `db`: value data that is too big for one bin, in segments; version 1.4 and later. */
import { ascii, u16 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset } from "./offsets.ts";

export const BIG_DATA_SIGNATURE = "db";

/**
 * What each segment but the last holds, and the threshold: data of 16344 bytes is one plain cell, of 16345 it is segments.
 * A full segment's cell is 16352 bytes (4 of them its size, 4 unused), so that with the bin's header it fills a bin of 16 KiB.
 */
export const BIG_DATA_SEGMENT_SIZE = 16344;

/** The cell of a full segment. */
export const BIG_DATA_SEGMENT_CELL_SIZE = 16352;

/** The first minor version that knows it; before, one cell holds data of any size. */
export const BIG_DATA_MINOR = 4;

// biome-ignore format: the columns are the documentation
export const BIG_DATA = layout("db", 8, {
  signature:    at(0x00, ascii(2)),
  segmentCount: at(0x02, u16),
  segments:     at(0x04, cellOffset),  // a cell with the segments' cells
});
