/** The records that give an interface its static IPv6: found, renamed, or made like another of the same table; none is invented without one to go by. */
import type { Key } from "../../regf/index.ts";
import type { Ipv6Route, Ipv6Settings } from "../model/settings.ts";
import {
  addressRecordLike,
  addressRecordName,
  ownerOfAddressRecord,
  readAddressRecord,
  renamedAddressRecord,
} from "./ipv6-address-record.ts";
import {
  isRouteRecordOf,
  isSameRoute,
  readRouteRecord,
  readRouteRecords,
  renamedRouteRecord,
  routeRecordName,
} from "./ipv6-route-record.ts";
import { type NsiRecord, readRecord, recordsOf } from "./nsi-record.ts";
import { inControlSet, NSI_IPV6_ADDRESSES_KEY, NSI_IPV6_ROUTES_KEY } from "../registry-paths.ts";

/** The two tables as the hive has them, whatever has been asked for since: so the same is possible for whoever asks first and last. */
export interface Ipv6Tables {
  readonly addresses: readonly NsiRecord[];
  readonly routes: readonly NsiRecord[];
}

export function ipv6TablesIn(root: Key, controlSet: number): Ipv6Tables {
  const table = (path: string): readonly NsiRecord[] => recordsOf(root.open(inControlSet(controlSet, path)));
  return { addresses: table(NSI_IPV6_ADDRESSES_KEY), routes: table(NSI_IPV6_ROUTES_KEY) };
}

export interface Ipv6Records {
  readonly addresses: readonly NsiRecord[];
  readonly routes: readonly NsiRecord[];
  /** What no record can be made of, in words: nothing in the hive shows what such a record is like. */
  readonly missing: readonly string[];
}

/**
 * The records that give the interface `to` what `ipv6` says. Each is the interface's own that says so already; or the source's, `from`, renamed, its data
 * as they stand, as Xen's drivers do with addresses (win-xenvif, src/xenvif/settings.c); or made like any other static record of the table. For
 * routes all of that is inferred. `to` is undefined where the interface has no LUID: then nothing can be made.
 */
export function ipv6RecordsFor(
  tables: Ipv6Tables,
  { addresses, gateways, routes }: Ipv6Settings,
  to: string | undefined,
  from: string | undefined,
): Ipv6Records {
  const wantedRoutes = [
    ...gateways.map(({ address, metric }) => ({ prefix: "::", prefixLength: 0, nextHop: address, metric })),
    ...routes,
  ];
  const missing: string[] = [];
  const found = { addresses: [] as NsiRecord[], routes: [] as NsiRecord[], missing };
  for (const wanted of addresses) {
    const record = to === undefined ? undefined : addressRecordFor(tables, wanted, to, from);
    if (record === undefined) missing.push(`${wanted.address}/${wanted.prefixLength}`);
    else found.addresses.push(record);
  }
  for (const wanted of wantedRoutes) {
    const record = to === undefined ? undefined : routeRecordFor(tables, wanted, to, from);
    if (record === undefined) missing.push(wordsOf(wanted));
    else found.routes.push(record);
  }
  return found;
}

function addressRecordFor(
  { addresses }: Ipv6Tables,
  wanted: Ipv6Settings["addresses"][number],
  to: string,
  from: string | undefined,
): NsiRecord | undefined {
  const name = addressRecordName(to, wanted.address);
  const known = addresses.flatMap((record) => {
    const read = readRecord(record, readAddressRecord);
    return read.kind === "static" ? [{ record, setting: read.setting }] : [];
  });
  const same = known.filter(
    ({ setting }) => setting.address === wanted.address && setting.prefixLength === wanted.prefixLength,
  );
  const found =
    same.find(({ record }) => ownerOfAddressRecord(record.name) === to.toLowerCase()) ??
    same.find(({ record }) => ownerOfAddressRecord(record.name) === from?.toLowerCase());
  if (found !== undefined) return { ...found.record, name };
  const [sibling] = known;
  if (sibling === undefined) return undefined;
  return { ...sibling.record, name, data: addressRecordLike(sibling.record.data, wanted.prefixLength) };
}

/** Where a record has its metric is inferred: so one is made only like another that has the same. */
function routeRecordFor(
  { routes }: Ipv6Tables,
  wanted: Ipv6Route,
  to: string,
  from: string | undefined,
): NsiRecord | undefined {
  const known = routes.flatMap((record) => {
    const read = readRecord(record, readRouteRecord);
    return read.kind === "static" ? [{ record, setting: read.setting }] : [];
  });
  const same = known.filter(({ setting }) => isSameRoute(setting, wanted) && setting.metric === wanted.metric);
  const own = same.find(({ record }) => isRouteRecordOf(to, record.name));
  if (own !== undefined) return own.record;
  const source = from === undefined ? undefined : same.find(({ record }) => isRouteRecordOf(from, record.name));
  if (source !== undefined && from !== undefined)
    return { ...source.record, name: renamedRouteRecord(source.record.name, from, to) };
  const sibling = known.find(({ setting }) => setting.metric === wanted.metric);
  return sibling === undefined ? undefined : { ...sibling.record, name: routeRecordName(to, wanted) };
}

/**
 * The address records of `from` that are neither static nor automatic, as `to`'s: what their data mean is not understood, so that they stay as they are
 * (`UnreadableSetting.ipv6Record`). What `to` has of the same name already stays.
 */
export function renamedAsTheyStand(tables: Ipv6Tables, to: string, from: string): readonly NsiRecord[] {
  const there = new Set(tables.addresses.map(({ name }) => name.toLowerCase()));
  return unreadAddressRecordsOf(tables, from)
    .map((record) => ({ ...record, name: renamedAddressRecord(record.name, to) }))
    .filter(({ name }) => !there.has(name));
}

export function unreadAddressRecordsOf({ addresses }: Ipv6Tables, luid: string): readonly NsiRecord[] {
  return addresses.filter(
    (record) =>
      ownerOfAddressRecord(record.name) === luid.toLowerCase() &&
      readRecord(record, readAddressRecord).kind === "unreadable",
  );
}

/** The interface's static records. */
export function staticRecordsOf(tables: Ipv6Tables, luid: string) {
  return {
    addresses: tables.addresses.filter(
      (record) =>
        ownerOfAddressRecord(record.name) === luid.toLowerCase() &&
        readRecord(record, readAddressRecord).kind === "static",
    ),
    routes: readRouteRecords(tables.routes.filter(({ name }) => isRouteRecordOf(luid, name))).flatMap(
      ({ record, read }) => (read.kind === "static" ? [{ ...record, setting: read.setting }] : []),
    ),
  };
}

function wordsOf({ prefix, prefixLength, nextHop }: Ipv6Route): string {
  return prefixLength === 0 ? `the gateway ${nextHop}` : `the route ${prefix}/${prefixLength}`;
}
