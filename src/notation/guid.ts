/** Interface GUIDs as Windows writes them, `{698E50A9-4F58-4D86-B61D-F42E58DCACF6}`; compared without case, written in upper case. */
import type { Brand } from "../bytes/brand.ts";
import { toHex } from "../bytes/hex.ts";

/** Always in braces and upper case: two equal GUIDs are equal strings. */
export type Guid = Brand<string, "Guid">;

const GUID_SIZE_BYTES = 16;

/** With or without braces, in any case; undefined for anything else. */
export function parseGuid(text: string): Guid | undefined {
  const match = /^(\{?)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\}?)$/i.exec(text.trim());
  if (match === null || (match[1] === "{") !== (match[3] === "}")) return undefined;
  return `{${(match[2] ?? "").toUpperCase()}}` as Guid;
}

/** From the 16 bytes of a GUID structure, whose first three fields are little-endian; undefined for another number of bytes. */
export function guidOfBytes(bytes: Uint8Array): Guid | undefined {
  if (bytes.length !== GUID_SIZE_BYTES) return undefined;
  const part = (from: number, to: number): Uint8Array => bytes.slice(from, to);
  const fields = [part(0, 4).reverse(), part(4, 6).reverse(), part(6, 8).reverse(), part(8, 10), part(10, 16)];
  return `{${fields
    .map((field) => toHex(field))
    .join("-")
    .toUpperCase()}}` as Guid;
}
