/** An NSI record of an IPv6 route: whose it is, where it leads, and whether somebody configured it. */
import { hexOfIpv6, ipv6OfHex, isIpv6NetworkAddress, whyNoIpv6Station } from "../../notation/ipv6.ts";
import type { Ipv6Route } from "../model/settings.ts";
import { type NsiRecord, type ReadRecord, readRecord, unreadable } from "./nsi-record.ts";
import { readRouteData } from "./route-data.ts";

/**
 * Zeros, prefix, prefix length, room and zeros, the LUID twice, next hop: the fields of Wine's nsi_ipv6_forward_key (include/wine/nsi.h), whose sibling
 * for IPv4 is what the names in a Windows 7 hive are. That IPv6's are so too is inferred: none has been seen.
 */
const NAME = /^(0{8})([0-9a-f]{32})([0-9a-f]{2})([0-9a-f]{6}0{32})([0-9a-f]{16})([0-9a-f]{16})([0-9a-f]{32})$/i;

interface NameParts {
  readonly start: string;
  readonly owners: readonly [string, string];
  readonly end: string;
}

/** Whether the name has the form that is inferred. */
export function isRouteRecordName(name: string): boolean {
  return NAME.test(name);
}

/** The two LUIDs that a record's name has, in lower case; none for a name that is none. */
export function ownersOfRouteRecord(name: string): readonly string[] {
  return partsOf(name)?.owners ?? [];
}

/** Whether the record is that interface's: one of its two LUIDs is enough. */
export function isRouteRecordOf(luid: string, name: string): boolean {
  return ownersOfRouteRecord(name).includes(luid.toLowerCase());
}

/** The record's name for another interface: each LUID that was `from` is `to`. */
export function renamedRouteRecord(name: string, from: string, to: string): string {
  const parts = partsOf(name);
  if (parts === undefined) throw new Error(`${name} is no name of a route record`);
  const owners = parts.owners.map((owner) => (owner === from.toLowerCase() ? to.toLowerCase() : owner));
  return parts.start + owners.join("") + parts.end;
}

export function routeRecordName(luid: string, { prefix, prefixLength, nextHop }: Ipv6Route): string {
  const length = prefixLength.toString(16).padStart(2, "0");
  return `${"0".repeat(8)}${hexOfIpv6(prefix)}${length}${"0".repeat(38)}${luid.repeat(2)}${hexOfIpv6(nextHop)}`.toLowerCase();
}

/** `name` must be that of a route record; with a prefix length of 0 it is a default route. What cannot be told by its fields is not guessed. */
export function readRouteRecord(name: string, data: Uint8Array): ReadRecord<Ipv6Route> {
  const [, , prefixHex = "", lengthHex = "", , , , nextHopHex = ""] = NAME.exec(name) ?? [];
  const [prefix, nextHop] = [ipv6OfHex(prefixHex), ipv6OfHex(nextHopHex)];
  const prefixLength = Number.parseInt(lengthHex, 16);
  if (prefix === undefined || nextHop === undefined || prefixLength > 128)
    return unreadable("is no name of a route record");
  const text = `holds the route ${prefix}/${prefixLength} by ${nextHop}`;
  const read = readRouteData(data);
  if (read.kind === "automatic") return read;
  if (read.kind === "unreadable") return unreadable(`${text} ${read.reason}`);
  const why = whyNoRoute({ prefix, prefixLength, nextHop });
  if (why !== undefined) return unreadable(`${text}, ${why}`);
  return { kind: "static", setting: { prefix, prefixLength, nextHop, metric: read.setting } };
}

/** Whatever their metrics. */
export function isSameRoute(left: Ipv6Route, right: Ipv6Route): boolean {
  return left.prefix === right.prefix && left.prefixLength === right.prefixLength && left.nextHop === right.nextHop;
}

export interface ReadRouteRecord {
  readonly record: NsiRecord;
  readonly read: ReadRecord<Ipv6Route>;
}

/** One interface's records. Several can have one route (their names differ in what is not understood): with another metric than the first it is not a second route. */
export function readRouteRecords(records: readonly NsiRecord[]): readonly ReadRouteRecord[] {
  const metrics = new Map<string, number>();
  return records.map((record) => {
    const read = readRecord(record, readRouteRecord);
    if (read.kind !== "static") return { record, read };
    const { prefix, prefixLength, nextHop, metric } = read.setting;
    const route = `the route ${prefix}/${prefixLength} by ${nextHop}`;
    const first = metrics.get(route) ?? metric;
    metrics.set(route, first);
    if (first === metric) return { record, read };
    const reason = `holds ${route} with the metric ${metric}, and another record with ${first}: which of them counts cannot be told`;
    return { record, read: unreadable(reason) };
  });
}

function whyNoRoute({ prefix, prefixLength, nextHop }: Omit<Ipv6Route, "metric">): string | undefined {
  if (!isIpv6NetworkAddress({ address: prefix, prefixLength })) return "whose prefix has more bits than its length";
  if (prefixLength > 0 && whyNoIpv6Station(prefix) === "is a multicast address")
    return "whose prefix is a multicast one: Windows makes such routes itself";
  if (nextHop === "::") return prefixLength === 0 ? "which leads nowhere" : undefined;
  const why = whyNoIpv6Station(nextHop);
  return why === undefined ? undefined : `whose next hop ${why}`;
}

function partsOf(name: string): NameParts | undefined {
  const [, zeros = "", prefix = "", length = "", rest = "", first, second, nextHop = ""] = NAME.exec(name) ?? [];
  if (first === undefined || second === undefined) return undefined;
  return {
    start: zeros + prefix + length + rest,
    owners: [first.toLowerCase(), second.toLowerCase()],
    end: nextHop,
  };
}
