/** The profile document, declared once: its parser, its type and its JSON Schema. */
import * as z from "zod";
import {
  dwordField,
  guidField,
  ipv4Field,
  ipv6Field,
  macField,
  maskField,
  pciLocationField,
  prefixLengthField,
} from "../document/fields.ts";
import { registryDataField } from "../document/registry-data.ts";
import { parseIpv4, parseMask } from "../notation/ipv4.ts";
import { ipv6Schema } from "./ipv6-schema.ts";

const addressObject = z.strictObject({
  address: ipv4Field,
  prefixLength: prefixLengthField.optional().describe("0 to 32"),
  mask: maskField.optional().describe("255.255.255.0, instead of prefixLength"),
});

/** "10.0.0.5/24", or an object with a prefix length or a mask. */
export const addressField = z.union([
  z.string().transform((text, context) => {
    const [address, prefixLength] = [parseIpv4(text.split("/")[0] ?? ""), parseMask(text.split("/")[1] ?? "")];
    if (address !== undefined && prefixLength !== undefined && text.split("/").length === 2)
      return { address, prefixLength };
    const message = `${JSON.stringify(text)} is not an address with its prefix length: write it like 10.0.0.5/24`;
    context.issues.push({ code: "custom", message, input: text });
    return z.NEVER;
  }),
  addressObject.transform(({ address, prefixLength, mask }, context) => {
    if (prefixLength !== undefined && mask !== undefined && prefixLength !== mask) {
      const message = `is another mask than prefixLength ${prefixLength}: remove one of the two`;
      context.issues.push({ code: "custom", path: ["mask"], message, input: mask });
    }
    const length = prefixLength ?? mask;
    if (length !== undefined) return { address, prefixLength: length };
    const message = 'is missing; write it like 24, or "mask": "255.255.255.0" instead';
    context.issues.push({ code: "custom", path: ["prefixLength"], message, input: undefined });
    return z.NEVER;
  }),
]);

/** "10.0.0.1", or an object with a metric. */
export const gatewayField = z.union([
  ipv4Field.transform((address) => ({ address, metric: 0 })),
  z.strictObject({ address: ipv4Field, metric: dwordField.default(0).describe("0 is automatic") }),
]);

const ipv4Schema = z.strictObject({
  mode: z.enum(["static", "dhcp"]).optional().describe("static when there are addresses or gateways, else dhcp"),
  addresses: z.array(addressField).default([]),
  gateways: z.array(gatewayField).default([]),
  dnsServers: z.array(ipv4Field).default([]).describe("typed in; with dhcp, instead of those that DHCP gives"),
  dnsSuffix: z.string().optional().describe("the connection's own DNS suffix"),
  interfaceMetric: dwordField.optional(),
  mtu: dwordField.optional(),
});

const macSchema = z.strictObject({
  user: z
    .array(macField)
    .default([])
    .describe("pairs this connection with the adapter that has one of these addresses"),
  permanent: macField.optional(),
  current: macField.optional(),
});

const adapterSchema = z.strictObject({
  description: z.string().optional(),
  hardwareIds: z.array(z.string()).default([]),
  instanceId: z.string().optional(),
  location: pciLocationField.optional(),
});

const adapterSettingSchema = z.strictObject({
  kind: z.enum(["binding", "advanced-property", "alternate-configuration"]),
  name: z.string(),
  text: z.string(),
});

/** As written: fields that depend on others (number, apply, mode) may be missing. */
export const connectionSchema = z.strictObject({
  number: z.int().min(1).optional().describe("what --map and people call it; else counted from 1"),
  name: z.string().optional(),
  apply: z
    .enum(["move", "dhcp", "skip"])
    .optional()
    .describe("move: give these settings to an adapter; dhcp: leave the adapter to DHCP; skip: nothing"),
  note: z.string().optional().describe("for the reader"),
  ipv4: ipv4Schema,
  ipv6: ipv6Schema,
  netbios: z
    .strictObject({
      option: dwordField.optional().describe("0 as DHCP says, 1 on, 2 off"),
      winsServers: z.array(ipv4Field).default([]),
    })
    .prefault({}),
  dnsOverHttps: z
    .record(z.union([ipv4Field, ipv6Field]), z.record(z.string(), registryDataField))
    .optional()
    .describe("DNS servers that are asked over HTTPS, by address: the values of each one's registry key"),
  adapterSettings: z
    .array(adapterSettingSchema)
    .optional()
    .describe("what capture found that belongs to the adapter and is not moved, only told"),
  mac: macSchema.prefault({}),
  adapter: adapterSchema.optional(),
  guid: guidField.optional(),
  leftOut: z.array(z.string()).optional().describe("what capture found but could not read"),
  raw: z.record(z.string(), registryDataField).default({}).describe("other values of the interface key, by name"),
  nsiRecords: z
    .record(z.string(), registryDataField)
    .optional()
    .describe(
      "what capture found in Windows' Network Store Interface, for the reader: the fields of ipv6 are what counts",
    ),
});

export const profileSchema = z.strictObject({
  $schema: z.string().optional(),
  pintProfile: z.literal(1),
  captured: z
    .strictObject({
      computerName: z.string().optional(),
      windows: z.string().optional(),
      at: z.string().optional(),
      from: z.string().optional(),
    })
    .optional(),
  connections: z.array(connectionSchema),
});
