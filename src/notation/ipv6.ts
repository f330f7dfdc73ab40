/** IPv6 addresses: every notation is read, the shortest one is written. */
import ipaddr from "ipaddr.js";

/** In its shortest form (RFC 5952), with the zone when there is one; undefined when it is no IPv6 address. */
export function parseIpv6(text: string): string | undefined {
  const trimmed = text.trim();
  return ipaddr.IPv6.isValid(trimmed) ? ipaddr.IPv6.parse(trimmed).toRFC5952String() : undefined;
}
