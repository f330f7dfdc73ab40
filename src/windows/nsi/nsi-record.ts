/** A record of one of NSI's tables as the registry has it, and what its fields say of it. */
import type { Key } from "../../regf/index.ts";

export interface NsiRecord {
  readonly name: string;
  /** A registry type. */
  readonly type: number;
  readonly data: Uint8Array;
}

export type ReadRecord<Setting> =
  /** Somebody configured it, for good. */
  | { readonly kind: "static"; readonly setting: Setting }
  /** Windows makes it itself, or learnt it: no setting. */
  | { readonly kind: "automatic" }
  /** `reason` goes on after the record's name. */
  | { readonly kind: "unreadable"; readonly reason: string };

export const REG_BINARY = 3;

/** In the order of their names; none where there is no such table. */
export function recordsOf(table: Key | undefined): readonly NsiRecord[] {
  const records = [...(table?.values() ?? [])].map(({ name, type, data }) => ({ name, type, data }));
  return records.sort((left, right) => (left.name < right.name ? -1 : 1));
}

export function readRecord<Setting>(
  { name, type, data }: NsiRecord,
  read: (name: string, data: Uint8Array) => ReadRecord<Setting>,
): ReadRecord<Setting> {
  return type === REG_BINARY ? read(name, data) : unreadable("is not REG_BINARY");
}

export function unreadable(reason: string): { readonly kind: "unreadable"; readonly reason: string } {
  return { kind: "unreadable", reason };
}
