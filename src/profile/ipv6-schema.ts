/** The IPv6 fields of a profile's connection and their notations. */
import * as z from "zod";
import { dwordField, ipv6Field, ipv6PrefixLengthField, ipv6StationField } from "../document/fields.ts";
import { type Ipv6Prefix, parseIpv6Prefix, parseIpv6WithoutZone } from "../notation/ipv6.ts";

/** "2001:db8::5/64", or an object. */
export const ipv6AddressField = z.union([
  z.string().transform((text, context): Ipv6Prefix => {
    const parsed = parseIpv6Prefix(text);
    if (parsed !== undefined) return parsed;
    const message = `${JSON.stringify(text)} is not an IPv6 address with its prefix length: write it like 2001:db8::5/64`;
    context.issues.push({ code: "custom", message, input: text });
    return z.NEVER;
  }),
  z.strictObject({ address: ipv6StationField, prefixLength: ipv6PrefixLengthField.describe("1 to 128") }),
]);

/** "fe80::1", or an object with a metric. */
export const ipv6GatewayField = z.union([
  ipv6StationField.transform((address) => ({ address, metric: 0 })),
  z.strictObject({ address: ipv6StationField, metric: dwordField.default(0).describe("0 is automatic") }),
]);

/** The prefix with its length in one text, or the length beside it. */
export const ipv6RouteField = z
  .strictObject({
    prefix: z.string().describe("2001:db8:1::/48; or without the length, and prefixLength beside it"),
    prefixLength: ipv6PrefixLengthField.optional().describe("1 to 128"),
    nextHop: ipv6StationField.describe("the router's address; :: where the prefix is on the link itself"),
    metric: dwordField.default(0).describe("0 is automatic"),
  })
  .transform(({ prefix: text, prefixLength, nextHop, metric }, context) => {
    const parsed = prefixOf(text, prefixLength);
    if (typeof parsed !== "string")
      return { prefix: parsed.address, prefixLength: parsed.prefixLength, nextHop, metric };
    context.issues.push({ code: "custom", path: ["prefix"], message: parsed, input: text });
    return z.NEVER;
  });

/** What is wrong, where it cannot be read. */
function prefixOf(text: string, beside: number | undefined): Ipv6Prefix | string {
  const whole = parseIpv6Prefix(text);
  if (whole !== undefined) {
    return beside === undefined || beside === whole.prefixLength
      ? whole
      : `has another length than prefixLength ${beside}: remove one of the two`;
  }
  const address = parseIpv6WithoutZone(text);
  return address === undefined || beside === undefined
    ? `${JSON.stringify(text)} is not an IPv6 prefix with its length: write it like 2001:db8:1::/48`
    : { address, prefixLength: beside };
}

export const ipv6Schema = z
  .strictObject({
    dhcp: z.boolean().optional().describe("whether DHCPv6 may be used; not said: yes, as Windows does unasked"),
    addresses: z.array(ipv6AddressField).default([]).describe("static ones; link-local ones Windows makes itself"),
    gateways: z.array(ipv6GatewayField).default([]),
    routes: z.array(ipv6RouteField).default([]).describe("other routes that outlive a restart"),
    dnsServers: z.array(ipv6Field).default([]),
  })
  .prefault({});
