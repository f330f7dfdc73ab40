/** Follows a reference to a cell and makes sure that what is needed is there. */
import type { Bins } from "../bins.ts";
import { CELL_ALIGNMENT, CELL_HEADER_SIZE } from "../format/cell.ts";
import { type CellOffset, type FileOffset, NIL, toFile } from "../format/offsets.ts";
import { fail } from "../hive-error.ts";
import { metCellsOf } from "./met-cells.ts";
import type { StructureName } from "../problems/structure-name.ts";

/** Where the reference stands, for messages: the file offset of the cell that holds it. */
export interface Reference {
  readonly structure: StructureName;
  readonly from: FileOffset;
}

/**
 * The size in bytes of the cell's content. Throws HiveError when the reference leads nowhere, to a free cell, or to one whose content is smaller
 * than `needed`, or belongs to another cell as well. It does not know where cells really begin; the full check does.
 */
export function contentSize(bins: Bins, cell: CellOffset, needed: number, { structure, from }: Reference): number {
  if (cell === NIL) fail(from, { code: "cell-missing", structure });
  if (cell >= bins.sizeBytes) fail(from, { code: "cell-outside-bins", structure, cell });
  if (cell % CELL_ALIGNMENT !== 0) fail(from, { code: "cell-misplaced", structure, cell });
  const size = bins.cellSize(cell);
  if (size >= 0) fail(from, { code: "cell-free", structure, cell });
  const available = bins.sizeBytes - cell;
  if (-size > available) fail(toFile(cell), { code: "bad-cell-size", size, available });
  const content = -size - CELL_HEADER_SIZE;
  if (content < needed) fail(toFile(cell), { code: "cell-too-small", structure, size: content, needed });
  if (!metCellsOf(bins).meet(cell, -size, from)) fail(from, { code: "cell-shared", structure, cell });
  return content;
}
