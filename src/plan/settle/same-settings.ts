/** Whether an interface has exactly the settings that a source wants it to have. */
import type { ConnectionSettings } from "../../windows/model/settings.ts";

/** By everything that has a field of its own. A NetBIOS option that is not wanted may be any; 0 is what a missing one means. */
export function hasSameSettings(wanted: ConnectionSettings, found: ConnectionSettings): boolean {
  if (JSON.stringify(comparable(wanted)) !== JSON.stringify(comparable(found))) return false;
  return wanted.netbios.option === undefined || wanted.netbios.option === (found.netbios.option ?? 0);
}

/** Whether both would have one address; a DHCP connection has none of its own that counts. */
export function shareAddress(left: ConnectionSettings, right: ConnectionSettings): boolean {
  return ownAddresses(left).some((address) => ownAddresses(right).includes(address));
}

export function ownAddresses({ ipv4 }: ConnectionSettings): string[] {
  return ipv4.mode === "static" ? ipv4.addresses.map(({ address }) => address) : [];
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
    ipv6.dnsServers,
    netbios.winsServers,
  ];
}
