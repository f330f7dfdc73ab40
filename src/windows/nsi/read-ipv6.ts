/** Reads what NSI keeps of an interface's static IPv6, by its LUID: addresses, default routes, other routes. */
import type { Key, Value } from "../../regf/index.ts";
import type { Ipv6Settings, RawSetting, UnreadableSetting } from "../model/settings.ts";
import { registryData } from "../registry-data.ts";
import { NSI_IPV6_ADDRESSES_KEY, NSI_IPV6_ROUTES_KEY } from "../registry-paths.ts";
import { ownerOfAddressRecord, type ReadRecord, readAddressRecord } from "./ipv6-address-record.ts";
import { isRouteRecordOf, readRouteRecord } from "./ipv6-route-record.ts";

export interface NsiIpv6 extends Pick<Ipv6Settings, "addresses" | "gateways" | "routes"> {
  /** All that are the interface's, understood or not. */
  readonly records: readonly RawSetting[];
  readonly unreadable: readonly UnreadableSetting[];
}

/** `luid` is undefined before Vista, which has no NSI, and for an interface without an adapter: then nothing is found. In the order of the records' names. */
export function readNsiIpv6(controlSet: Key, luid: string | undefined): NsiIpv6 {
  const found = new Records();
  const addresses = found.read(controlSet.open(NSI_IPV6_ADDRESSES_KEY), "10", {
    isOwn: (name) => luid !== undefined && ownerOfAddressRecord(name) === luid.toLowerCase(),
    read: readAddressRecord,
  });
  const all = found.read(controlSet.open(NSI_IPV6_ROUTES_KEY), "16", {
    isOwn: (name) => luid !== undefined && isRouteRecordOf(luid, name),
    read: readRouteRecord,
  });
  return {
    addresses,
    gateways: all.filter(isDefault).map(({ nextHop, metric }) => ({ address: nextHop, metric })),
    routes: all.filter((route) => !isDefault(route)),
    records: found.raw,
    unreadable: found.unreadable,
  };
}

interface Table<Setting> {
  readonly isOwn: (name: string) => boolean;
  readonly read: (name: string, data: Uint8Array) => ReadRecord<Setting>;
}

class Records {
  readonly raw: RawSetting[] = [];
  readonly unreadable: UnreadableSetting[] = [];

  read<Setting>(key: Key | undefined, table: string, { isOwn, read }: Table<Setting>): readonly Setting[] {
    const own = [...(key?.values() ?? [])].filter(({ name }) => isOwn(name));
    return own
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .flatMap((value) => {
        this.raw.push({ name: `${table}\\${value.name}`, value: registryData(value) });
        const record = readTyped(value, read);
        if (record.kind === "unreadable") {
          const { reason } = record;
          this.unreadable.push({ name: `NSI record ${value.name}`, value: registryData(value), reason });
        }
        return record.kind === "static" ? [record.setting] : [];
      });
  }
}

const REG_BINARY = 3;

function readTyped<Setting>({ name, type, data }: Value, read: Table<Setting>["read"]): ReadRecord<Setting> {
  return type === REG_BINARY ? read(name, data) : { kind: "unreadable", reason: "is not REG_BINARY" };
}

function isDefault({ prefixLength }: { readonly prefixLength: number }): boolean {
  return prefixLength === 0;
}
