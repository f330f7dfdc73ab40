/** The bytes of an INF file as text. */

const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * UTF-16 LE or BE and UTF-8 by their byte order marks, else a code page of Windows, of which the characters that IDs and section names consist of are ASCII
 * (Microsoft, "General Guidelines for INF Files"). What is malformed comes out as some character; it never throws.
 */
export function decodeInf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return UTF8_MARK.every((byte, index) => bytes[index] === byte) ? "utf-8" : "windows-1252";
}
