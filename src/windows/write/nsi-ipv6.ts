/** Writes and clears what the Network Store Interface keeps of an interface's static IPv6. */
import type { Ipv6Route } from "../model/settings.ts";
import {
  type Ipv6Records,
  type Ipv6Tables,
  renamedAsTheyStand,
  staticRecordsOf,
  unreadAddressRecordsOf,
} from "../nsi/ipv6-tables.ts";
import { isSameRoute } from "../nsi/ipv6-route-record.ts";
import { registryData } from "../registry-data.ts";
import { inControlSet, NSI_IPV6_ADDRESSES_KEY, NSI_IPV6_ROUTES_KEY } from "../registry-paths.ts";
import type { InterfacePlace } from "./place.ts";

/** Writes the records and deletes the interface's other static ones: they would give it addresses and routes beside its settings. */
export function writeIpv6Records(place: InterfacePlace, tables: Ipv6Tables, luid: string, wanted: Ipv6Records): void {
  const paths = pathsIn(place);
  for (const name of ["addresses", "routes"] as const) {
    const kept = new Set(wanted[name].map((record) => record.name.toLowerCase()));
    for (const { name: own } of staticRecordsOf(tables, luid)[name])
      if (!kept.has(own.toLowerCase())) place.draft.delete(paths[name], own);
    for (const record of wanted[name]) place.draft.set(paths[name], record.name, registryData(record));
  }
}

/** Gives the target the source's address records that are not understood, as they stand. */
export function carryUnreadIpv6(place: InterfacePlace, tables: Ipv6Tables, luid: string, from: string): void {
  const path = pathsIn(place).addresses;
  for (const record of renamedAsTheyStand(tables, luid, from)) place.draft.set(path, record.name, registryData(record));
}

/** Deletes what `carryUnreadIpv6` gave to another. */
export function clearUnreadIpv6(place: InterfacePlace, tables: Ipv6Tables, luid: string): void {
  const path = pathsIn(place).addresses;
  for (const { name } of unreadAddressRecordsOf(tables, luid)) place.draft.delete(path, name);
}

/** Deletes the interface's static addresses and default routes, and of its other routes those that `carried` has. What Windows made itself, or cannot be read, stays. */
export function clearIpv6Records(
  place: InterfacePlace,
  tables: Ipv6Tables,
  luid: string,
  carried: readonly Ipv6Route[],
): void {
  const paths = pathsIn(place);
  const own = staticRecordsOf(tables, luid);
  for (const { name } of own.addresses) place.draft.delete(paths.addresses, name);
  for (const { name, setting } of own.routes) {
    if (setting.prefixLength === 0 || carried.some((route) => isSameRoute(route, setting)))
      place.draft.delete(paths.routes, name);
  }
}

function pathsIn({ draft, controlSet }: InterfacePlace): { readonly addresses: string; readonly routes: string } {
  const path = (table: string): string => {
    const whole = inControlSet(controlSet, table);
    return draft.pathOf(whole) ?? whole;
  };
  return { addresses: path(NSI_IPV6_ADDRESSES_KEY), routes: path(NSI_IPV6_ROUTES_KEY) };
}
