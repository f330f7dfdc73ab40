/** MAC addresses: every notation is read, `00-50-56-A5-12-69` is written. */
import type { Brand } from "../bytes/brand.ts";
import { fromHex, toHex } from "../bytes/hex.ts";

/** Always as `00-50-56-A5-12-69`: two equal addresses are equal strings. */
export type MacAddress = Brand<string, "MacAddress">;

const MAC_SIZE_BYTES = 6;

/** What people and programs write; the digits that are grouped are captured with their separators. */
const NOTATIONS: readonly RegExp[] = [
  /^[0-9a-f]{12}$/, // Windows' NetworkAddress
  /^[0-9a-f]{1,2}([-: ])[0-9a-f]{1,2}(?:\1[0-9a-f]{1,2}){4}$/, // IEEE, Windows and Linux; Solaris leaves out leading zeros
  /^[0-9a-f]{4}([-:. ])[0-9a-f]{4}\1[0-9a-f]{4}$/, // Cisco with dots, others with hyphens
  /^[0-9a-f]{6}[-: ][0-9a-f]{6}$/, // HP switches
];

/** Undefined when the text is no MAC address in any notation. */
export function parseMac(text: string): MacAddress | undefined {
  const lower = text.trim().toLowerCase().replace(/^0x/, "");
  if (!NOTATIONS.some((notation) => notation.test(lower))) return undefined;
  const groups = lower.split(/[-:. ]/);
  const digits = groups.length === MAC_SIZE_BYTES ? groups.map((group) => group.padStart(2, "0")) : groups;
  const bytes = fromHex(digits.join(""));
  return bytes === undefined ? undefined : macOfBytes(bytes);
}

/** Undefined when there are not six bytes. */
export function macOfBytes(bytes: Uint8Array): MacAddress | undefined {
  if (bytes.length !== MAC_SIZE_BYTES) return undefined;
  return toHex(bytes, "-").toUpperCase() as MacAddress;
}

/** Whether one station can have it: not all zeros, and without the group bit (which broadcast has too). */
export function isStationMac(mac: MacAddress): boolean {
  const firstByte = Number.parseInt(mac.slice(0, 2), 16);
  return (firstByte & 1) === 0 && mac !== "00-00-00-00-00-00";
}
