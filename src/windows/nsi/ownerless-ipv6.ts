/** Finds the static IPv6 records of NSI that are no connection's, so that they are not lost in silence. */
import type { Key } from "../../regf/index.ts";
import { SOFTWARE_LOOPBACK, typeInLuid } from "../luid.ts";
import type { OwnerlessIpv6 } from "../model/settings.ts";
import { NSI_IPV6_ADDRESSES_KEY, NSI_IPV6_ROUTES_KEY } from "../registry-paths.ts";
import { ownerOfAddressRecord, readAddressRecord } from "./ipv6-address-record.ts";
import { ownersOfRouteRecord, readRouteRecord } from "./ipv6-route-record.ts";
import { readRecord, recordsOf } from "./nsi-record.ts";

/** In the order of the records' names, addresses first. What Windows makes itself is not among them; what cannot be read is. */
export function readOwnerlessIpv6(
  controlSet: Key,
  connections: readonly { readonly luid?: string | undefined }[],
): readonly OwnerlessIpv6[] {
  const known = new Set(connections.map(({ luid }) => luid?.toLowerCase()));
  const found: OwnerlessIpv6[] = [];
  for (const record of recordsOf(controlSet.open(NSI_IPV6_ADDRESSES_KEY))) {
    const luid = ownerOfAddressRecord(record.name);
    const read = readRecord(record, readAddressRecord);
    if (luid === undefined || known.has(luid) || isLoopback(luid) || read.kind === "automatic") continue;
    const text = read.kind === "static" ? `${read.setting.address}/${read.setting.prefixLength}` : undefined;
    found.push({ luid, record: `10\\${record.name}`, text });
  }
  for (const record of recordsOf(controlSet.open(NSI_IPV6_ROUTES_KEY))) {
    const owners = ownersOfRouteRecord(record.name);
    const [luid] = owners;
    const read = readRecord(record, readRouteRecord);
    if (luid === undefined || owners.some((owner) => known.has(owner)) || isLoopback(luid)) continue;
    if (read.kind === "automatic") continue;
    const text =
      read.kind === "static"
        ? `${read.setting.prefix}/${read.setting.prefixLength} by ${read.setting.nextHop}`
        : undefined;
    found.push({ luid, record: `16\\${record.name}`, text });
  }
  return found;
}

/** Its records are Windows' own, and it has no adapter in any hive. */
function isLoopback(luid: string): boolean {
  return typeInLuid(luid) === SOFTWARE_LOOPBACK;
}
