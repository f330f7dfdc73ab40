/** What can be read of one connection as it is written, even where other parts of it are wrong: the rules look at drafts. */
import * as z from "zod";
import { guidField, ipv4Field, ipv6Field, macField } from "../document/fields.ts";
import type { JsonPath } from "../document/json-reader.ts";
import type { Guid } from "../notation/guid.ts";
import type { MacAddress } from "../notation/mac.ts";
import type { Ipv4Address, Ipv4Gateway, Ipv6Address, Ipv6Gateway, Ipv6Route } from "../windows/model/settings.ts";
import { applyOf, modeOf } from "./defaults.ts";
import type { ApplyChoice } from "./model.ts";
import { ipv6AddressField, ipv6GatewayField, ipv6RouteField } from "./ipv6-schema.ts";
import { addressField, gatewayField } from "./schema.ts";
import { isObject, listLength, member } from "../document/written.ts";

/** One thing that could be read, and where it stands in the document. */
export interface Placed<Value> {
  readonly value: Value;
  readonly path: JsonPath;
}

export interface ConnectionDraft {
  readonly path: JsonPath;
  readonly apply: ApplyChoice;
  readonly mode: "static" | "dhcp";
  readonly addresses: readonly Placed<Ipv4Address>[];
  /** Those that cannot be read are counted too. */
  readonly writtenAddressCount: number;
  readonly gateways: readonly Placed<Ipv4Gateway>[];
  readonly ipv6: Ipv6Draft;
  /** By list, in the words of a message. */
  readonly servers: Readonly<Record<"DNS" | "IPv6 DNS" | "WINS", readonly Placed<string>[]>>;
  readonly dnsSuffix: Placed<string> | undefined;
  readonly netbiosOption: Placed<number> | undefined;
  readonly number: Placed<number> | undefined;
  readonly name: Placed<string> | undefined;
  readonly guid: Placed<Guid> | undefined;
  readonly userMacs: readonly Placed<MacAddress>[];
  readonly leftOut: readonly Placed<string>[];
  readonly rawNames: readonly Placed<string>[];
}

export interface Ipv6Draft {
  readonly addresses: readonly Placed<Ipv6Address>[];
  readonly gateways: readonly Placed<Ipv6Gateway>[];
  readonly routes: readonly Placed<Ipv6Route>[];
}

/** Drafts of a whole document; none of what is no connection at all. */
export function draftsOf(document: unknown): readonly ConnectionDraft[] {
  const connections = member(document, "connections");
  if (!Array.isArray(connections)) return [];
  return connections.map((connection, index) => draftOf(connection, ["connections", index]));
}

export function draftOf(connection: unknown, path: JsonPath): ConnectionDraft {
  const [ipv4, ipv6, netbios, mac, raw] = ["ipv4", "ipv6", "netbios", "mac", "raw"].map((name) =>
    member(connection, name),
  );
  const mode = modeOf(ipv4);
  const at = (...more: JsonPath): JsonPath => [...path, ...more];
  return {
    path,
    apply: applyOf(connection, mode),
    mode,
    addresses: readable(member(ipv4, "addresses"), addressField, at("ipv4", "addresses")),
    writtenAddressCount: listLength(member(ipv4, "addresses")),
    gateways: readable(member(ipv4, "gateways"), gatewayField, at("ipv4", "gateways")),
    ipv6: {
      addresses: readable(member(ipv6, "addresses"), ipv6AddressField, at("ipv6", "addresses")),
      gateways: readable(member(ipv6, "gateways"), ipv6GatewayField, at("ipv6", "gateways")),
      routes: readable(member(ipv6, "routes"), ipv6RouteField, at("ipv6", "routes")),
    },
    servers: {
      DNS: readable(member(ipv4, "dnsServers"), ipv4Field, at("ipv4", "dnsServers")),
      "IPv6 DNS": readable(member(ipv6, "dnsServers"), ipv6Field, at("ipv6", "dnsServers")),
      WINS: readable(member(netbios, "winsServers"), ipv4Field, at("netbios", "winsServers")),
    },
    dnsSuffix: textAt(ipv4, "dnsSuffix", at("ipv4")),
    netbiosOption: numberAt(netbios, "option", at("netbios")),
    number: numberAt(connection, "number", path),
    name: textAt(connection, "name", path),
    guid: readable([member(connection, "guid")], guidField, path).map(({ value }) => ({ value, path: at("guid") }))[0],
    userMacs: readable(member(mac, "user"), macField, at("mac", "user")),
    leftOut: readable(member(connection, "leftOut"), z.string(), at("leftOut")),
    rawNames: isObject(raw) ? Object.keys(raw).map((value) => ({ value, path: at("raw", value) })) : [],
  };
}

function readable<Schema extends z.ZodType>(
  list: unknown,
  schema: Schema,
  path: JsonPath,
): readonly Placed<z.output<Schema>>[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [{ value: parsed.data, path: [...path, index] }] : [];
  });
}

function textAt(object: unknown, name: string, path: JsonPath): Placed<string> | undefined {
  const value = member(object, name);
  return typeof value === "string" ? { value, path: [...path, name] } : undefined;
}

function numberAt(object: unknown, name: string, path: JsonPath): Placed<number> | undefined {
  const value = member(object, name);
  return typeof value === "number" ? { value, path: [...path, name] } : undefined;
}
