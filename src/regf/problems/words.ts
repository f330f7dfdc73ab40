/** How sentences show places and names. */
import { hexNumber } from "../../bytes/hex.ts";
import { printable } from "../../bytes/printable.ts";
import { NIL, toFile } from "../format/offsets.ts";

/** Where a cell is in the file. */
export function place(cell: number): string {
  return cell === NIL ? "nowhere" : hexNumber(toFile(cell));
}

/** A name of a hive, so that it can do nothing to a terminal. */
export function quoted(name: string): string {
  return `"${printable(name)}"`;
}
