/** Allocates, frees and resizes cells: reuses freed room, joins free neighbours, and grows the hive only when nothing fits. */
import type { Bins } from "../bins.ts";
import { BIN_HEADER, BIN_SIGNATURE } from "../format/bin.ts";
import { CELL_ALIGNMENT, CELL_HEADER_SIZE } from "../format/cell.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { PAGE_SIZE, roundUp } from "../format/page.ts";
import { fail } from "../hive-error.ts";
import { MAX_HIVE_BINS_SIZE } from "../limits.ts";
import { EditError } from "./edit-error.ts";
import type { FreeCells } from "./free-cells.ts";
import { scanFreeCells } from "./scan.ts";

export class Cells {
  readonly bins: Bins;
  #index: FreeCells | undefined;
  #changeCount = 0;

  constructor(bins: Bins) {
    this.bins = bins;
  }

  /** Rises with every cell that is taken, freed or resized: only when it did, there is something to forget. */
  get changeCount(): number {
    return this.#changeCount;
  }

  /** The bins were changed by something else (an edit was taken back): look again. */
  forget(): void {
    this.#index = undefined;
  }

  /** A cell for so many bytes, zeros. Throws EditError when the hive is full. */
  allocate(contentSize: number): CellOffset {
    const cell = this.#obtain(sizeFor(contentSize));
    this.bins.write(cell, 0, new Uint8Array(this.capacity(cell)));
    return cell;
  }

  /** A cell that holds exactly these bytes, and zeros to its end. Throws EditError when the hive is full. */
  allocateFor(content: Uint8Array): CellOffset {
    const cell = this.#obtain(sizeFor(content.length));
    const padded = new Uint8Array(this.capacity(cell));
    padded.set(content);
    this.bins.write(cell, 0, padded);
    return cell;
  }

  /** Bytes that the cell's content can have. Throws HiveError for a cell that is not in use. */
  capacity(cell: CellOffset): number {
    return this.#usedSize(cell) - CELL_HEADER_SIZE;
  }

  /** Never leaves two free cells side by side. Throws HiveError for a cell that is not in use. */
  free(cell: CellOffset): void {
    this.#release(cell, this.#usedSize(cell));
  }

  /** Makes room for more content, in place when the room behind is free; returns where the cell is now. What is added is zeros. */
  enlarge(cell: CellOffset, contentSize: number): CellOffset {
    const capacity = this.capacity(cell);
    if (contentSize <= capacity) return cell;
    if (this.#extendInPlace(cell, sizeFor(contentSize))) {
      this.bins.write(cell, capacity, new Uint8Array(this.capacity(cell) - capacity));
      return cell;
    }
    const content = new Uint8Array(contentSize);
    content.set(this.bins.bytes(cell, 0, capacity));
    const moved = this.allocateFor(content);
    this.free(cell);
    return moved;
  }

  get #free(): FreeCells {
    this.#index ??= scanFreeCells(this.bins);
    return this.#index;
  }

  #usedSize(cell: CellOffset): number {
    const size = -this.bins.cellSize(cell);
    if (size < CELL_ALIGNMENT) fail(toFile(cell), { code: "cell-free", structure: "cell", cell });
    return size;
  }

  #obtain(size: number): CellOffset {
    const cell = this.#free.bestFit(size) ?? this.#appendBin(size);
    const available = this.#free.take(cell) as number;
    this.#use(cell, size, available);
    return cell;
  }

  /** Takes `size` of `available` bytes into use; the rest becomes a free cell. */
  #use(cell: CellOffset, size: number, available: number): void {
    this.#changeCount++;
    this.bins.setCellSize(cell, -size);
    if (available > size) this.#markFree((cell + size) as CellOffset, available - size);
  }

  #extendInPlace(cell: CellOffset, size: number): boolean {
    const used = this.#usedSize(cell);
    const next = (cell + used) as CellOffset;
    const behind = this.#free.sizeAt(next) ?? 0;
    if (used + behind < size) return false;
    this.#free.take(next);
    this.#use(cell, size, used + behind);
    return true;
  }

  #release(cell: CellOffset, size: number): void {
    this.#changeCount++;
    let start = cell;
    let end = cell + size;
    end += this.#free.take(end as CellOffset) ?? 0;
    const before = this.#free.endingAt(start);
    if (before !== undefined) {
      this.#free.take(before);
      start = before;
    }
    this.#markFree(start, end - start);
  }

  #markFree(cell: CellOffset, size: number): void {
    this.bins.setCellSize(cell, size);
    this.#free.add(cell, size);
  }

  /** A new bin at the end with one free cell, which is returned. */
  #appendBin(size: number): CellOffset {
    const bin = this.bins.sizeBytes as CellOffset;
    const sizeBytes = roundUp(BIN_HEADER.sizeBytes + size, PAGE_SIZE);
    if (bin + sizeBytes > MAX_HIVE_BINS_SIZE) {
      throw new EditError("hive-full", `The hive cannot grow by ${sizeBytes} bytes: it would be larger than 2 GiB`);
    }
    const index = this.#free; // scanned before the new bin is there
    this.bins.grow(sizeBytes);
    const fields = BIN_HEADER.fields;
    this.bins.setBin(bin, fields.signature, BIN_SIGNATURE);
    this.bins.setBin(bin, fields.offset, bin);
    this.bins.setBin(bin, fields.sizeBytes, sizeBytes);
    const cell = (bin + BIN_HEADER.sizeBytes) as CellOffset;
    this.bins.setCellSize(cell, sizeBytes - BIN_HEADER.sizeBytes);
    index.add(cell, sizeBytes - BIN_HEADER.sizeBytes);
    return cell;
  }
}

/** The whole cell, rounded as cells are. */
function sizeFor(contentSize: number): number {
  return roundUp(CELL_HEADER_SIZE + contentSize, CELL_ALIGNMENT);
}
