/** Reads the IPv6 settings of a connection: what NSI keeps, and beside it DNS servers and DHCPv6 of Tcpip6's interface key. */
import { parseIpv6 } from "../../notation/ipv6.ts";
import type { Ipv6Settings } from "../model/settings.ts";
import type { NsiIpv6 } from "../nsi/read-ipv6.ts";
import { splitServers } from "./ipv4.ts";
import type { SettingReader } from "./setting-reader.ts";

/** Value names of Tcpip6's interface key. */
export const TCPIP6_VALUES = { dnsServers: "NameServer", enableDhcp: "EnableDHCP" } as const;

/** Nothing but what Windows does by itself. */
export const NO_IPV6: Ipv6Settings = { addresses: [], gateways: [], routes: [], dnsServers: [] };

export function readIpv6(reader: SettingReader, { addresses, gateways, routes }: NsiIpv6): Ipv6Settings {
  const dnsServers: string[] = [];
  for (const text of splitServers(reader.text(TCPIP6_VALUES.dnsServers))) {
    const address = parseIpv6(text);
    if (address === undefined) reader.refuse(TCPIP6_VALUES.dnsServers, `holds "${text}", which is not an IPv6 address`);
    else dnsServers.push(address);
  }
  const isDhcpOff = reader.number(TCPIP6_VALUES.enableDhcp) === 0;
  return { ...(isDhcpOff && { dhcp: false }), addresses, gateways, routes, dnsServers };
}
