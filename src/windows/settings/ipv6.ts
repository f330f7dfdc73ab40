/** Reads the IPv6 settings that the registry keeps outside NSI: the DNS servers. */
import { parseIpv6 } from "../../notation/ipv6.ts";
import type { Ipv6Settings } from "../model/settings.ts";
import { splitServers } from "./ipv4.ts";
import type { SettingReader } from "./setting-reader.ts";

/** Value names of Tcpip6's interface key. */
export const TCPIP6_VALUES = { dnsServers: "NameServer" } as const;

export function readIpv6(reader: SettingReader): Ipv6Settings {
  const dnsServers: string[] = [];
  for (const text of splitServers(reader.text(TCPIP6_VALUES.dnsServers))) {
    const address = parseIpv6(text);
    if (address === undefined) reader.refuse(TCPIP6_VALUES.dnsServers, `holds "${text}", which is not an IPv6 address`);
    else dnsServers.push(address);
  }
  return { dnsServers };
}
