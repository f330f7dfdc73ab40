/** Whether an interface has exactly the settings that a source wants it to have. */
import type { ConnectionSettings, Ipv6Settings } from "../../windows/model/settings.ts";

/** An address record's name ends with the address; what is before it is the interface's. */
const ADDRESS_DIGITS = 32;

/** By everything that has a field of its own. A NetBIOS option that is not wanted may be any; 0 is what a missing one means. */
export function hasSameSettings(wanted: ConnectionSettings, found: ConnectionSettings): boolean {
  return (
    hasSameButIpv6(wanted, found) &&
    recordsAsTheyStand(wanted).every((text) => recordsAsTheyStand(found).includes(text)) &&
    JSON.stringify(staticIpv6(wanted.ipv6)) === JSON.stringify(staticIpv6(found.ipv6))
  );
}

/**
 * Whether all is there but some of its static IPv6, which is what a run leaves that could not write it, and nothing beside it. An address must
 * be there that tells the interface from others.
 */
export function lacksOnlyIpv6(wanted: ConnectionSettings, found: ConnectionSettings): boolean {
  const [all, there] = [staticIpv6(wanted.ipv6), staticIpv6(found.ipv6)];
  return (
    hasSameButIpv6(wanted, found) &&
    shareAddress(wanted, found) &&
    there.length < all.length &&
    there.every((text) => all.includes(text))
  );
}

/** What of the wanted static IPv6 is not there, in words. */
export function lackingIpv6(wanted: ConnectionSettings, found: ConnectionSettings): readonly string[] {
  const there = staticIpv6(found.ipv6);
  return staticIpv6(wanted.ipv6).filter((text) => !there.includes(text));
}

function hasSameButIpv6(wanted: ConnectionSettings, found: ConnectionSettings): boolean {
  if (JSON.stringify(comparable(wanted)) !== JSON.stringify(comparable(found))) return false;
  return wanted.netbios.option === undefined || wanted.netbios.option === (found.netbios.option ?? 0);
}

/** Whether both would have one address; a DHCP connection has no IPv4 address of its own that counts. */
export function shareAddress(left: ConnectionSettings, right: ConnectionSettings): boolean {
  return ownAddresses(left).some((address) => ownAddresses(right).includes(address));
}

/** IPv4, then IPv6. */
export function ownAddresses({ ipv4, ipv6 }: ConnectionSettings): string[] {
  const own = [...(ipv4.mode === "static" ? ipv4.addresses : []), ...ipv6.addresses];
  return own.map(({ address }) => address);
}

/** Whether it is more than DHCP and what Windows does by itself; IPv6 has addresses of its own beside DHCP too. */
export function isStatic(settings: ConnectionSettings): boolean {
  const { ipv4, ipv6 } = settings;
  return ipv4.mode === "static" || ipv6.addresses.length > 0 || recordsAsTheyStand(settings).length > 0;
}

/** IPv6 address records that are not understood and go along all the same: the same on any interface is the same address with the same data. */
export function recordsAsTheyStand({ unreadable = [] }: ConnectionSettings): readonly string[] {
  return unreadable.flatMap(({ name, value, ipv6Record }) =>
    ipv6Record === "as-it-stands" ? [`${name.slice(-ADDRESS_DIGITS).toLowerCase()} ${JSON.stringify(value)}`] : [],
  );
}

/** Windows keeps them in no order that means anything. */
function staticIpv6({ addresses, gateways, routes }: Ipv6Settings): readonly string[] {
  return [
    ...addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).sort(),
    ...gateways.map(({ address, metric }) => `gateway ${address}${metricText(metric)}`).sort(),
    ...routes
      .map(
        ({ prefix, prefixLength, nextHop, metric }) =>
          `route ${prefix}/${prefixLength} by ${nextHop}${metricText(metric)}`,
      )
      .sort(),
  ];
}

function metricText(metric: number): string {
  return metric === 0 ? "" : ` (metric ${metric})`;
}

function comparable({ ipv4, ipv6, netbios }: ConnectionSettings): unknown[] {
  return [
    ipv4.mode,
    ipv4.addresses.map(({ address, prefixLength }) => [address, prefixLength]),
    ipv4.gateways.map(({ address, metric }) => [address, metric]),
    ipv4.dnsServers,
    ipv4.dnsSuffix?.toLowerCase() ?? "",
    ipv4.interfaceMetric ?? null,
    ipv4.mtu ?? null,
    ipv6.dhcp ?? true,
    ipv6.dnsServers,
    netbios.winsServers,
  ];
}
