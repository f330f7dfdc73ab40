/** What a person may set in a connection of a profile, by name: from the text that was typed to the members it changes. */
import { parseIpv6 } from "../notation/ipv6.ts";
import type { JsonPath } from "../document/json-reader.ts";

/** One member of a connection; undefined takes it away. */
export interface FieldChange {
  /** Below the connection. */
  readonly path: JsonPath;
  readonly value: unknown;
}

interface Field {
  /** For the help: `10.0.0.5/24,10.0.0.6/24`. */
  readonly example: string;
  /** Undefined for a text that cannot be meant; that what can be is valid is the document's own business. */
  readonly read: (text: string) => readonly FieldChange[] | undefined;
}

const NETBIOS = ["default", "on", "off"];

/** By name, in the order of the help. An empty text takes the field away. */
export const FIELDS: Readonly<Record<string, Field>> = {
  name: { example: "LAN", read: (text) => one(["name"], text) },
  apply: { example: "move, dhcp or skip", read: (text) => one(["apply"], text) },
  mode: { example: "static or dhcp", read: (text) => one(["ipv4", "mode"], text) },
  addresses: { example: "10.0.0.5/24,10.0.0.6/24", read: (text) => list(["ipv4", "addresses"], text, addressOf) },
  gateways: {
    example: "10.0.0.1,10.0.0.2@20 (with metric 20)",
    read: (text) => list(["ipv4", "gateways"], text, gatewayOf),
  },
  "ipv6-addresses": {
    example: "2001:db8::5/64",
    read: (text) => list(["ipv6", "addresses"], text, addressOf),
  },
  "ipv6-gateways": {
    example: "fe80::1,2001:db8::1@20 (with metric 20)",
    read: (text) => list(["ipv6", "gateways"], text, gatewayOf),
  },
  "ipv6-routes": {
    example: "2001:db8:1::/48 via fe80::2@20 (with metric 20)",
    read: (text) => list(["ipv6", "routes"], text, routeOf),
  },
  dns: { example: "10.0.0.2,2001:db8::2", read: dnsServers },
  suffix: { example: "corp.example", read: (text) => one(["ipv4", "dnsSuffix"], text) },
  wins: { example: "10.0.0.3", read: (text) => list(["netbios", "winsServers"], text, (item) => item) },
  netbios: { example: NETBIOS.join(", "), read: netbiosOption },
  metric: { example: "20", read: (text) => number(["ipv4", "interfaceMetric"], text) },
  mtu: { example: "1400", read: (text) => number(["ipv4", "mtu"], text) },
};

/** Undefined for a field that is none, or a text that it cannot have. */
export function fieldChanges(name: string, text: string): readonly FieldChange[] | undefined {
  return Object.hasOwn(FIELDS, name) ? FIELDS[name]?.read(text.trim()) : undefined;
}

function one(path: JsonPath, text: string): FieldChange[] {
  return [{ path, value: text === "" ? undefined : text }];
}

function number(path: JsonPath, text: string): FieldChange[] | undefined {
  if (text === "") return one(path, text);
  return /^\d{1,10}$/.test(text) ? [{ path, value: Number(text) }] : undefined;
}

function list(path: JsonPath, text: string, itemOf: (item: string) => unknown): FieldChange[] {
  return [{ path, value: itemsOf(text).map(itemOf) }];
}

function itemsOf(text: string): string[] {
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}

/** As it is written in documents; what is no address stays as it was typed, for the document's parser to refuse. */
function addressOf(text: string): unknown {
  const [, address, prefixLength] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  return prefixLength === undefined ? text : { address, prefixLength: Number(prefixLength) };
}

function gatewayOf(text: string): unknown {
  const [, address, metric] = /^([^@]+)@(\d{1,10})$/.exec(text) ?? [];
  return { address: address ?? text, metric: Number(metric ?? 0) };
}

function routeOf(text: string): unknown {
  const [, prefix, nextHop, metric] = /^(\S+)\s+via\s+([^@\s]+)(?:@(\d{1,10}))?$/.exec(text) ?? [];
  return prefix === undefined ? text : { prefix, nextHop, metric: Number(metric ?? 0) };
}

function dnsServers(text: string): FieldChange[] {
  const items = itemsOf(text);
  const ipv6 = items.filter((item) => parseIpv6(item) !== undefined);
  return [
    { path: ["ipv4", "dnsServers"], value: items.filter((item) => !ipv6.includes(item)) },
    { path: ["ipv6", "dnsServers"], value: ipv6 },
  ];
}

function netbiosOption(text: string): FieldChange[] | undefined {
  if (text === "") return one(["netbios", "option"], text);
  const option = NETBIOS.indexOf(text);
  return option < 0 ? undefined : [{ path: ["netbios", "option"], value: option }];
}
