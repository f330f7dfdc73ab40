/** The bytes of a .reg file to text and back: Regedit writes UTF-16, people and other tools UTF-8. */
import { decodeLatin1, decodeUtf16, encodeUtf16 } from "../bytes/utf16.ts";
import { regTextFailure } from "./failure.ts";

const BYTE_ORDER_MARK = "\ufeff";

/**
 * UTF-16 LE or BE with a byte order mark; UTF-8 with one or without; without one, what is not UTF-8 but REGEDIT4 is taken
 * as Latin-1. Throws Failure (invalidDocument) for bytes that are none of these.
 */
export function decodeRegFile(bytes: Uint8Array, name: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes.subarray(2));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(swapped(bytes.subarray(2)));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const text = decodeLatin1(bytes);
    if (/^\s*REGEDIT4\s/i.test(text)) return text;
    throw regTextFailure({ name, line: 1 }, "it is neither UTF-8 nor UTF-16", "save it as Unicode text");
  }
}

/** As Regedit saves it: UTF-16 LE with a byte order mark. */
export function encodeRegFile(text: string): Uint8Array {
  return encodeUtf16(BYTE_ORDER_MARK + text);
}

function swapped(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length - (bytes.length % 2));
  for (let index = 0; index < result.length; index += 2) {
    result[index] = bytes[index + 1] ?? 0;
    result[index + 1] = bytes[index] ?? 0;
  }
  return result;
}
