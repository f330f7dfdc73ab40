/** Writes the IPv4 settings into an interface's Tcpip key and into the mirror of it that XP to 8.1 keep. */
import type { Warning } from "../../exit/warning.ts";
import { maskOfPrefixLength } from "../../notation/ipv4.ts";
import type { ConnectionSettings, Ipv4Settings } from "../model/settings.ts";
import { tcpipInterfaceKey, tcpipMirrorKey } from "../registry-paths.ts";
import { IPV4_VALUES, NO_ADDRESS } from "../settings/interface-values.ts";
import { dword, text, texts } from "./data.ts";
import { existingKey, type InterfacePlace } from "./place.ts";
import { writeRawSettings } from "./raw-settings.ts";

/** What a DHCP client leaves behind; no static interface in the 2003 and 7 hives that were read has them. Leases stay there, and so here. */
export const DHCP_RESIDUE = [
  "DhcpIPAddress",
  "DhcpSubnetMask",
  "DhcpNameServer",
  "DhcpDefaultGateway",
  "DhcpSubnetMaskOpt",
  "DhcpDomain",
  "DhcpInterfaceOptions",
  "DhcpNetworkHint",
  "IPAutoconfigurationAddress",
  "IPAutoconfigurationMask",
  "IPAutoconfigurationSeed",
] as const;

/** What DhcpServer says in a static interface (seen in 2003 and 7 hives). */
const NO_DHCP_SERVER = "255.255.255.255";

/** What a static interface of 2003 keeps in the mirror (seen in a 2003 hive); one of 7 has nothing of DHCP there. */
const MIRROR_PLACEHOLDERS: ReadonlyMap<string, string> = new Map([
  ["DhcpIPAddress", NO_ADDRESS],
  ["DhcpSubnetMask", "255.0.0.0"],
]);

const NO_SETTINGS: Ipv4Settings = { mode: "dhcp", addresses: [], gateways: [], dnsServers: [] };

/** Makes the interface what `settings` say, static or DHCP. Its Tcpip key must exist. */
export function writeTcpip(place: InterfacePlace, settings: ConnectionSettings): Warning[] {
  const key = existingKey(place, tcpipInterfaceKey(place.guid));
  if (key === undefined) throw new Error(`${place.guid} has no Tcpip key in control set ${place.controlSet}`);
  const { draft } = place;
  const { ipv4 } = settings;
  writeInterfaceKey(place, key, ipv4);
  draft.set(key, IPV4_VALUES.dnsSuffix, text(ipv4.dnsSuffix ?? ""));
  writeOptional(place, key, IPV4_VALUES.interfaceMetric, ipv4.interfaceMetric);
  writeOptional(place, key, IPV4_VALUES.mtu, ipv4.mtu);
  writeMirrorKey(place, ipv4);
  return writeRawSettings(place, key, settings.raw);
}

/** Takes addresses, gateways and DNS servers away, as choosing DHCP in Windows does; everything else stays. */
export function clearTcpip(place: InterfacePlace): void {
  const key = existingKey(place, tcpipInterfaceKey(place.guid));
  if (key !== undefined) writeInterfaceKey(place, key, NO_SETTINGS);
  writeMirrorKey(place, NO_SETTINGS);
}

function writeInterfaceKey(place: InterfacePlace, key: string, ipv4: Ipv4Settings): void {
  const { draft } = place;
  writeAddresses(place, key, ipv4);
  // Always beside a gateway, "0" for automatic: without it Windows takes metric 1 (kubev2v/forklift #1903, #6465).
  writeList(
    place,
    key,
    IPV4_VALUES.gatewayMetrics,
    ipv4.gateways.map(({ metric }) => String(metric)),
  );
  draft.set(key, IPV4_VALUES.dnsServers, text(ipv4.dnsServers.join(",")));
  if (ipv4.mode === "dhcp") return;
  for (const name of DHCP_RESIDUE) draft.delete(key, name);
  if (draft.value(key, "DhcpServer") !== undefined) draft.set(key, "DhcpServer", text(NO_DHCP_SERVER));
  // 0 in both static interfaces of a Windows 7 SP1 hive; that another number is an automatic private address is not confirmed.
  if (draft.value(key, "AddressType") !== undefined) draft.set(key, "AddressType", dword(0));
}

/** `Services\{GUID}\Parameters\Tcpip`: where it is missing it is not made. */
function writeMirrorKey(place: InterfacePlace, ipv4: Ipv4Settings): void {
  const key = existingKey(place, tcpipMirrorKey(place.guid));
  if (key === undefined) return;
  writeAddresses(place, key, ipv4);
  if (ipv4.mode === "dhcp") return;
  for (const name of DHCP_RESIDUE) {
    const placeholder = place.family === "xp" ? MIRROR_PLACEHOLDERS.get(name) : undefined;
    if (placeholder === undefined) place.draft.delete(key, name);
    else if (place.draft.value(key, name) !== undefined) place.draft.set(key, name, text(placeholder));
  }
}

/** What the interface key and its mirror have in common: parallel lists of addresses and masks, and the gateways. */
function writeAddresses(place: InterfacePlace, key: string, { mode, addresses, gateways }: Ipv4Settings): void {
  place.draft.set(key, IPV4_VALUES.enableDhcp, dword(mode === "static" ? 0 : 1));
  const masks = addresses.map(({ prefixLength }) => maskOfPrefixLength(prefixLength));
  writeList(
    place,
    key,
    IPV4_VALUES.addresses,
    addresses.map(({ address }) => address),
    [NO_ADDRESS],
  );
  writeList(place, key, IPV4_VALUES.masks, masks, [NO_ADDRESS]);
  writeList(
    place,
    key,
    IPV4_VALUES.gateways,
    gateways.map(({ address }) => address),
  );
}

/** XP and 2003 keep a placeholder or an empty list where later ones have no value at all. */
function writeList(
  place: InterfacePlace,
  key: string,
  name: string,
  list: readonly string[],
  xpPlaceholder: readonly string[] = [],
): void {
  if (list.length > 0) place.draft.set(key, name, texts(list));
  else if (place.family === "xp") place.draft.set(key, name, texts(xpPlaceholder));
  else place.draft.delete(key, name);
}

function writeOptional({ draft }: InterfacePlace, key: string, name: string, value: number | undefined): void {
  if (value === undefined) draft.delete(key, name);
  else draft.set(key, name, dword(value));
}
