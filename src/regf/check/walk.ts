/** Walks every key of a hive once and hands it, with what it holds, to a visitor. */
import { ROOT_REFERENCE } from "../format/base-block.ts";
import { KEY_FLAG, KEY_NODE, KEY_NODE_NAME, KEY_NODE_SIGNATURE } from "../format/key-node.ts";
import { type CellOffset, type FileOffset, NIL, toFile } from "../format/offsets.ts";
import { MAX_KEY_DEPTH } from "../limits.ts";
import { readName } from "../read/node-name.ts";
import type { Claims } from "./claims.ts";
import { walkSubkeyLists } from "./subkey-lists.ts";
import { walkValues } from "./values.ts";
import type { KeyContents, KeyVisit, SubkeyEntry } from "./visits.ts";

const { fields: KEY } = KEY_NODE;

export type Visitor = (key: KeyVisit, contents: KeyContents) => void;

/** The root key, when it is sound. */
export function claimRoot(claims: Claims, root: CellOffset): KeyVisit | undefined {
  return claimKey(claims, root, ROOT_REFERENCE, undefined);
}

/** Depth first, with a stack of its own: the depth of a damaged hive is not the depth of the call stack. */
export function walkKeys(claims: Claims, root: KeyVisit, visit: Visitor): void {
  const waiting = [root];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const contents = contentsOf(claims, key);
    visit(key, contents);
    for (let index = contents.subkeys.length - 1; index >= 0; index--) {
      const subkey = contents.subkeys[index];
      if (subkey !== undefined) waiting.push(subkey.key);
    }
  }
}

function contentsOf(claims: Claims, key: KeyVisit): KeyContents {
  const { bins } = claims;
  const classSize = bins.get(key.cell, KEY.classNameSize);
  const classCell = bins.get(key.cell, KEY.className);
  if (classSize > 0 && classCell !== NIL) {
    claims.claim(classCell, { structure: "class name", needed: classSize, from: toFile(key.cell), key });
  }
  const values = walkValues(claims, key);
  const { lists, entries, listedCount } = walkSubkeyLists(claims, key);
  if (listedCount !== 0 && key.depth >= MAX_KEY_DEPTH) {
    claims.add(toFile(key.cell), { code: "key-too-deep", deepest: MAX_KEY_DEPTH }, key);
    return { lists, listedCount, subkeys: [], values };
  }
  const subkeys: SubkeyEntry[] = [];
  for (const entry of entries) {
    const subkey = claimKey(claims, entry.cell, toFile(entry.list.cell), key);
    if (subkey !== undefined) subkeys.push({ key: subkey, hint: entry.hint, list: entry.list });
  }
  return { lists, listedCount, subkeys, values };
}

function claimKey(
  claims: Claims,
  cell: CellOffset,
  from: FileOffset,
  parent: KeyVisit | undefined,
): KeyVisit | undefined {
  const { bins } = claims;
  const contentSize = claims.claim(cell, { structure: "key", needed: KEY_NODE.sizeBytes, from, key: parent });
  if (contentSize === undefined || !claims.hasSignature(cell, KEY_NODE_SIGNATURE, "key", parent)) return undefined;
  const flags = bins.get(cell, KEY.flags);
  const compressed = (flags & KEY_FLAG.compressedName) !== 0;
  const sizeBytes = bins.get(cell, KEY.nameSize);
  const name = { structure: "key", start: KEY_NODE_NAME, sizeBytes, compressed } as const;
  if (!claims.hasName(cell, contentSize, name, parent)) return undefined;
  const depth = parent === undefined ? 0 : parent.depth + 1;
  return { cell, contentSize, parent, depth, flags, name: readName(bins, cell, name), compressed };
}
