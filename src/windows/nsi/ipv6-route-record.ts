/** An NSI record of an IPv6 route: whose it is, where it leads, and whether somebody configured it. */
import { u32 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { hexOfIpv6, ipv6OfHex, isIpv6NetworkAddress, whyNoIpv6Station } from "../../notation/ipv6.ts";
import type { Ipv6Route } from "../model/settings.ts";
import { type ReadRecord, unreadable } from "./nsi-record.ts";

/**
 * Zeros, prefix, prefix length, room and zeros, the LUID twice, next hop: the fields of Wine's nsi_ipv6_forward_key (include/wine/nsi.h), whose sibling
 * for IPv4 is what the names in a Windows 7 hive are. That IPv6's are so too is inferred: none has been seen.
 */
const NAME = /^(0{8})([0-9a-f]{32})([0-9a-f]{2})([0-9a-f]{6}0{32})([0-9a-f]{16})([0-9a-f]{16})([0-9a-f]{32})$/i;

/**
 * The first fields of Wine's nsi_ip_forward_rw. IPv4's two records in a hive of 7 are 56 bytes of 0xFF, "as Windows has it", so that their places in the
 * registry are inferred.
 */
// biome-ignore format: the columns are the documentation
const RECORD = layout("NSI route", 20, {
  sitePrefixLength:  at(0,  u32),
  validLifetime:     at(4,  u32),
  preferredLifetime: at(8,  u32),
  metric:            at(12, u32),
  protocol:          at(16, u32),
});

const UNSET = 0xffff_ffff;

/** NL_ROUTE_PROTOCOL (Microsoft, nldef.h): unset, as in the records of 7, and network management, which is netsh and route. */
const CONFIGURED: readonly number[] = [UNSET, 3];

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
  if (data.length < RECORD.sizeBytes) return unreadable(`${text} in ${data.length} bytes, too few for a route`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const { validLifetime, preferredLifetime, metric, protocol } = RECORD.fields;
  if (!CONFIGURED.includes(protocol.get(view, 0))) return { kind: "automatic" };
  if (validLifetime.get(view, 0) !== UNSET || preferredLifetime.get(view, 0) !== UNSET)
    return unreadable(`${text} for a limited time only`);
  const why = whyNoRoute({ prefix, prefixLength, nextHop });
  if (why !== undefined) return unreadable(`${text}, ${why}`);
  const written = metric.get(view, 0);
  return { kind: "static", setting: { prefix, prefixLength, nextHop, metric: written === UNSET ? 0 : written } };
}

/** Whether nothing of the data needs to be changed for a route of that metric; the place of the metric is inferred, and nothing is written there. */
export function saysMetric(data: Uint8Array, metric: number): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const written = RECORD.fields.metric.get(view, 0);
  return (written === UNSET ? 0 : written) === metric;
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
