/** What the data of an NSI route record say, IPv6's or IPv4's: whether somebody configured the route for good, and with which metric. */
import { u32 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { type NsiRecord, type ReadRecord, readRecord, unreadable } from "./nsi-record.ts";

/**
 * The first fields of Wine's nsi_ip_forward_rw (include/wine/nsi.h), which both protocols have. IPv4's two records in a hive of 7 are 56 bytes of 0xFF,
 * "as Windows has it", so that their places in the registry are inferred.
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

/**
 * The metric of a static route, 0 for an automatic one; what cannot be told by the fields is not guessed. Where the metric stands is inferred, so that
 * nothing is ever written there: a record is made only like one that says the same.
 */
export function readRouteData(data: Uint8Array): ReadRecord<number> {
  if (data.length < RECORD.sizeBytes) return unreadable(`in ${data.length} bytes, too few for a route`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const { validLifetime, preferredLifetime, metric, protocol } = RECORD.fields;
  if (!CONFIGURED.includes(protocol.get(view, 0))) return { kind: "automatic" };
  if (validLifetime.get(view, 0) !== UNSET || preferredLifetime.get(view, 0) !== UNSET)
    return unreadable("for a limited time only");
  const written = metric.get(view, 0);
  return { kind: "static", setting: written === UNSET ? 0 : written };
}

/** The metric of a route that somebody configured for good, 0 for an automatic one; undefined for any other record. */
export function staticMetricOf(record: NsiRecord): number | undefined {
  const read = readRecord(record, (_, data) => readRouteData(data));
  return read.kind === "static" ? read.setting : undefined;
}
