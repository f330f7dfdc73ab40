/** Reads what NSI keeps of an interface's static IPv6, by its LUID: addresses, default routes, other routes. */
import type { Key } from "../../regf/index.ts";
import type { Ipv6Route, Ipv6Settings, RawSetting, UnreadableSetting } from "../model/settings.ts";
import { registryData } from "../registry-data.ts";
import { NSI_IPV6_ADDRESSES_KEY, NSI_IPV6_ROUTES_KEY } from "../registry-paths.ts";
import { ownerOfAddressRecord, readAddressRecord } from "./ipv6-address-record.ts";
import { isRouteRecordName, isRouteRecordOf, readRouteRecords } from "./ipv6-route-record.ts";
import { type NsiRecord, type ReadRecord, readRecord, recordsOf, unreadable } from "./nsi-record.ts";

export interface NsiIpv6 extends Pick<Ipv6Settings, "addresses" | "gateways" | "routes"> {
  /** All that are the interface's, understood or not. */
  readonly records: readonly RawSetting[];
  readonly unreadable: readonly UnreadableSetting[];
}

/** `luid` is undefined before Vista, which has no NSI, and for an interface without an adapter: then nothing is found. In the order of the records' names. */
export function readNsiIpv6(controlSet: Key, luid: string | undefined): NsiIpv6 {
  const own = (path: string, isOwn: (name: string, luid: string) => boolean): readonly NsiRecord[] =>
    luid === undefined ? [] : recordsOf(controlSet.open(path)).filter(({ name }) => isOwn(name, luid));
  const addresses = own(NSI_IPV6_ADDRESSES_KEY, (name, owner) => ownerOfAddressRecord(name) === owner.toLowerCase());
  const routes = own(NSI_IPV6_ROUTES_KEY, (name, owner) => isRouteRecordOf(owner, name));
  const readAddresses = addresses.map((record) => ({ record, read: readRecord(record, readAddressRecord) }));
  const readRoutes = readRouteRecords(routes);
  const all = distinct(settingsOf(readRoutes));
  return {
    addresses: settingsOf(readAddresses),
    gateways: all.filter(isDefault).map(({ nextHop, metric }) => ({ address: nextHop, metric })),
    routes: all.filter((route) => !isDefault(route)),
    records: [...rawOf("10", addresses), ...rawOf("16", routes)],
    unreadable: [
      ...unreadableOf(readAddresses, "as-it-stands"),
      ...unreadableOf([...readRoutes, ...strangeRecords(controlSet, luid)], "left"),
    ],
  };
}

function unreadableOf(
  records: readonly { readonly record: NsiRecord; readonly read: ReadRecord<unknown> }[],
  ipv6Record: UnreadableSetting["ipv6Record"],
): UnreadableSetting[] {
  return records.flatMap(({ record, read }) =>
    read.kind === "unreadable"
      ? [{ name: `NSI record ${record.name}`, value: registryData(record), reason: read.reason, ipv6Record }]
      : [],
  );
}

/** Records that name the LUID in a form that is not known, which for routes is inferred: told, so that nothing is lost in silence. */
function strangeRecords(controlSet: Key, luid: string | undefined) {
  const strange = (path: string, isKnown: (name: string) => boolean): readonly NsiRecord[] =>
    luid === undefined
      ? []
      : recordsOf(controlSet.open(path)).filter(
          ({ name }) => !isKnown(name) && name.toLowerCase().includes(luid.toLowerCase()),
        );
  return [
    ...strange(NSI_IPV6_ADDRESSES_KEY, (name) => ownerOfAddressRecord(name) !== undefined),
    ...strange(NSI_IPV6_ROUTES_KEY, isRouteRecordName),
  ].map((record) => ({ record, read: unreadable("has a name of a form that is not known") }));
}

function settingsOf<Setting>(records: readonly { readonly read: ReadRecord<Setting> }[]): readonly Setting[] {
  return records.flatMap(({ read }) => (read.kind === "static" ? [read.setting] : []));
}

/** The same route in two records is one. */
function distinct(routes: readonly Ipv6Route[]): readonly Ipv6Route[] {
  return [...new Map(routes.map((route) => [JSON.stringify(route), route])).values()];
}

function rawOf(table: string, records: readonly NsiRecord[]): RawSetting[] {
  return records.map((record) => ({ name: `${table}\\${record.name}`, value: registryData(record) }));
}

function isDefault({ prefixLength }: { readonly prefixLength: number }): boolean {
  return prefixLength === 0;
}
