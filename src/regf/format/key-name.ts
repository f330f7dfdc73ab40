/** Names of keys and values as a hive stores them, and the hints that subkey lists keep of them. */
import { decodeLatin1, decodeUtf16, encodeLatin1, encodeUtf16, isLatin1 } from "../../bytes/utf16.ts";
import { upcaseUnit } from "../../bytes/upcase.ts";

/** Windows always stores a name that Latin-1 can hold as Latin-1, "compressed" (no exception among 300,000 names of real hives). */
export function encodeName(name: string): { readonly bytes: Uint8Array; readonly compressed: boolean } {
  return isLatin1(name)
    ? { bytes: encodeLatin1(name), compressed: true }
    : { bytes: encodeUtf16(name), compressed: false };
}

export function decodeName(bytes: Uint8Array, compressed: boolean): string {
  return compressed ? decodeLatin1(bytes) : decodeUtf16(bytes);
}

/** The hint of `lh`: a wrong one makes the key invisible to Windows. */
export function nameHash(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++)
    hash = (Math.imul(hash, 37) + upcaseUnit(name.charCodeAt(index))) | 0;
  return hash >>> 0;
}

/** The hint of `lf`: the first four characters as bytes, as they are written, filled with zeros; 0 when one of them is not Latin-1. */
export function nameHint(name: string): number {
  let hint = 0;
  for (let index = 0; index < 4 && index < name.length; index++) {
    const unit = name.charCodeAt(index);
    if (unit > 0xff) return 0;
    hint |= unit << (index * 8);
  }
  return hint >>> 0;
}
