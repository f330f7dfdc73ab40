/** The NET_LUID of an interface as it names the interface's NSI records. */
import { toHex } from "../bytes/hex.ts";

/** Interface types (ipifcons.h, IF_TYPE_ETHERNET_CSMACD and IF_TYPE_SOFTWARE_LOOPBACK). */
export const ETHERNET = 6;
export const SOFTWARE_LOOPBACK = 24;

const MAX_NET_LUID_INDEX = 0xff_ffff;
const MAX_INTERFACE_TYPE = 0xffff;

/**
 * Sixteen hex digits: the bytes of (ifType << 48) | (index << 24) as they lie in memory (Microsoft, "NET_LUID_LH"), `0000000700000600` for index 7 and
 * type 6. Undefined before Vista, which keeps neither number.
 */
export function netLuid(interfaceType: number | undefined, netLuidIndex: number | undefined): string | undefined {
  if (interfaceType === undefined || netLuidIndex === undefined) return undefined;
  if (interfaceType > MAX_INTERFACE_TYPE || netLuidIndex > MAX_NET_LUID_INDEX) return undefined;
  const bytes = new Uint8Array(8);
  const value = (BigInt(interfaceType) << 48n) | (BigInt(netLuidIndex) << 24n);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return toHex(bytes);
}

/** The interface type in a LUID as `netLuid` writes it. */
export function typeInLuid(luid: string): number {
  return Number.parseInt(luid.slice(14) + luid.slice(12, 14), 16);
}
