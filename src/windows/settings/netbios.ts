/** Reads the NetBIOS option and the WINS servers. */
import { parseIpv4 } from "../../notation/ipv4.ts";
import type { NetbiosSettings } from "../model/settings.ts";
import type { SettingReader } from "./setting-reader.ts";

const OPTION = "NetbiosOptions";
const WINS_SERVERS = "NameServerList";

export function readNetbios(reader: SettingReader): NetbiosSettings {
  const winsServers: string[] = [];
  for (const text of reader.texts(WINS_SERVERS)) {
    const address = parseIpv4(text);
    if (address === undefined) reader.refuse(WINS_SERVERS, `holds "${text}", which is not an IPv4 address`);
    else winsServers.push(address);
  }
  return { option: reader.number(OPTION), winsServers };
}
