/** Subkeys by name: a list is compared once, not again for every name that is looked for in it. */
import { upcase } from "../../bytes/upcase.ts";
import type { Bins } from "../bins.ts";
import type { CellOffset } from "../format/offsets.ts";

interface Named {
  readonly cell: CellOffset;
  readonly name: string;
}

interface Indexes {
  readonly revision: number;
  /** By the cell of the key whose subkeys they are. */
  readonly byKey: Map<CellOffset, SubkeyIndex>;
}

const indexes = new WeakMap<Bins, Indexes>();

/** The index of the key's subkeys as the bins are now; `subkeys` is asked only as far as a search has to go. */
export function subkeyIndexOf(bins: Bins, key: CellOffset, subkeys: () => Iterator<Named>): SubkeyIndex {
  let known = indexes.get(bins);
  if (known === undefined || known.revision !== bins.revision) {
    known = { revision: bins.revision, byKey: new Map() };
    indexes.set(bins, known);
  }
  let index = known.byKey.get(key);
  if (index === undefined) {
    index = new SubkeyIndex(subkeys());
    known.byKey.set(key, index);
  }
  return index;
}

/**
 * Every name of the list is compared, not only where order and hashes lead: a list in a wrong order must not hide a key that is there. Of two keys
 * with one name the first counts.
 */
class SubkeyIndex {
  readonly #cells = new Map<string, CellOffset>();
  readonly #left: Iterator<Named>;
  /** What ended the list before its end, and does so for every search that gets there. */
  #damage: { readonly error: unknown } | undefined;

  constructor(subkeys: Iterator<Named>) {
    this.#left = subkeys;
  }

  /** Throws what reading the list throws, unless the name stands before that place. */
  find(name: string): CellOffset | undefined {
    const wanted = upcase(name);
    const known = this.#cells.get(wanted);
    if (known !== undefined) return known;
    if (this.#damage !== undefined) throw this.#damage.error;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const upper = upcase(next.name);
      if (this.#cells.has(upper)) continue;
      this.#cells.set(upper, next.cell);
      if (upper === wanted) return next.cell;
    }
    return undefined;
  }

  #next(): Named | undefined {
    try {
      const next = this.#left.next();
      return next.done === true ? undefined : next.value;
    } catch (error) {
      this.#damage = { error };
      throw error;
    }
  }
}
