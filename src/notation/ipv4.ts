/** IPv4 addresses and masks: every notation of a mask is read, four decimal numbers are what an address is. */
import ipaddr from "ipaddr.js";

const ADDRESS_BITS = 32;

/**
 * The address as it is written, `10.3.58.5`; undefined for anything but four decimal numbers up to 255. Leading zeros are refused: Windows' own
 * parsers read `010.1.1.1` as octal in one place and as decimal in another.
 */
export function parseIpv4(text: string): string | undefined {
  const trimmed = text.trim();
  return ipaddr.IPv4.isValidFourPartDecimal(trimmed) ? trimmed : undefined;
}

/** How many bits `255.255.255.0` sets; undefined when it is no address or has holes (`255.0.255.0`). */
export function prefixLengthOfMask(mask: string): number | undefined {
  const address = parseIpv4(mask);
  if (address === undefined) return undefined;
  return ipaddr.IPv4.parse(address).prefixLengthFromSubnetMask() ?? undefined;
}

/** `255.255.255.0` for 24; throws RangeError when it is not a whole number from 0 to 32. */
export function maskOfPrefixLength(prefixLength: number): string {
  if (!isPrefixLength(prefixLength)) throw new RangeError(`${prefixLength} is not a prefix length`);
  return ipaddr.IPv4.subnetMaskFromPrefixLength(prefixLength).toString();
}

/** A mask as people write it: `255.255.255.0`, `/24`, `24` or `0xffffff00`; undefined for anything else. */
export function parseMask(text: string): number | undefined {
  const trimmed = text.trim();
  const decimal = /^\/?(\d{1,2})$/.exec(trimmed);
  if (decimal !== null) {
    const prefixLength = Number(decimal[1]);
    return isPrefixLength(prefixLength) ? prefixLength : undefined;
  }
  const hex = /^0x([0-9a-f]{8})$/i.exec(trimmed);
  if (hex !== null) return prefixLengthOfMask(textOfNumber(Number.parseInt(hex[1] ?? "", 16)));
  return prefixLengthOfMask(trimmed);
}

/** Whether both addresses are in the same network of that prefix length. Both must be addresses (`parseIpv4`). */
export function isSameNetwork(left: string, right: string, prefixLength: number): boolean {
  return ipaddr.IPv4.parse(left).match(ipaddr.IPv4.parse(right), prefixLength);
}

/** The first address of the network, which no station can have; up to /30, because /31 and /32 have none (RFC 3021). */
export function isNetworkAddress(address: string, prefixLength: number): boolean {
  return prefixLength < ADDRESS_BITS - 1 && hostBits(address, prefixLength) === 0;
}

/** The last address of the network, which reaches all stations; up to /30, because /31 and /32 have none (RFC 3021). */
export function isBroadcastAddress(address: string, prefixLength: number): boolean {
  return prefixLength < ADDRESS_BITS - 1 && hostBits(address, prefixLength) === 2 ** (ADDRESS_BITS - prefixLength) - 1;
}

/** "10.3.58.5/24" */
export function addressText({
  address,
  prefixLength,
}: {
  readonly address: string;
  readonly prefixLength: number;
}): string {
  return `${address}/${prefixLength}`;
}

function isPrefixLength(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= ADDRESS_BITS;
}

function hostBits(address: string, prefixLength: number): number {
  const value = ipaddr.IPv4.parse(address).octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return value % 2 ** (ADDRESS_BITS - prefixLength);
}

function textOfNumber(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join(".");
}
