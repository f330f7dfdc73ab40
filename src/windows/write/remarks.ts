/** What a person should know of the changes that no change says. */
import type { Warning } from "../../exit/warning.ts";
import type { WindowsConnection } from "../model/windows.ts";
import type { Ipv6Records } from "../nsi/ipv6-tables.ts";
import { controlSetKey } from "../registry-paths.ts";
import type { InterfacePlace } from "./place.ts";

export function ipv6RoutesAreInferred({ name, guid }: WindowsConnection): Warning {
  return {
    code: "ipv6-routes-inferred",
    message: `The IPv6 gateways and routes of "${name ?? guid}" are moved by the form that IPv4's records have in Windows 7: no Windows has been seen to read them. Look at them after the first start.`,
  };
}

/** Before 7 gateways count, too: what one disaster recovery product writes into NSI on Vista and 2008. Later ones have them in the interface's own key. */
export function ipv4RoutesAreInferred(
  { name, guid }: WindowsConnection,
  what: "routes" | "gateways and routes",
): Warning {
  return {
    code: "ipv4-routes-inferred",
    message: `The IPv4 ${what} of "${name ?? guid}" are given to it in NSI by the form that the records of Windows 7 have: no Windows has been seen to read them there. Look at them after the first start.`,
  };
}

export function lacksIpv6(
  { controlSet }: InterfacePlace,
  { name, guid }: WindowsConnection,
  { missing }: Ipv6Records,
): Warning {
  return {
    code: "control-set-lacks-ipv6",
    message: `${controlSetKey(controlSet)} has no NSI record that shows what those of ${missing.join(", ")} are like: "${name ?? guid}" does not get them there. Starting Windows with the last known good configuration would leave it without them.`,
  };
}

/** Where not even the control set that is read tells it, the records that may be the interface's are told to be nobody's (match/ipv6-warnings.ts). */
export function withoutLuid({ controlSet }: InterfacePlace, { name, guid, luid }: WindowsConnection): Warning[] {
  if (luid === undefined) return [];
  const message = `In ${controlSetKey(controlSet)} nothing tells the LUID of "${name ?? guid}": what NSI keeps of it there, static IPv6 among it, is neither written nor cleared. Starting Windows with the last known good configuration would leave it as it was.`;
  return [{ code: "control-set-lacks-luid", message }];
}

/** NDIS gives every interface a number of its own; scripts and restored class keys may not. */
export function sharesLuid({ controlSet }: InterfacePlace, { name, guid }: WindowsConnection, luid: string): Warning {
  return {
    code: "luid-not-unique",
    message: `In ${controlSetKey(controlSet)} "${name ?? guid}" has the LUID of an interface that was given settings, ${luid}: NSI's records of that LUID stay as that interface has them.`,
  };
}

/** What is the same in two control sets. */
export function toldOnce(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}

/** One disaster recovery product writes NSI's records beside the registry's values on Vista and 2008, and on no other. That it must is not confirmed. */
export function mayNeedNsi({ name, guid }: WindowsConnection, missing: readonly string[]): Warning {
  return {
    code: "vista-without-nsi-record",
    message: `"${name ?? guid}" has no NSI record of ${missing.join(", ")}, and none is made: no other in this hive shows what one is like. Windows Vista and Server 2008 may need one: look at the addresses and gateways after the first start.`,
  };
}

export function lacksInterface({ controlSet }: InterfacePlace, { name, guid }: WindowsConnection): Warning {
  return {
    code: "control-set-lacks-interface",
    message: `${controlSetKey(controlSet)} has no interface ${name === undefined ? guid : `"${name}" ${guid}`}: nothing is changed there. Starting Windows with the last known good configuration would bring the former state back.`,
  };
}
