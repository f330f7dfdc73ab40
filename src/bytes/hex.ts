/** Bytes and offsets as hexadecimal text, and back. */

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower case, two digits a byte. */
export function toHex(bytes: Uint8Array, separator = ""): string {
  const parts = new Array<string>(bytes.length);
  for (let index = 0; index < bytes.length; index++) parts[index] = DIGITS[bytes[index] ?? 0] ?? "";
  return parts.join(separator);
}

/** Undefined when the text is not pairs of hexadecimal digits. */
export function fromHex(text: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** As messages show it: 0x1020. */
export function hexNumber(value: number): string {
  return `0x${value.toString(16)}`;
}
