/** Turns UTF-16 LE and Latin-1 bytes into strings and back without losing anything, unpaired surrogates included. */

/** `String.fromCharCode` takes its units as arguments, and the stack holds only so many. */
const UNITS_AT_ONCE = 4096;

/** An odd last byte is left out. */
export function decodeUtf16(bytes: Uint8Array): string {
  const unitCount = bytes.length >>> 1;
  let text = "";
  for (let from = 0; from < unitCount; from += UNITS_AT_ONCE) {
    const units = new Uint16Array(Math.min(UNITS_AT_ONCE, unitCount - from));
    for (let index = 0; index < units.length; index++) {
      const at = (from + index) * 2;
      units[index] = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    }
    text += String.fromCharCode.apply(null, units as unknown as number[]);
  }
  return text;
}

export function encodeUtf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[index * 2] = unit & 0xff;
    bytes[index * 2 + 1] = unit >>> 8;
  }
  return bytes;
}

/** Every byte is the character of the same number (ISO 8859-1, not Windows-1252). */
export function decodeLatin1(bytes: Uint8Array): string {
  if (bytes.length <= UNITS_AT_ONCE) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = "";
  for (let from = 0; from < bytes.length; from += UNITS_AT_ONCE) {
    text += String.fromCharCode.apply(null, bytes.subarray(from, from + UNITS_AT_ONCE) as unknown as number[]);
  }
  return text;
}

export function isLatin1(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0xff) return false;
  return true;
}

/** Throws an Error for a character that Latin-1 does not have; ask `isLatin1` first. */
export function encodeLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0xff) throw new Error(`U+${unit.toString(16).padStart(4, "0")} is not a Latin-1 character`);
    bytes[index] = unit;
  }
  return bytes;
}
