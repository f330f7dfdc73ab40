/** Writes the WINS servers and the NetBIOS option of a connection. */
import type { Warning } from "../../exit/warning.ts";
import type { NetbiosSettings } from "../model/settings.ts";
import { netbtInterfaceKey } from "../registry-paths.ts";
import { NETBT_VALUES } from "../settings/netbios.ts";
import { dword, texts } from "./data.ts";
import { existingKey, type InterfacePlace, neededKey } from "./place.ts";

/** An option that the settings do not have stays as it is. */
export function writeNetbt(place: InterfacePlace, { option, winsServers }: NetbiosSettings): Warning[] {
  const path = netbtInterfaceKey(place.guid);
  // 0 is "as DHCP says" (Microsoft, unattend reference, "Microsoft-Windows-NetBT"); with no servers a missing key says the same.
  const saysSomething = winsServers.length > 0 || (option !== undefined && option !== 0);
  const key = saysSomething ? neededKey(place, path) : existingKey(place, path);
  if (key === undefined) return saysSomething ? [noNetbt()] : [];
  if (winsServers.length > 0 || place.draft.value(key, NETBT_VALUES.winsServers) !== undefined) {
    place.draft.set(key, NETBT_VALUES.winsServers, texts(winsServers));
  }
  if (option !== undefined && (option !== 0 || place.draft.value(key, NETBT_VALUES.option) !== undefined)) {
    place.draft.set(key, NETBT_VALUES.option, dword(option));
  }
  return [];
}

function noNetbt(): Warning {
  return {
    code: "no-netbt",
    message: "the WINS servers and the NetBIOS option are not carried: this Windows has no NetBT service",
  };
}
