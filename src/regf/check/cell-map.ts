/** Where cells begin, which are free, and which have been met on the walk: every cell is met once. */
import type { Bins } from "../bins.ts";
import { BIN_HEADER, BIN_SIGNATURE } from "../format/bin.ts";
import { CELL_ALIGNMENT, CELL_HEADER_SIZE } from "../format/cell.ts";
import { type CellOffset, type FileOffset, NIL, toFile } from "../format/offsets.ts";
import { PAGE_SIZE } from "../format/page.ts";
import type { ProblemDetail } from "../problem.ts";
import type { StructureName } from "../problems/structure-name.ts";
import { printable } from "../read/signature.ts";
import type { Findings } from "./findings.ts";
import type { KeyVisit } from "./visits.ts";

/** One byte for each place where a cell can begin. */
const NOTHING = 0;
const FREE = 1;
const IN_USE = 2;
const MET = 3;

const { fields: BIN } = BIN_HEADER;

/** A reference to a cell: what should be there, how many bytes of it, and who refers. */
export interface Claim {
  readonly structure: StructureName;
  readonly needed: number;
  readonly from: FileOffset;
  readonly key: KeyVisit | undefined;
}

export class CellMap {
  readonly #bins: Bins;
  readonly #findings: Findings;
  readonly #states: Uint8Array;

  constructor(bins: Bins, findings: Findings) {
    this.#bins = bins;
    this.#findings = findings;
    this.#states = new Uint8Array(Math.ceil(bins.sizeBytes / CELL_ALIGNMENT));
    for (let bin = 0; bin < bins.sizeBytes; ) bin = this.#scanBin(bin as CellOffset);
  }

  /** The content's size; undefined, and reported, when the reference does not lead to a cell in use that nobody else refers to. */
  claim(cell: CellOffset, { structure, needed, from, key }: Claim): number | undefined {
    const state = cell % CELL_ALIGNMENT === 0 ? this.#states[cell / CELL_ALIGNMENT] : NOTHING;
    if (state !== IN_USE) {
      this.#findings.add(from, refusal(state, structure, cell), key);
      return undefined;
    }
    this.#states[cell / CELL_ALIGNMENT] = MET;
    const size = -this.#bins.cellSize(cell) - CELL_HEADER_SIZE;
    if (size >= needed) return size;
    this.#findings.add(toFile(cell), { code: "cell-too-small", structure, size, needed }, key);
    return undefined;
  }

  /** Cells in use that nothing referred to. */
  *unmet(): Generator<{ readonly cell: CellOffset; readonly size: number }> {
    for (let index = this.#states.indexOf(IN_USE); index !== -1; index = this.#states.indexOf(IN_USE, index + 1)) {
      const cell = (index * CELL_ALIGNMENT) as CellOffset;
      yield { cell, size: -this.#bins.cellSize(cell) };
    }
  }

  /** Returns where the next bin should begin. */
  #scanBin(bin: CellOffset): number {
    const bins = this.#bins;
    const available = bins.sizeBytes - bin;
    const found = printable(bins.raw(bin, BIN_SIGNATURE.length));
    if (found !== `"${BIN_SIGNATURE}"`) {
      this.#findings.add(toFile(bin), { code: "bad-signature", structure: "bin", expected: BIN_SIGNATURE, found });
      return this.#nextBin(bin);
    }
    const declared = bins.getBin(bin, BIN.offset);
    if (declared !== bin) this.#findings.add(toFile(bin), { code: "bad-bin-offset", declared, actual: bin });
    const size = bins.getBin(bin, BIN.sizeBytes);
    if (size === 0 || size % PAGE_SIZE !== 0 || size > available) {
      this.#findings.add(toFile(bin), { code: "bad-bin-size", size, available });
      const next = this.#nextBin(bin);
      this.#scanCells(bin + BIN_HEADER.sizeBytes, next);
      return next;
    }
    this.#scanCells(bin + BIN_HEADER.sizeBytes, bin + size);
    return bin + size;
  }

  /** After a bin that cannot be believed: the next page that begins as a bin and knows its place. */
  #nextBin(bin: number): number {
    const bins = this.#bins;
    for (let next = bin + PAGE_SIZE; next < bins.sizeBytes; next += PAGE_SIZE) {
      const isBin = bins.getBin(next as CellOffset, BIN.signature) === BIN_SIGNATURE;
      if (isBin && bins.getBin(next as CellOffset, BIN.offset) === next) return next;
    }
    return bins.sizeBytes;
  }

  #scanCells(start: number, end: number): void {
    let isAfterFree = false;
    for (let offset = start; offset < end; ) {
      const cell = offset as CellOffset;
      const size = this.#bins.cellSize(cell);
      const length = Math.abs(size);
      if (length === 0 || length % CELL_ALIGNMENT !== 0 || length > end - offset) {
        this.#findings.add(toFile(cell), { code: "bad-cell-size", size, available: end - offset });
        return; // where the next cell begins is not known
      }
      const isFree = size > 0;
      if (isFree && isAfterFree) this.#findings.add(toFile(cell), { code: "adjacent-free-cells" });
      this.#states[offset / CELL_ALIGNMENT] = isFree ? FREE : IN_USE;
      isAfterFree = isFree;
      offset += length;
    }
  }
}

/** Why a reference to a place in this state is not believed; undefined is a place that the map does not have. */
function refusal(state: number | undefined, structure: StructureName, cell: CellOffset): ProblemDetail {
  if (cell === NIL) return { code: "cell-missing", structure };
  if (state === undefined) return { code: "cell-outside-bins", structure, cell };
  if (state === FREE) return { code: "cell-free", structure, cell };
  if (state === MET) return { code: "cell-shared", structure, cell };
  return { code: "cell-misplaced", structure, cell };
}
