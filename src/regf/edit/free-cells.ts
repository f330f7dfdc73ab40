/** An index of the free cells: by size, and by where they begin and end, so that neighbours are found. */
import type { CellOffset } from "../format/offsets.ts";

/** Sizes count the whole cell. A cell never begins where a bin begins (its header stands there), so cells of two bins never look like neighbours. */
export class FreeCells {
  readonly #sizes = new Map<CellOffset, number>();
  /** Where a free cell begins, by where it ends. */
  readonly #startByEnd = new Map<number, CellOffset>();
  readonly #bySize = new Map<number, Set<CellOffset>>();
  /** The keys of `#bySize`, ascending. */
  readonly #knownSizes: number[] = [];

  add(cell: CellOffset, size: number): void {
    this.#sizes.set(cell, size);
    this.#startByEnd.set(cell + size, cell);
    let cells = this.#bySize.get(size);
    if (cells === undefined) {
      cells = new Set();
      this.#bySize.set(size, cells);
      this.#knownSizes.splice(this.#firstSizeFrom(size), 0, size);
    }
    cells.add(cell);
  }

  /** Returns the size of the free cell that begins there, and forgets it; undefined when there is none. */
  take(cell: CellOffset): number | undefined {
    const size = this.#sizes.get(cell);
    if (size === undefined) return undefined;
    this.#sizes.delete(cell);
    this.#startByEnd.delete(cell + size);
    const cells = this.#bySize.get(size);
    cells?.delete(cell);
    if (cells?.size === 0) {
      this.#bySize.delete(size);
      this.#knownSizes.splice(this.#firstSizeFrom(size), 1);
    }
    return size;
  }

  sizeAt(cell: CellOffset): number | undefined {
    return this.#sizes.get(cell);
  }

  endingAt(end: number): CellOffset | undefined {
    return this.#startByEnd.get(end);
  }

  /** A cell of the smallest size that is enough. */
  bestFit(size: number): CellOffset | undefined {
    const best = this.#knownSizes[this.#firstSizeFrom(size)];
    return best === undefined ? undefined : this.#bySize.get(best)?.values().next().value;
  }

  /** Index of the first known size that is not smaller. */
  #firstSizeFrom(size: number): number {
    let low = 0;
    let high = this.#knownSizes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#knownSizes[middle] as number) < size) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
