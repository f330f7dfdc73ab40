/** Which cells reading has met, and who referred to each: what keeps a walk through cells that are shared or overlap as short as the hive. */
import type { Bins } from "../bins.ts";
import type { CellOffset, FileOffset } from "../format/offsets.ts";

const metCells = new WeakMap<Bins, MetCells>();

/** Of these bins as they are now: an edit makes all that was met worthless. */
export function metCellsOf(bins: Bins): MetCells {
  let met = metCells.get(bins);
  if (met === undefined || met.revision !== bins.revision) {
    met = new MetCells(bins);
    metCells.set(bins, met);
  }
  return met;
}

/**
 * Every cell has one owner, and all cells together are not larger than the bins. Without that a hive of 16 MB could have 100,000 keys which share
 * one list of 300,000 values, or as many values whose data are the same 8 MB: sound wherever one looks, and read for days.
 */
class MetCells {
  readonly revision: number;
  readonly #owners = new Map<CellOffset, FileOffset>();
  #roomBytes: number;

  constructor({ revision, sizeBytes }: Bins) {
    this.revision = revision;
    this.#roomBytes = sizeBytes;
  }

  /** False when another than `owner` refers to the cell as well, or when it overlaps others. */
  meet(cell: CellOffset, sizeBytes: number, owner: FileOffset): boolean {
    const known = this.#owners.get(cell);
    if (known !== undefined) return known === owner;
    if (sizeBytes > this.#roomBytes) return false;
    this.#roomBytes -= sizeBytes;
    this.#owners.set(cell, owner);
    return true;
  }
}
