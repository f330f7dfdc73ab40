/** Carries what the Network Store Interface keeps of an interface's static IPv4: addresses and routes, by LUID, renamed or deleted. */
import { fromHex } from "../../bytes/hex.ts";
import { addressText } from "../../notation/ipv4.ts";
import type { Ipv4Settings } from "../model/settings.ts";
import { staticMetricOf } from "../nsi/route-data.ts";
import { NSI_IPV4_ADDRESSES_KEY, NSI_IPV4_ROUTES_KEY } from "../registry-paths.ts";
import { registryBytes } from "../registry-data.ts";
import { ADDRESS_NAME, isDefaultRoute, ROUTE_NAME } from "./nsi-ipv4-names.ts";
import { existingKey, type InterfacePlace } from "./place.ts";

/** Where an address record's data has the prefix length: one byte; those after it have been seen with garbage. */
const PREFIX_LENGTH_OFFSET = 16;

interface Record {
  readonly key: string;
  readonly name: string;
}

interface AddressRecord extends Record {
  readonly address: string;
  readonly prefixLength: number | undefined;
}

/** Whether any of the kind was given to the target that it did not have. */
export interface CarriedRoutes {
  readonly defaults: boolean;
  readonly others: boolean;
}

interface RouteRecord extends Record {
  readonly isDefault: boolean;
  readonly nextHop: string;
  /** Undefined where the record is of no static route. */
  readonly metric: number | undefined;
  /** The record's name for another interface. */
  readonly renamed: (luid: string) => string;
}

/**
 * Gives the target the source's records that say what `ipv4` says; the data stays as it is. Xen's drivers rename the address records of the
 * adapter they replace in the same way (win-xenvif, src/xenvif/settings.c); renaming the routes is by analogy and not confirmed: which kinds of them were, is
 * told. The source keeps its records until it is cleared.
 */
export function carryNsiRecords(place: InterfacePlace, from: string, to: string, ipv4: Ipv4Settings): CarriedRoutes {
  for (const record of addressRecords(place, from)) {
    if (ipv4.addresses.some((meant) => isMeantBy(meant, record)))
      copyRecord(place, record, to.toLowerCase() + record.name.slice(to.length));
  }
  // A default route comes from the gateway setting; the others are the administrator's.
  const carried = routeRecords(place, from)
    .filter((record) => !record.isDefault || ipv4.gateways.some((gateway) => isSaidBy(gateway, record)))
    .filter((record) => copyRecord(place, record, record.renamed(to)));
  return { defaults: carried.some(({ isDefault }) => isDefault), others: carried.some(({ isDefault }) => !isDefault) };
}

/**
 * Deletes the interface's address and default route records that do not say what `ipv4` says: they would give it addresses and gateways beside its settings.
 * In a hive of 7 the default routes' records are one for each gateway of the interfaces' keys, an orphan's too, and were written a minute after the last start,
 * half a year after those keys: so one without a gateway is a leftover. That Windows reads it is not confirmed; 8.1 and 10 have been seen without any.
 */
export function dropOtherNsiRecords(place: InterfacePlace, luid: string, ipv4: Ipv4Settings): void {
  for (const record of addressRecords(place, luid)) {
    if (!ipv4.addresses.some((meant) => isMeantBy(meant, record))) place.draft.delete(record.key, record.name);
  }
  for (const record of routeRecords(place, luid)) {
    if (record.isDefault && !ipv4.gateways.some((gateway) => isSaidBy(gateway, record)))
      place.draft.delete(record.key, record.name);
  }
}

/** Deletes the interface's address and default route records, and with `carried` all its routes. */
export function clearNsiRecords(place: InterfacePlace, luid: string, options: { readonly carried: boolean }): void {
  for (const { key, name } of addressRecords(place, luid)) place.draft.delete(key, name);
  for (const { key, name, isDefault } of routeRecords(place, luid)) {
    if (isDefault || options.carried) place.draft.delete(key, name);
  }
}

/** What of `ipv4` has no record, in words: addresses, where they are in use, and gateways. */
export function missingInNsi(
  place: InterfacePlace,
  luid: string,
  { mode, addresses, gateways }: Ipv4Settings,
): readonly string[] {
  const known = addressRecords(place, luid);
  const routes = routeRecords(place, luid).filter(({ isDefault }) => isDefault);
  const lacking = addresses.filter((meant) => !known.some((record) => isMeantBy(meant, record)));
  return [
    ...(mode === "static" ? lacking.map(addressText) : []),
    ...gateways
      .filter((gateway) => !routes.some((record) => isSaidBy(gateway, record)))
      .map(({ address, metric }) => `the gateway ${address}${metric === 0 ? "" : ` (metric ${metric})`}`),
  ];
}

function isMeantBy(meant: Ipv4Settings["addresses"][number], { address, prefixLength }: AddressRecord): boolean {
  return meant.address === address && meant.prefixLength === prefixLength;
}

/** `record` must be a default route's. */
function isSaidBy({ address, metric }: Ipv4Settings["gateways"][number], record: RouteRecord): boolean {
  return record.nextHop === address && record.metric === metric;
}

/** False where there is one of that name for the target already, which says the same, as Windows itself wrote it. */
function copyRecord({ draft }: InterfacePlace, { key, name }: Record, newName: string): boolean {
  const data = draft.value(key, name);
  if (data === undefined || draft.value(key, newName) !== undefined) return false;
  draft.set(key, newName, data);
  return true;
}

function addressRecords(place: InterfacePlace, luid: string): AddressRecord[] {
  return recordNames(place, NSI_IPV4_ADDRESSES_KEY).flatMap(({ key, name }) => {
    const [, owner = "", address = ""] = ADDRESS_NAME.exec(name) ?? [];
    if (owner.toLowerCase() !== luid.toLowerCase()) return [];
    const value = place.draft.value(key, name);
    const prefixLength = value === undefined ? undefined : registryBytes(value).data[PREFIX_LENGTH_OFFSET];
    return [{ key, name, address: dotted(address), prefixLength }];
  });
}

function routeRecords(place: InterfacePlace, luid: string): RouteRecord[] {
  return recordNames(place, NSI_IPV4_ROUTES_KEY).flatMap(({ key, name }) => {
    const parts = ROUTE_NAME.exec(name)?.slice(1) ?? [];
    const [zeros = "", prefix = "", length = "", rest = "", ...others] = parts;
    const [first = "", second = "", nextHop = "", end = ""] = others;
    const isOwn = (owner: string): boolean => owner.toLowerCase() === luid.toLowerCase();
    if (!isOwn(first) && !isOwn(second)) return [];
    const owner = (former: string, to: string): string => (isOwn(former) ? to.toLowerCase() : former);
    const renamed = (to: string): string =>
      zeros + prefix + length + rest + owner(first, to) + owner(second, to) + nextHop + end;
    const value = place.draft.value(key, name);
    const metric = value === undefined ? undefined : staticMetricOf({ name, ...registryBytes(value) });
    return [{ key, name, isDefault: isDefaultRoute(name), nextHop: dotted(nextHop), metric, renamed }];
  });
}

function recordNames(place: InterfacePlace, path: string): Record[] {
  const key = existingKey(place, path);
  return key === undefined ? [] : place.draft.valueNames(key).map((name) => ({ key, name }));
}

/** `0a033a05` as `10.3.58.5`. */
function dotted(hex: string): string {
  return [...(fromHex(hex) ?? [])].join(".");
}
