/** IPv6 addresses and prefixes: every notation is read, the shortest one is written. */
import ipaddr from "ipaddr.js";
import { fromHex, toHex } from "../bytes/hex.ts";

const ADDRESS_BITS = 128;

/** In its shortest form (RFC 5952), with the zone when there is one; undefined when it is no IPv6 address. */
export function parseIpv6(text: string): string | undefined {
  const trimmed = inGroups(text.trim());
  return ipaddr.IPv6.isValid(trimmed) ? ipaddr.IPv6.parse(trimmed).toRFC5952String() : undefined;
}

/** `::1.2.3.4` is ::102:304 (RFC 4291, 2.2 and 2.5.5.1); ipaddr.js would read ::ffff:102:304. */
function inGroups(text: string): string {
  const [, ipv4 = "", zone = ""] = /^::(\d[\d.]*)(%.*)?$/.exec(text) ?? [];
  if (!ipaddr.IPv4.isValidFourPartDecimal(ipv4)) return text;
  const bytes = toHex(Uint8Array.from(ipaddr.IPv4.parse(ipv4).toByteArray()));
  return `::${bytes.slice(0, 4)}:${bytes.slice(4)}${zone}`;
}

/** The same without zones, which mean something on one machine only. */
export function parseIpv6WithoutZone(text: string): string | undefined {
  return text.includes("%") ? undefined : parseIpv6(text);
}

export interface Ipv6Prefix {
  readonly address: string;
  readonly prefixLength: number;
}

/** `2001:db8::5/64`; undefined for anything else. */
export function parseIpv6Prefix(text: string): Ipv6Prefix | undefined {
  const [, written = "", digits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
  const address = parseIpv6WithoutZone(written);
  return address === undefined || Number(digits) > ADDRESS_BITS ? undefined : { address, prefixLength: Number(digits) };
}

/** The sixteen bytes of an address (`parseIpv6WithoutZone`) as hex digits in lower case. */
export function hexOfIpv6(address: string): string {
  return toHex(Uint8Array.from(ipaddr.IPv6.parse(address).toByteArray()));
}

/** Undefined when there are not 32 hex digits. */
export function ipv6OfHex(digits: string): string | undefined {
  const bytes = fromHex(digits);
  if (bytes?.length !== ADDRESS_BITS / 8) return undefined;
  return new ipaddr.IPv6([...bytes]).toRFC5952String();
}

/** What keeps an address from being an adapter's, as the end of a sentence; undefined for those that one may have, link-local ones included. */
export function whyNoIpv6Station(address: string): string | undefined {
  switch (ipaddr.IPv6.parse(address).range()) {
    case "unspecified":
      return "is the unspecified address";
    case "loopback":
      return "is the loopback address";
    case "multicast":
      return "is a multicast address";
    case "ipv4Mapped":
      return "is an IPv4 address in IPv6's notation";
    default:
      return undefined;
  }
}

/** In fe80::/10: of one link only, and every adapter makes one for itself. */
export function isLinkLocal(address: string): boolean {
  return ipaddr.IPv6.parse(address).range() === "linkLocal";
}

/** Whether both addresses are in the same network of that prefix length. */
export function isSameIpv6Network(left: string, right: string, prefixLength: number): boolean {
  return ipaddr.IPv6.parse(left).match(ipaddr.IPv6.parse(right), prefixLength);
}

/** Whether no bit beyond the prefix length is set: the network itself; up to /126 the anycast address of its routers too (RFC 4291, 2.6.1; RFC 6164). */
export function isIpv6NetworkAddress({ address, prefixLength }: Ipv6Prefix): boolean {
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefixLength}`).toRFC5952String() === address;
}
