/** Finds all free cells of a hive by walking its bins once. */
import type { Bins } from "../bins.ts";
import { BIN_HEADER } from "../format/bin.ts";
import { CELL_ALIGNMENT } from "../format/cell.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { PAGE_SIZE } from "../format/page.ts";
import { fail } from "../hive-error.ts";
import { FreeCells } from "./free-cells.ts";

/** Throws HiveError where bins or cells do not fill their room; the full check finds that first. */
export function scanFreeCells(bins: Bins): FreeCells {
  const free = new FreeCells();
  for (let bin = 0; bin < bins.sizeBytes; ) {
    const size = bins.getBin(bin as CellOffset, BIN_HEADER.fields.sizeBytes);
    const available = bins.sizeBytes - bin;
    if (size < PAGE_SIZE || size % PAGE_SIZE !== 0 || size > available) {
      fail(toFile(bin), { code: "bad-bin-size", size, available });
    }
    scanBin(bins, bin, bin + size, free);
    bin += size;
  }
  return free;
}

function scanBin(bins: Bins, bin: number, end: number, free: FreeCells): void {
  for (let cell = bin + BIN_HEADER.sizeBytes; cell < end; ) {
    const stored = bins.cellSize(cell as CellOffset);
    const size = Math.abs(stored);
    if (size < CELL_ALIGNMENT || size % CELL_ALIGNMENT !== 0 || cell + size > end) {
      fail(toFile(cell), { code: "bad-cell-size", size, available: end - cell });
    }
    if (stored > 0) free.add(cell as CellOffset, size);
    cell += size;
  }
}
