/** Walks the subkey lists of one key. */
import { KEY_NODE } from "../format/key-node.ts";
import { type CellOffset, type FileOffset, toFile } from "../format/offsets.ts";
import { HINTED_ENTRY, PLAIN_ENTRY, SUBKEY_LIST_HEADER, type SubkeyListKind } from "../format/subkey-list.ts";
import { printable } from "../read/signature.ts";
import type { Claims } from "./claims.ts";
import type { KeyVisit, ListVisit } from "./visits.ts";

const { fields: KEY } = KEY_NODE;
const { fields: LIST } = SUBKEY_LIST_HEADER;

const ENTRY_SIZES: Readonly<Record<SubkeyListKind, number>> = {
  lf: HINTED_ENTRY.sizeBytes,
  lh: HINTED_ENTRY.sizeBytes,
  li: PLAIN_ENTRY.sizeBytes,
  ri: PLAIN_ENTRY.sizeBytes,
};

export interface ListedCell {
  readonly cell: CellOffset;
  readonly hint: number | undefined;
  readonly list: ListVisit;
}

export interface SubkeyLists {
  readonly lists: readonly ListVisit[];
  /** Made one after another: lists can name many more keys than the hive has room for. */
  readonly entries: Iterable<ListedCell>;
  /** Entries of all leaves; undefined where a list could not be read, and that is reported. */
  readonly listedCount: number | undefined;
}

const NO_LISTS: SubkeyLists = { lists: [], entries: [], listedCount: 0 };

/** Volatile lists exist in memory only: what the file says of them is left over, and not looked at. */
export function walkSubkeyLists(claims: Claims, key: KeyVisit): SubkeyLists {
  const { bins } = claims;
  if (bins.get(key.cell, KEY.subkeyCount) === 0) return NO_LISTS;
  const top = claimList(claims, bins.get(key.cell, KEY.subkeys), toFile(key.cell), key);
  if (top === undefined) return { ...NO_LISTS, listedCount: undefined };
  if (top.kind !== "ri") return { lists: [top], entries: entriesOf(claims, top), listedCount: top.count };
  const leaves = leavesOf(claims, top, key);
  const counted = leaves.reduce((sum, { count }) => sum + count, 0);
  const listedCount = leaves.length === top.count ? counted : undefined;
  return { lists: [top, ...leaves], entries: entriesOfAll(claims, leaves), listedCount };
}

function leavesOf(claims: Claims, top: ListVisit, key: KeyVisit): ListVisit[] {
  const leaves: ListVisit[] = [];
  for (const { cell } of entriesOf(claims, top)) {
    const leaf = claimList(claims, cell, toFile(top.cell), key);
    if (leaf?.kind === "ri") claims.add(toFile(cell), { code: "nested-list" }, key);
    else if (leaf !== undefined) leaves.push(leaf);
  }
  return leaves;
}

function claimList(claims: Claims, cell: CellOffset, from: FileOffset, key: KeyVisit): ListVisit | undefined {
  const { bins } = claims;
  const size = claims.claim(cell, { structure: "subkey list", needed: SUBKEY_LIST_HEADER.sizeBytes, from, key });
  if (size === undefined) return undefined;
  const kind = bins.get(cell, LIST.signature);
  if (!isListKind(kind)) {
    const found = printable(bins.bytes(cell, 0, 2));
    const expected = "lf, lh, li or ri";
    claims.add(toFile(cell), { code: "bad-signature", structure: "subkey list", expected, found }, key);
    return undefined;
  }
  const count = bins.get(cell, LIST.count);
  const needed = SUBKEY_LIST_HEADER.sizeBytes + count * ENTRY_SIZES[kind];
  if (size >= needed) return { cell, kind, count };
  claims.add(toFile(cell), { code: "cell-too-small", structure: "subkey list", size, needed }, key);
  return undefined;
}

function isListKind(text: string): text is SubkeyListKind {
  return Object.hasOwn(ENTRY_SIZES, text);
}

function* entriesOfAll(claims: Claims, leaves: readonly ListVisit[]): Generator<ListedCell> {
  for (const leaf of leaves) yield* entriesOf(claims, leaf);
}

function* entriesOf({ bins }: Claims, list: ListVisit): Generator<ListedCell> {
  const entrySize = ENTRY_SIZES[list.kind];
  const isHinted = list.kind === "lf" || list.kind === "lh";
  for (let index = 0; index < list.count; index++) {
    const from = SUBKEY_LIST_HEADER.sizeBytes + index * entrySize;
    const cell = bins.get(list.cell, PLAIN_ENTRY.fields.cell, from);
    yield { cell, hint: isHinted ? bins.get(list.cell, HINTED_ENTRY.fields.hint, from) : undefined, list };
  }
}
