/** The bytes of every key, so that a test can say which keys an edit left as they were. */
import { createHash } from "node:crypto";
import { upcase } from "../../src/bytes/upcase.ts";
import { CELL_HEADER_SIZE } from "../../src/regf/format/cell.ts";
import { KEY_NODE } from "../../src/regf/format/key-node.ts";
import type { CellOffset } from "../../src/regf/format/offsets.ts";
import { SECURITY, SECURITY_DESCRIPTOR } from "../../src/regf/format/security.ts";
import type { Hive, Key } from "../../src/regf/index.ts";

/** By upcased path: where the key lies, and a hash of its node, class name, security descriptor and values, each with its data. */
export function keyBytes(hive: Hive): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (key: Key): void => {
    found.set(upcase(key.path), hashOf(hive, key));
    for (const subkey of key.subkeys()) visit(subkey);
  };
  visit(hive.root);
  return found;
}

function hashOf({ bins }: Hive, key: Key): string {
  const content = (cell: CellOffset): Uint8Array => bins.bytes(cell, 0, -bins.cellSize(cell) - CELL_HEADER_SIZE);
  const hash = createHash("sha1").update(content(key.cell));
  hash.update(key.className ?? "");
  const security = bins.get(key.cell, KEY_NODE.fields.security);
  const descriptorSize = bins.get(security, SECURITY.fields.descriptorSize);
  hash.update(bins.bytes(security, SECURITY_DESCRIPTOR, descriptorSize));
  for (const value of key.values()) hash.update(content(value.cell)).update(value.data);
  return `${key.cell} ${hash.digest("hex")}`;
}

/** Whether a path is one of `edited`, above one of them or below. */
export function isConcerned(path: string, edited: ReadonlySet<string>, aboveEdited: ReadonlySet<string>): boolean {
  if (aboveEdited.has(path)) return true;
  for (let end = path.length; end > 0; end = path.lastIndexOf("\\", end - 1)) {
    if (edited.has(path.slice(0, end))) return true;
  }
  return false;
}
