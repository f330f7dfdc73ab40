/** Writes what of a connection's IPv6 is configured outside NSI: DNS servers, and whether DHCPv6 may be used. */
import type { Warning } from "../../exit/warning.ts";
import type { Ipv6Settings } from "../model/settings.ts";
import { tcpip6InterfaceKey } from "../registry-paths.ts";
import { TCPIP6_VALUES } from "../settings/ipv6.ts";
import { dword, text } from "./data.ts";
import { existingKey, type InterfacePlace, neededKey } from "./place.ts";

/** Touches nothing when there is nothing to carry and nothing to clear. */
export function writeTcpip6(place: InterfacePlace, { dnsServers, dhcp = true }: Ipv6Settings): Warning[] {
  const path = tcpip6InterfaceKey(place.guid);
  const saysSomething = dnsServers.length > 0 || !dhcp;
  const key = saysSomething ? neededKey(place, path) : existingKey(place, path);
  if (key === undefined) return saysSomething ? [noTcpip6()] : [];
  if (dnsServers.length > 0 || place.draft.value(key, TCPIP6_VALUES.dnsServers) !== undefined) {
    place.draft.set(key, TCPIP6_VALUES.dnsServers, text(dnsServers.join(",")));
  }
  if (!dhcp || place.draft.value(key, TCPIP6_VALUES.enableDhcp) !== undefined) {
    place.draft.set(key, TCPIP6_VALUES.enableDhcp, dword(dhcp ? 1 : 0));
  }
  return [];
}

function noTcpip6(): Warning {
  const message = "the IPv6 DNS servers and the choice of DHCPv6 are not carried: this Windows has no IPv6";
  return { code: "no-tcpip6", message };
}
