/** Writes the IPv6 DNS servers of a connection: all of IPv6 that is configured outside NSI. */
import type { Warning } from "../../exit/warning.ts";
import type { Ipv6Settings } from "../model/settings.ts";
import { tcpip6InterfaceKey } from "../registry-paths.ts";
import { TCPIP6_VALUES } from "../settings/ipv6.ts";
import { text } from "./data.ts";
import { existingKey, type InterfacePlace, neededKey } from "./place.ts";

/** Touches nothing when there is nothing to carry and nothing to clear. */
export function writeTcpip6(place: InterfacePlace, { dnsServers }: Ipv6Settings): Warning[] {
  const path = tcpip6InterfaceKey(place.guid);
  const key = dnsServers.length > 0 ? neededKey(place, path) : existingKey(place, path);
  if (key === undefined) return dnsServers.length > 0 ? [noTcpip6()] : [];
  if (dnsServers.length > 0 || place.draft.value(key, TCPIP6_VALUES.dnsServers) !== undefined) {
    place.draft.set(key, TCPIP6_VALUES.dnsServers, text(dnsServers.join(",")));
  }
  return [];
}

function noTcpip6(): Warning {
  return { code: "no-tcpip6", message: "the IPv6 DNS servers are not carried: this Windows has no IPv6" };
}
