/** The right side of a value's line: a string, `dword:`, `hex:`, `hex(type):` or the `-` that deletes. */
import { encodeUtf16 } from "../bytes/utf16.ts";
import { regTextFailure, type TextPlace } from "./failure.ts";
import { REG_BINARY, REG_DWORD, REG_EXPAND_SZ, REG_MULTI_SZ, REG_SZ, type RegTextVersion } from "./model.ts";
import { readQuoted } from "./quote.ts";

export type ParsedData = { readonly type: number; readonly data: Uint8Array } | "delete";

const STRING_TYPES: readonly number[] = [REG_SZ, REG_EXPAND_SZ, REG_MULTI_SZ];

/** `text` is all that stands right of the `=`, its continuation lines joined; throws Failure (invalidDocument). */
export function parseData(text: string, version: RegTextVersion, place: TextPlace): ParsedData {
  if (text.startsWith('"')) return parseString(text, place);
  const plain = withoutComment(text);
  if (plain === "-") return "delete";
  const dword = /^dword:([0-9a-f]*)$/i.exec(plain);
  if (dword !== null) return parseDword(dword[1] ?? "", place);
  const hex = /^hex(?:\(([^)]*)\))?:(.*)$/i.exec(plain);
  if (hex !== null) return parseHex(hex[1], hex[2] ?? "", version, place);
  throw regTextFailure(
    place,
    `the data ${JSON.stringify(plain)} has no known form`,
    'write "text", dword:0000001a, hex:01,02 or hex(type):01,02, or - to delete the value',
  );
}

/** What is left of a `;`; only for data that is not a string. */
export function withoutComment(text: string): string {
  return text.replace(/;.*$/, "").trim();
}

function parseString(text: string, place: TextPlace): ParsedData {
  const quoted = readQuoted(text, 0);
  if (quoted === undefined) {
    throw regTextFailure(
      place,
      "a string is not closed on its line",
      "close it with a quote; a string that holds a line break is written as hex(1):",
    );
  }
  const rest = withoutComment(text.slice(quoted.end));
  if (rest !== "") {
    throw regTextFailure(
      place,
      `${JSON.stringify(rest)} stands after the string`,
      'write a quote inside a string as \\"',
    );
  }
  return { type: REG_SZ, data: encodeUtf16(`${quoted.text}\0`) };
}

function parseDword(digits: string, place: TextPlace): ParsedData {
  if (digits === "" || digits.length > 8) {
    throw regTextFailure(place, `dword:${digits} is not one to eight hexadecimal digits`);
  }
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, Number.parseInt(digits, 16), true);
  return { type: REG_DWORD, data };
}

function parseHex(typeText: string | undefined, list: string, version: RegTextVersion, place: TextPlace): ParsedData {
  const type = typeText === undefined ? REG_BINARY : Number.parseInt(typeText, 16);
  if (typeText !== undefined && !/^[0-9a-f]{1,8}$/i.test(typeText)) {
    throw regTextFailure(
      place,
      `hex(${typeText}) names no type`,
      "the type is one to eight hexadecimal digits: hex(7)",
    );
  }
  const bytes = parseHexList(list, place);
  return { type, data: version === "4" && STRING_TYPES.includes(type) ? widened(bytes, place) : bytes };
}

function parseHexList(list: string, place: TextPlace): Uint8Array {
  const parts = list.replaceAll(/\s/g, "").split(",");
  // One comma may stand at the end, as before a backslash; "" is no bytes at all.
  if (parts.at(-1) === "") parts.pop();
  const bytes = new Uint8Array(parts.length);
  for (const [index, part] of parts.entries()) {
    if (!/^[0-9a-f]{1,2}$/i.test(part)) {
      throw regTextFailure(place, `byte ${index + 1} of the data is ${JSON.stringify(part)}`, "write 0a,ff,00");
    }
    bytes[index] = Number.parseInt(part, 16);
  }
  return bytes;
}

/** REGEDIT4 holds strings in the code page of whoever wrote it, which the text does not name: only ASCII is certain. */
function widened(bytes: Uint8Array, place: TextPlace): Uint8Array {
  const wide = new Uint8Array(bytes.length * 2);
  for (const [index, byte] of bytes.entries()) {
    if (byte > 0x7f) {
      throw regTextFailure(
        place,
        "a string of this REGEDIT4 text is not ASCII, and its code page is not known",
        'save it as "Windows Registry Editor Version 5.00"',
      );
    }
    wide[index * 2] = byte;
  }
  return wide;
}
