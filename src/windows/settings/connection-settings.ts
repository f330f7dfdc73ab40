/** Reads everything that is configured for one connection. */
import type { Guid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import type { ClassKey } from "../adapters/class-keys.ts";
import type { ConnectionSettings, RawSetting } from "../model/settings.ts";
import { readNsiIpv6 } from "../nsi/read-ipv6.ts";
import { registryData } from "../registry-data.ts";
import { netbtInterfaceKey, tcpip6InterfaceKey, tcpipInterfaceKey } from "../registry-paths.ts";
import { readAdapterSettings } from "./adapter-settings.ts";
import { readDnsOverHttps } from "./dns-over-https.ts";
import { isRawSetting } from "./interface-values.ts";
import { readIpv4 } from "./ipv4.ts";
import { readIpv6 } from "./ipv6.ts";
import { readNetbios } from "./netbios.ts";
import { SettingReader } from "./setting-reader.ts";

export interface InterfaceId {
  readonly guid: Guid;
  /** Undefined for an interface whose adapter is gone. */
  readonly classKey: ClassKey | undefined;
  /** That of its NSI records, where it is known. */
  readonly luid: string | undefined;
}

/** A key that is missing gives what Windows would do without it: DHCP, no servers. */
export function readConnectionSettings(controlSet: Key, { guid, classKey, luid }: InterfaceId): ConnectionSettings {
  const interfaceKey = controlSet.open(tcpipInterfaceKey(guid));
  const tcpip = new SettingReader(interfaceKey);
  const tcpip6 = new SettingReader(controlSet.open(tcpip6InterfaceKey(guid)));
  const netbt = new SettingReader(controlSet.open(netbtInterfaceKey(guid)));
  const nsi = readNsiIpv6(controlSet, luid);
  return {
    ipv4: readIpv4(tcpip),
    ipv6: readIpv6(tcpip6, nsi),
    netbios: readNetbios(netbt),
    dnsOverHttps: readDnsOverHttps(controlSet, guid),
    adapterSettings: readAdapterSettings(controlSet, guid, classKey, luid),
    raw: readRawSettings(interfaceKey),
    nsiRecords: nsi.records,
    unreadable: [...tcpip.unreadable, ...tcpip6.unreadable, ...netbt.unreadable, ...nsi.unreadable],
  };
}

function readRawSettings(interfaceKey: Key | undefined): readonly RawSetting[] {
  const found: RawSetting[] = [];
  for (const value of interfaceKey?.values() ?? []) {
    if (isRawSetting(value.name)) found.push({ name: value.name, value: registryData(value) });
  }
  return found.sort((left, right) => (left.name < right.name ? -1 : 1));
}
