/** Makes keys and deletes whole subtrees. */
import { encodeName } from "../format/key-name.ts";
import { KEY_FLAG, KEY_NODE, KEY_NODE_NAME, KEY_NODE_SIGNATURE } from "../format/key-node.ts";
import { type CellOffset, NIL } from "../format/offsets.ts";
import { subkeyCells } from "../read/subkey-cells.ts";
import type { Cells } from "./cells.ts";
import { EditError } from "./edit-error.ts";
import { keyNameAt } from "./leaf.ts";
import { inheritSecurity, releaseSecurity } from "./security.ts";
import { freeSubkeyLists, insertSubkey, removeSubkey } from "./subkey-lists.ts";
import { freeValues } from "./values.ts";

const { fields: KEY } = KEY_NODE;

/** Without class name and access bits: nobody has opened it yet. The caller stamps the parent. Throws EditError when the hive is full. */
export function createSubkey(cells: Cells, parent: CellOffset, name: string, now: bigint, minor: number): CellOffset {
  const { bins } = cells;
  const { bytes, compressed } = encodeName(name);
  const content = new Uint8Array(KEY_NODE_NAME + bytes.length);
  KEY_NODE.encode(new DataView(content.buffer), 0, {
    signature: KEY_NODE_SIGNATURE,
    flags: compressed ? KEY_FLAG.compressedName : 0,
    lastWritten: now,
    parent,
    subkeys: NIL,
    volatileSubkeys: NIL,
    values: NIL,
    security: NIL,
    className: NIL,
    nameSize: bytes.length,
  });
  content.set(bytes, KEY_NODE_NAME);
  const key = cells.allocateFor(content);
  inheritSecurity(cells, parent, key);
  insertSubkey(cells, minor, parent, key);
  bins.set(parent, KEY.lastWritten, now);
  return key;
}

/** With everything below it. Throws EditError for a key that Windows would not delete either. */
export function deleteSubtree(cells: Cells, key: CellOffset, now: bigint, minor: number): void {
  const { bins } = cells;
  const parent = bins.get(key, KEY.parent);
  removeSubkey(cells, parent, key);
  bins.set(parent, KEY.lastWritten, now);
  const left = [key];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if ((bins.get(next, KEY.flags) & KEY_FLAG.noDelete) !== 0) {
      throw new EditError("protected-key", `The key "${keyNameAt(bins, next)}" is marked as one that is never deleted`);
    }
    for (const subkey of subkeyCells(bins, next)) left.push(subkey);
    freeKey(cells, next, minor);
  }
}

/** Its lists, values, class name and share of the security descriptor; the subkeys stay. */
function freeKey(cells: Cells, key: CellOffset, minor: number): void {
  const { bins } = cells;
  freeSubkeyLists(cells, key);
  freeValues(cells, key, minor);
  const className = bins.get(key, KEY.className);
  if (bins.get(key, KEY.classNameSize) > 0 && className !== NIL) cells.free(className);
  releaseSecurity(cells, key);
  cells.free(key);
}
