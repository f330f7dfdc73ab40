/** What a connection means that does not say its mode or what to do with it. */
import { SETUP_VALUES } from "../windows/settings/interface-values.ts";
import type { ApplyChoice } from "./model.ts";
import { isObject, listLength, member } from "../document/written.ts";

/** Static when the document says so, or says nothing of it but has an address or a gateway. */
export function modeOf(ipv4: unknown): "static" | "dhcp" {
  const mode = member(ipv4, "mode");
  if (mode === "static" || mode === "dhcp") return mode;
  return listLength(member(ipv4, "addresses")) + listLength(member(ipv4, "gateways")) > 0 ? "static" : "dhcp";
}

/** What the document says; else "dhcp" for a connection that has nothing but DHCP, and "move" for every other. */
export function applyOf(connection: unknown, mode: "static" | "dhcp"): ApplyChoice {
  const apply = member(connection, "apply");
  if (apply === "move" || apply === "dhcp" || apply === "skip") return apply;
  return mode === "static" || hasSettingsOfItsOwn(connection) ? "move" : "dhcp";
}

/** Whether a DHCP connection has anything that a new adapter would not have without being told. */
export function hasSettingsOfItsOwn(connection: unknown): boolean {
  const ipv4 = Object.entries(objectAt(connection, "ipv4")).filter(([name]) => name !== "mode");
  const netbios = Object.entries(objectAt(connection, "netbios")).filter(([, value]) => value !== AS_DHCP_SAYS);
  const raw = Object.entries(objectAt(connection, "raw")).filter(([name, value]) => !isSetupValue(name, value));
  const ipv6 = Object.entries(objectAt(connection, "ipv6")).filter(
    ([name, value]) => name !== "dhcp" || value === false,
  );
  const doh = Object.entries(objectAt(connection, "dnsOverHttps"));
  return [...ipv4, ...ipv6, ...netbios, ...raw, ...doh].some(([, value]) => value !== undefined && !isEmptyList(value));
}

/** NetbiosOptions 0 (Microsoft, unattend reference, "Microsoft-Windows-NetBT"): what Setup writes for every interface. */
const AS_DHCP_SAYS = 0;

function isSetupValue(name: string, value: unknown): boolean {
  const usual = SETUP_VALUES.find((known) => known.name.toLowerCase() === name.toLowerCase())?.value.data;
  return usual !== undefined && JSON.stringify(member(value, "data")) === JSON.stringify(usual);
}

function objectAt(object: unknown, name: string): object {
  const value = member(object, name);
  return isObject(value) ? value : {};
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
