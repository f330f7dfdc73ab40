/** Counts the keys that use a security descriptor, and unlinks one that nobody uses any more. */
import { KEY_NODE } from "../format/key-node.ts";
import type { CellOffset } from "../format/offsets.ts";
import { SECURITY } from "../format/security.ts";
import type { Cells } from "./cells.ts";

const { fields: KEY } = KEY_NODE;
const { fields: SK } = SECURITY;

/** Of a count that is too high, which Windows itself leaves, there may be nothing left above. */
const COUNT_MAX = 0xffff_ffff;

/** The new key uses its parent's descriptor. */
export function inheritSecurity(cells: Cells, parent: CellOffset, child: CellOffset): void {
  const { bins } = cells;
  const security = bins.get(parent, KEY.security);
  bins.set(security, SK.referenceCount, Math.min(bins.get(security, SK.referenceCount) + 1, COUNT_MAX));
  bins.set(child, KEY.security, security);
}

export function releaseSecurity(cells: Cells, key: CellOffset): void {
  const { bins } = cells;
  const security = bins.get(key, KEY.security);
  const count = bins.get(security, SK.referenceCount);
  if (count > 1) {
    bins.set(security, SK.referenceCount, count - 1);
    return;
  }
  const next = bins.get(security, SK.next);
  const previous = bins.get(security, SK.previous);
  bins.set(previous, SK.next, next);
  bins.set(next, SK.previous, previous);
  cells.free(security);
}
