/** Writes which DNS servers of a connection are asked over HTTPS. */
import type { Warning } from "../../exit/warning.ts";
import { parseIpv4 } from "../../notation/ipv4.ts";
import type { DohServer } from "../model/settings.ts";
import { DNS_CLIENT_KEY, DOH_LISTS, dohSettingsKey, inControlSet } from "../registry-paths.ts";
import { existingKey, type InterfacePlace } from "./place.ts";

/** What is there for other servers stays: Windows asks only those that the connection has. */
export function writeDnsOverHttps(place: InterfacePlace, servers: readonly DohServer[]): Warning[] {
  if (servers.length === 0) return [];
  // Windows 10 has the keys and, as released, not the feature; the generations before have neither.
  if (place.family !== "10" || existingKey(place, DNS_CLIENT_KEY) === undefined) {
    const message = "DNS over HTTPS is not carried: this Windows does not know that setting";
    return [{ code: "setting-unknown-to-windows", message }];
  }
  for (const { server, values } of servers) {
    const list = parseIpv4(server) === undefined ? DOH_LISTS.ipv6 : DOH_LISTS.ipv4;
    const key = keyWithParents(place, `${dohSettingsKey(place.guid)}\\${list}\\${server}`);
    for (const { name, value } of values) place.draft.set(key, name, value);
  }
  return [];
}

/** Made where it is missing, and its parents; the service's own key is there. */
function keyWithParents({ draft, controlSet }: InterfacePlace, path: string): string {
  const names = path.slice(DNS_CLIENT_KEY.length + 1).split("\\");
  let whole = inControlSet(controlSet, DNS_CLIENT_KEY);
  for (const name of names) {
    whole = `${whole}\\${name}`;
    draft.createKey(whole);
  }
  return whole;
}
