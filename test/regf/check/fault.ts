/** What a fault is, and the places of the sample hive where faults are made. */
import { KEY_NODE } from "../../../src/regf/format/key-node.ts";
import type { CellOffset } from "../../../src/regf/format/offsets.ts";
import { HINTED_ENTRY, PLAIN_ENTRY, SUBKEY_LIST_HEADER } from "../../../src/regf/format/subkey-list.ts";
import { VALUE_NODE } from "../../../src/regf/format/value-node.ts";
import type { Hive, ProblemCode } from "../../../src/regf/index.ts";
import { needKey, needValue } from "../../support/sample-hive.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;

export const keyAt = (hive: Hive, path: string): CellOffset => needKey(hive, path).cell;
export const valueAt = (hive: Hive, name: string): CellOffset => needValue(hive, "Values", name).cell;
export const listAt = (hive: Hive, path: string): CellOffset => hive.bins.get(keyAt(hive, path), KEY.subkeys);
export const securityAt = (hive: Hive): CellOffset => hive.bins.get(hive.rootCell, KEY.security);
export const dataAt = (hive: Hive, name: string): CellOffset => hive.bins.get(valueAt(hive, name), VALUE.data);

/** The place in the root's list, a leaf, where a subkey's entry stands. */
export function entryOf(hive: Hive, name: string): { list: CellOffset; from: number } {
  const list = listAt(hive, "");
  const cell = keyAt(hive, name);
  for (let from = SUBKEY_LIST_HEADER.sizeBytes; ; from += HINTED_ENTRY.sizeBytes) {
    if (hive.bins.get(list, PLAIN_ENTRY.fields.cell, from) === cell) return { list, from };
  }
}

/** Returns the cell that a problem must name; undefined where that is not the point. */
export type Fault = (hive: Hive) => CellOffset | undefined;
export type Case = readonly [what: string, codes: readonly ProblemCode[], fault: Fault];

export function setSize(hive: Hive, cell: CellOffset, size: number): CellOffset {
  hive.bins.setCellSize(cell, size);
  return cell;
}

export function keyWithoutList(hive: Hive, name: string): CellOffset | undefined {
  for (const key of hive.root.subkeys()) if (key.name === name) return key.cell;
  return undefined;
}

export function point(hive: Hive, key: CellOffset, list: number): CellOffset {
  hive.bins.set(key, KEY.subkeys, list as CellOffset);
  return key;
}

/** The value takes over a cell that is no longer needed, so that nothing leaks. */
export function freeData(hive: Hive, name: string, cell: CellOffset): void {
  hive.bins.set(valueAt(hive, name), VALUE.data, cell);
  hive.bins.set(valueAt(hive, name), VALUE.dataSize, 5);
}

export function swapEntries(hive: Hive, left: string, right: string): void {
  const [first, second] = [entryOf(hive, left), entryOf(hive, right)];
  const bytes = hive.bins.bytes(first.list, first.from, 8).slice();
  hive.bins.write(first.list, first.from, hive.bins.bytes(second.list, second.from, 8).slice());
  hive.bins.write(second.list, second.from, bytes);
}

export function hashOf(name: string): number {
  return [...name.toUpperCase()].reduce((hash, letter) => (hash * 37 + letter.charCodeAt(0)) % 2 ** 32, 0);
}
