/** An NSI record of an IPv6 address: whose it is, what it says, and whether somebody configured it. */
import { u32, u8 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { hexOfIpv6, ipv6OfHex, isLinkLocal, whyNoIpv6Station } from "../../notation/ipv6.ts";
import type { Ipv6Address } from "../model/settings.ts";
import { type NsiRecord, type ReadRecord, REG_BINARY, unreadable } from "./nsi-record.ts";

/** LUID and address (Stack Overflow, question 8155700; Xen's win-xenvif renames the LUID in front). */
const NAME = /^([0-9a-f]{16})([0-9a-f]{32})$/i;

/**
 * The part that is understood, named as in the same answer; IPv4's records in hives of 7 have the same. What follows, 0xFF in those, is not known, nor
 * whether later Windows' records are longer.
 */
// biome-ignore format: the columns are the documentation
const RECORD = layout("NSI unicast address", 18, {
  validLifetime:     at(0,  u32),
  preferredLifetime: at(4,  u32),
  prefixOrigin:      at(8,  u32),
  suffixOrigin:      at(12, u32),
  prefixLength:      at(16, u8),
  skipAsSource:      at(17, u8),        // seen with garbage behind it
});

const INFINITE = 0xffff_ffff;

/** NL_PREFIX_ORIGIN and NL_SUFFIX_ORIGIN (Microsoft, nldef.h): manual, and "unchanged", which IPv4's static records in hives of 7 have. */
const CONFIGURED: readonly number[] = [1, 16];
/** NL_PREFIX_ORIGIN: well known (link-local), DHCP, router advertisement. */
const AUTOMATIC_PREFIXES: readonly number[] = [2, 3, 4];
/** NL_SUFFIX_ORIGIN: DHCP, link-layer address, random. */
const AUTOMATIC_SUFFIXES: readonly number[] = [3, 4, 5];

/** The LUID, in lower case, that a record's name begins with; undefined for a name that is none. */
export function ownerOfAddressRecord(name: string): string | undefined {
  return NAME.exec(name)?.[1]?.toLowerCase();
}

export function addressRecordName(luid: string, address: string): string {
  return luid.toLowerCase() + hexOfIpv6(address);
}

/** `name` must be one that has an owner. */
export function renamedAddressRecord(name: string, luid: string): string {
  return (luid + name.slice(luid.length)).toLowerCase();
}

/** `name` must be one that has an owner. No hive with such a record has been seen: what cannot be told by its fields is not guessed. */
export function readAddressRecord(name: string, data: Uint8Array): ReadRecord<Ipv6Address> {
  const address = ipv6OfHex(NAME.exec(name)?.[2] ?? "");
  if (address === undefined) return unreadable("is no name of an address record");
  if (data.length < RECORD.sizeBytes) return unreadable(`has ${data.length} bytes, too few for an address`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const { validLifetime, preferredLifetime, prefixOrigin, suffixOrigin, prefixLength } = RECORD.fields;
  const [prefix, suffix] = [prefixOrigin.get(view, 0), suffixOrigin.get(view, 0)];
  const setting = { address, prefixLength: prefixLength.get(view, 0) };
  const text = `holds ${address}`;
  if (AUTOMATIC_SUFFIXES.includes(suffix)) return { kind: "automatic" };
  if (isLinkLocal(address)) return unreadable(`${text}, a link-local address, of which every adapter makes its own`);
  if (AUTOMATIC_PREFIXES.includes(prefix)) return { kind: "automatic" };
  if (!CONFIGURED.includes(prefix) || !CONFIGURED.includes(suffix))
    return unreadable(`${text} of an origin that is not known (${prefix}, ${suffix})`);
  if (validLifetime.get(view, 0) !== INFINITE || preferredLifetime.get(view, 0) !== INFINITE)
    return unreadable(`${text} for a limited time only`);
  const why = whyNoIpv6Station(address);
  if (why !== undefined) return unreadable(`${text}, which ${why}`);
  if (setting.prefixLength < 1 || setting.prefixLength > 128)
    return unreadable(`${text} with the prefix length ${setting.prefixLength}`);
  return { kind: "static", setting };
}

/** A record of another address: its size and what is not known are `sibling`'s, which must be a static record. */
export function addressRecordLike(sibling: Uint8Array, prefixLength: number): Uint8Array {
  const data = Uint8Array.from(sibling);
  const view = new DataView(data.buffer);
  RECORD.fields.prefixLength.set(view, 0, prefixLength);
  RECORD.fields.skipAsSource.set(view, 0, 0);
  return data;
}

/** Whether a record of this form, IPv6's or IPv4's, is of a static address that stays; true of those in hives of 7. */
export function isStaticRecord({ type, data }: NsiRecord): boolean {
  if (type !== REG_BINARY || data.length < RECORD.sizeBytes) return false;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const { validLifetime, preferredLifetime, prefixOrigin, suffixOrigin } = RECORD.fields;
  const lifetimes = [validLifetime.get(view, 0), preferredLifetime.get(view, 0)];
  const origins = [prefixOrigin.get(view, 0), suffixOrigin.get(view, 0)];
  return lifetimes.every((time) => time === INFINITE) && origins.every((origin) => CONFIGURED.includes(origin));
}
