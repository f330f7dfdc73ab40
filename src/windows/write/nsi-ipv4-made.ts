/** Makes the NSI records of a static IPv4 that came from elsewhere, on Vista and Server 2008 only, each like another record of its table. */
import { toHex } from "../../bytes/hex.ts";
import type { Key } from "../../regf/index.ts";
import type { Ipv4Settings } from "../model/settings.ts";
import { addressRecordLike, isStaticRecord } from "../nsi/ipv6-address-record.ts";
import { type NsiRecord, recordsOf } from "../nsi/nsi-record.ts";
import { staticMetricOf } from "../nsi/route-data.ts";
import { registryData } from "../registry-data.ts";
import { inControlSet, NSI_IPV4_ADDRESSES_KEY, NSI_IPV4_ROUTES_KEY } from "../registry-paths.ts";
import { ADDRESS_NAME, isDefaultRoute } from "./nsi-ipv4-names.ts";
import { existingKey, type InterfacePlace } from "./place.ts";

/** Records as the hive has them, whatever has been asked for since. */
export interface Ipv4Siblings {
  /** Of a static address, where there is one. */
  readonly address: NsiRecord | undefined;
  /** Of static default routes, with the metric that each says. */
  readonly defaultRoutes: readonly { readonly record: NsiRecord; readonly metric: number }[];
}

export function ipv4SiblingsIn(root: Key, controlSet: number): Ipv4Siblings {
  const table = (path: string): readonly NsiRecord[] => recordsOf(root.open(inControlSet(controlSet, path)));
  return {
    address: table(NSI_IPV4_ADDRESSES_KEY).find((record) => ADDRESS_NAME.test(record.name) && isStaticRecord(record)),
    defaultRoutes: table(NSI_IPV4_ROUTES_KEY).flatMap((record) => {
      const metric = staticMetricOf(record);
      return isDefaultRoute(record.name) && metric !== undefined ? [{ record, metric }] : [];
    }),
  };
}

/**
 * What the interface has already stays; what no sibling shows is not made. One disaster recovery product writes both tables on Vista and 2008 beside the
 * registry's values, and on no other Windows; that it must is not confirmed, and no hive of either has been seen: a record's size and what is not known of
 * it are a sibling's, and a route's sibling has the same metric. Addresses that DHCP keeps from use get none. Tells whether a route was made.
 */
export function makeNsiRecords(
  place: InterfacePlace,
  luid: string,
  { mode, addresses, gateways }: Ipv4Settings,
  { address: sibling, defaultRoutes }: Ipv4Siblings,
): boolean {
  if (mode === "static" && sibling !== undefined) {
    for (const { address, prefixLength } of addresses) {
      const name = `${luid}${hexOf(address)}00000000`.toLowerCase();
      const data = addressRecordLike(sibling.data, prefixLength);
      setWhereMissing(place, NSI_IPV4_ADDRESSES_KEY, { ...sibling, name, data });
    }
  }
  const made = gateways.map(({ address, metric }) => {
    const like = defaultRoutes.find((route) => route.metric === metric)?.record;
    // 24 bytes that are zero for a default route, the LUID twice, next hop, zeros (seen in a Windows 7 hive).
    const name = `${"0".repeat(48)}${luid}${luid}${hexOf(address)}00000000`.toLowerCase();
    return like !== undefined && setWhereMissing(place, NSI_IPV4_ROUTES_KEY, { ...like, name });
  });
  return made.includes(true);
}

function setWhereMissing(place: InterfacePlace, path: string, record: NsiRecord): boolean {
  const key = existingKey(place, path);
  if (key === undefined || place.draft.value(key, record.name) !== undefined) return false;
  place.draft.set(key, record.name, registryData(record));
  return true;
}

function hexOf(address: string): string {
  return toHex(Uint8Array.from(address.split(".").map(Number)));
}
