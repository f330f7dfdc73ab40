/** What the names of NSI's IPv4 records say. */

/** An address record's name: LUID, address, four zero bytes (seen in Windows 7 hives). */
export const ADDRESS_NAME = /^([0-9a-f]{16})([0-9a-f]{8})0{8}$/i;

/** A route record's name: zeros, prefix, prefix length, zeros, the LUID twice, next hop, zeros (seen in a Windows 7 hive). */
export const ROUTE_NAME =
  /^(0{8})([0-9a-f]{8})([0-9a-f]{2})([0-9a-f]{6}0{24})([0-9a-f]{16})([0-9a-f]{16})([0-9a-f]{8})(0{8})$/i;

/** Whether a route record is a default route's: prefix and its length are zero. */
export function isDefaultRoute(name: string): boolean {
  const [, , prefix = "-", length = "-"] = ROUTE_NAME.exec(name) ?? [];
  return /^0+$/.test(prefix + length);
}
