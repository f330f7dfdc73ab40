/** Reads the NetBIOS option and the WINS servers. */
import { parseIpv4 } from "../../notation/ipv4.ts";
import type { NetbiosSettings } from "../model/settings.ts";
import type { SettingReader } from "./setting-reader.ts";

/** Value names of NetBT's interface key. */
export const NETBT_VALUES = { option: "NetbiosOptions", winsServers: "NameServerList" } as const;

export function readNetbios(reader: SettingReader): NetbiosSettings {
  const winsServers: string[] = [];
  for (const text of reader.texts(NETBT_VALUES.winsServers)) {
    const address = parseIpv4(text);
    if (address === undefined) reader.refuse(NETBT_VALUES.winsServers, `holds "${text}", which is not an IPv4 address`);
    else winsServers.push(address);
  }
  return { option: reader.number(NETBT_VALUES.option), winsServers };
}
