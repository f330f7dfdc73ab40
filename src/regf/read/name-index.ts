/** Subkeys and values by name: a list is compared once, not again for every name that is looked for in it. */
import { upcase } from "../../bytes/upcase.ts";
import type { Bins } from "../bins.ts";
import type { CellOffset } from "../format/offsets.ts";

interface Named {
  readonly cell: CellOffset;
  readonly name: string;
}

type Kind = "subkeys" | "values";

interface Indexes {
  readonly revision: number;
  /** By the cell of the key whose subkeys or values they are. */
  readonly subkeys: Map<CellOffset, NameIndex>;
  readonly values: Map<CellOffset, NameIndex>;
}

const indexes = new WeakMap<Bins, Indexes>();

/** The index of what the key has, as the bins are now; `list` is asked only as far as a search has to go. */
export function nameIndexOf(bins: Bins, kind: Kind, key: CellOffset, list: () => Iterator<Named>): NameIndex {
  let known = indexes.get(bins);
  if (known === undefined || known.revision !== bins.revision) {
    known = { revision: bins.revision, subkeys: new Map(), values: new Map() };
    indexes.set(bins, known);
  }
  let index = known[kind].get(key);
  if (index === undefined) {
    index = new NameIndex(list());
    known[kind].set(key, index);
  }
  return index;
}

/**
 * Every name of the list is compared, not only where order and hashes lead: a list in a wrong order must not hide a key that is there. Of two with
 * one name the first counts.
 */
class NameIndex {
  readonly #cells = new Map<string, CellOffset>();
  readonly #left: Iterator<Named>;
  /** What ended the list before its end, and does so for every search that gets there. */
  #damage: { readonly error: unknown } | undefined;

  constructor(list: Iterator<Named>) {
    this.#left = list;
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
