/** The name that follows a key's or a value's fixed part. */
import type { Bins } from "../bins.ts";
import { decodeName } from "../format/key-name.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { fail } from "../hive-error.ts";

/** The fixed part's size, the name's place in the cell's content, and what the node says of its name. */
export interface NameField {
  readonly structure: "key" | "value";
  readonly start: number;
  readonly sizeBytes: number;
  readonly compressed: boolean;
}

/** Throws HiveError when the name does not fit into the cell, or is UTF-16 of an odd size. */
export function needName(cell: CellOffset, contentBytes: number, name: NameField): void {
  const needed = name.start + name.sizeBytes;
  if (contentBytes < needed) {
    fail(toFile(cell), { code: "cell-too-small", structure: name.structure, size: contentBytes, needed });
  }
  if (!name.compressed && name.sizeBytes % 2 !== 0) {
    fail(toFile(cell), { code: "bad-name", structure: name.structure, size: name.sizeBytes, reason: "odd size" });
  }
}

export function readName(bins: Bins, cell: CellOffset, name: NameField): string {
  return decodeName(bins.bytes(cell, name.start, name.sizeBytes), name.compressed);
}
