/** Writes .reg text as Regedit exports it: version 5.00, CR LF, hexadecimal data wrapped at 80 columns. */
import { toHex } from "../bytes/hex.ts";
import { decodeUtf16 } from "../bytes/utf16.ts";
import { Failure } from "../exit/failure.ts";
import { REG_BINARY, REG_DWORD, REG_SZ, type RegEntry, type RegValue } from "./model.ts";
import { isQuotable, quote } from "./quote.ts";

const LINE_WIDTH = 80;
const END_OF_LINE = "\r\n";

/** Throws Failure (invalidDocument) for a key or value name that .reg text cannot hold: one with a line break or NUL, or an unpaired surrogate. */
export function formatRegText(entries: Iterable<RegEntry>): string {
  const lines = ["Windows Registry Editor Version 5.00"];
  for (const entry of entries) {
    lines.push("", ...comments(entry), keyLine(entry));
    if (entry.kind === "set-key") {
      for (const value of entry.values) {
        lines.push(...comments(value), valueLine(value));
      }
    }
  }
  return [...lines, ""].join(END_OF_LINE);
}

function comments(entry: RegEntry | RegValue): readonly string[] {
  return (entry.comments ?? []).flatMap((comment) => comment.split(/\r\n|\n|\r/)).map((line) => `;${line}`);
}

function keyLine(entry: RegEntry): string {
  // "[-" deletes, and nothing can say otherwise.
  const isAmbiguous = entry.path.startsWith("-") || entry.path.trim() === "";
  return `[${entry.kind === "delete-key" ? "-" : ""}${writable(entry.path, "key", isAmbiguous)}]`;
}

function valueLine(value: RegValue): string {
  const left = `${value.name === "" ? "@" : quote(writable(value.name, "value"))}=`;
  return value.kind === "delete-value" ? `${left}-` : left + dataText(value.type, value.data, left.length);
}

function writable(name: string, what: string, isAmbiguous = false): string {
  if (isQuotable(name) && !isAmbiguous) return name;
  throw new Failure("invalidDocument", `the ${what} name ${JSON.stringify(name)} cannot be written as .reg text`, {
    at: name,
    code: "unwritable-name",
  });
}

/** Strings and numbers are written as such only when exactly these bytes come back; everything else in hexadecimal. */
function dataText(type: number, data: Uint8Array, column: number): string {
  if (type === REG_DWORD && data.length === 4) {
    return `dword:${toHex(data.slice().reverse())}`;
  }
  if (type === REG_SZ && data.length % 2 === 0 && data.length > 0) {
    const text = decodeUtf16(data);
    const content = text.slice(0, -1);
    if (text.endsWith("\0") && isQuotable(content)) return quote(content);
  }
  const prefix = type === REG_BINARY ? "hex:" : `hex(${type.toString(16)}):`;
  return prefix + wrapped(data, column + prefix.length);
}

/** As Regedit: a full line ends with `,\`, the next begins with two spaces. */
function wrapped(data: Uint8Array, firstColumn: number): string {
  const lines: string[] = [];
  let room = Math.floor((LINE_WIDTH - 1 - firstColumn) / 3);
  for (let from = 0; from < data.length || lines.length === 0; ) {
    const to = Math.min(data.length, from + Math.max(1, room));
    lines.push(toHex(data.subarray(from, to), ","));
    from = to;
    room = Math.floor((LINE_WIDTH - 1 - 2) / 3);
    if (data.length === 0) break;
  }
  return lines.join(`,\\${END_OF_LINE}  `);
}
