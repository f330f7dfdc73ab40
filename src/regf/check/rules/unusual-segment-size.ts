/** Segments of big data, the last one too, are in cells that fill a bin of 16 KiB (no exception among 110 of real hives of XP to 10). */
import { BIG_DATA_SEGMENT_CELL_SIZE } from "../../format/big-data.ts";
import { CELL_HEADER_SIZE } from "../../format/cell.ts";
import { toFile } from "../../format/offsets.ts";
import { unusualSegmentSize } from "../../problems/unusual-segment-size.ts";
import { rule } from "../rule.ts";

export const unusualSegmentSizeRule = rule(unusualSegmentSize, (_examined, report) => ({
  value({ segments }, key) {
    for (const { cell, sizeBytes } of segments) {
      const size = sizeBytes + CELL_HEADER_SIZE;
      if (size === BIG_DATA_SEGMENT_CELL_SIZE) continue;
      report(toFile(cell), { size, expected: BIG_DATA_SEGMENT_CELL_SIZE }, key);
    }
  },
}));
