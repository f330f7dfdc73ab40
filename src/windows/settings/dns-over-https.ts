/** Reads which DNS servers of a connection are asked over HTTPS. */
import { parseIpv4 } from "../../notation/ipv4.ts";
import { parseIpv6 } from "../../notation/ipv6.ts";
import type { Guid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import type { DohServer } from "../model/settings.ts";
import { registryData } from "../registry-data.ts";
import { DOH_LISTS, dohSettingsKey } from "../registry-paths.ts";

/** A key that no address names says nothing of a server, and is left where it is. */
export function readDnsOverHttps(controlSet: Key, guid: Guid): readonly DohServer[] {
  const settings = controlSet.open(dohSettingsKey(guid));
  return [
    ...readList(settings?.subkey(DOH_LISTS.ipv4), parseIpv4),
    ...readList(settings?.subkey(DOH_LISTS.ipv6), parseIpv6),
  ];
}

function readList(list: Key | undefined, parse: (text: string) => string | undefined): DohServer[] {
  return [...(list?.subkeys() ?? [])].flatMap((key) => {
    const server = parse(key.name);
    if (server === undefined) return [];
    const values = [...key.values()].map((value) => ({ name: value.name, value: registryData(value) }));
    return [{ server, values: values.sort((left, right) => (left.name < right.name ? -1 : 1)) }];
  });
}
