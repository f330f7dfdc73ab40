/** Finds a subkey, or the place where it would be inserted, by the order of the lists. */
import { compareUpcased } from "../../bytes/upcase.ts";
import type { Bins } from "../bins.ts";
import { KEY_NODE } from "../format/key-node.ts";
import type { CellOffset } from "../format/offsets.ts";
import type { SubkeyListKind } from "../format/subkey-list.ts";
import { entryCell, keyNameAt, leafKind, listCount, listKind } from "./leaf.ts";

const { fields: KEY } = KEY_NODE;

export interface SubkeyPlace {
  /** The subkey, if it is there. */
  readonly found: CellOffset | undefined;
  /** Which leaf of the `ri`; undefined when the key's list is a leaf itself. */
  readonly leafIndex: number | undefined;
  readonly leaf: CellOffset;
  /** Of the subkey in its leaf, or where it belongs. */
  readonly index: number;
}

/** Undefined when the key has no list at all. Relies on the order, which the full check has confirmed. Throws HiveError. */
export function findSubkey(bins: Bins, key: CellOffset, name: string): SubkeyPlace | undefined {
  if (bins.get(key, KEY.subkeyCount) === 0) return undefined;
  const list = bins.get(key, KEY.subkeys);
  const kind = listKind(bins, list);
  if (kind !== "ri") return searchLeaf(bins, list, kind, name, undefined);
  // The first leaf that reaches as far as the name; a name beyond all others belongs into the last.
  let leafIndex = 0;
  for (let high = listCount(bins, list) - 1; leafIndex < high; ) {
    const middle = (leafIndex + high) >>> 1;
    if (lastNameIsBefore(bins, entryCell(bins, list, "ri", middle), name)) leafIndex = middle + 1;
    else high = middle;
  }
  const leaf = entryCell(bins, list, "ri", leafIndex);
  return searchLeaf(bins, leaf, leafKind(bins, leaf), name, leafIndex);
}

function lastNameIsBefore(bins: Bins, leaf: CellOffset, name: string): boolean {
  const last = entryCell(bins, leaf, leafKind(bins, leaf), listCount(bins, leaf) - 1);
  return compareUpcased(keyNameAt(bins, last), name) < 0;
}

function searchLeaf(
  bins: Bins,
  leaf: CellOffset,
  kind: SubkeyListKind,
  name: string,
  leafIndex: number | undefined,
): SubkeyPlace {
  let low = 0;
  let high = listCount(bins, leaf);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const cell = entryCell(bins, leaf, kind, middle);
    const order = compareUpcased(keyNameAt(bins, cell), name);
    if (order === 0) return { found: cell, leafIndex, leaf, index: middle };
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return { found: undefined, leafIndex, leaf, index: low };
}
