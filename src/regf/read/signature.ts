/** Compares the signature of a structure with what it should be. */
import { decodeLatin1 } from "../../bytes/utf16.ts";
import type { Bins } from "../bins.ts";
import { CELL_SIGNATURE, signatureNumber } from "../format/cell.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { fail } from "../hive-error.ts";
import type { StructureName } from "../problems/structure-name.ts";

/** Throws HiveError when the cell's content does not begin with the two characters. */
export function needSignature(bins: Bins, cell: CellOffset, expected: string, structure: StructureName): void {
  if (bins.get(cell, CELL_SIGNATURE) === signatureNumber(expected)) return;
  fail(toFile(cell), { code: "bad-signature", structure, expected, found: printable(bins.bytes(cell, 0, 2)) });
}

/** In quotes where it can be read, otherwise as hexadecimal digits. */
export function printable(bytes: Uint8Array): string {
  const text = decodeLatin1(bytes);
  if (/^[\x20-\x7e]+$/.test(text)) return JSON.stringify(text);
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
