/** The targets of a plan: which interfaces of the image may get a source's settings, in which order, and why others may not. */
import type { InventoryAdapter } from "../../inventory/model.ts";
import type { Match, MatchedConnection } from "../../match/model.ts";
import { FOUNDED_WORDS } from "../../match/founded.ts";
import { macsOfAdapter } from "../../match/relation.ts";
import { isShareOf } from "../../match/twins.ts";
import { addressText } from "../../notation/ipv4.ts";
import type { MacAddress } from "../../notation/mac.ts";
import { comparePciLocations, type PciLocation } from "../../notation/pci-location.ts";
import { isManagementController } from "../../windows/adapters/known-devices.ts";
import { connectionText, endOfConnection, endOfNewAdapter } from "./end.ts";
import type { PlanEnd } from "../model.ts";

export type Target =
  | {
      readonly kind: "interface";
      readonly end: PlanEnd;
      readonly macs: readonly MacAddress[];
      readonly matched: MatchedConnection;
    }
  /** The inventory has it, and Windows has no interface for it yet. */
  | {
      readonly kind: "new-adapter";
      readonly end: PlanEnd;
      readonly macs: readonly MacAddress[];
      readonly adapter: InventoryAdapter;
    };

export interface Targets {
  /** Those that may be written to. */
  readonly interfaces: readonly Target[];
  readonly newAdapters: readonly Target[];
}

export function targetsOf(match: Match, excluded: ReadonlySet<MatchedConnection>): Targets {
  const eligible = match.connections.filter(
    (matched) => !excluded.has(matched) && whyNotChosen(matched, match) === undefined,
  );
  return {
    interfaces: eligible.toSorted(compareInterfaces).map(targetOfConnection),
    newAdapters: match.newAdapters
      .filter((adapter) => isEthernet(adapter) && !isManagementController(adapter))
      .toSorted(compareNewAdapters)
      .map(targetOfNewAdapter),
  };
}

/** Wi-Fi is no target, whether Windows knows it or not; what the inventory does not say is taken for Ethernet. */
export function isEthernet({ kind }: InventoryAdapter): boolean {
  return kind !== "wifi";
}

/** What keeps the interface from being a target, as the end of "because ..."; undefined when nothing does. */
export function whyNoTarget(
  { connection, presence, adapter: found }: MatchedConnection,
  match: Match,
): string | undefined {
  const { adapter, settings, hasInterfaceKey } = connection;
  if (adapter === undefined || presence.verdict === "orphan")
    return `its adapter is not part of the machine: ${presence.reason}`;
  if (!adapter.physical) return `it is no physical adapter (${adapter.kind})`;
  if (adapter.kind === "wifi") return "it is a Wi-Fi adapter";
  if (presence.verdict === "unknown")
    return `it cannot be told whether its adapter is part of the machine: ${presence.reason}`;
  if (match.byInventory && found === undefined) return "the inventory does not have its adapter";
  if (adapter.disabled) return "it is disabled in Windows";
  if (!adapter.boundToTcpip) {
    return adapter.memberOf === undefined
      ? "TCP/IP is not bound to it"
      : `it carries a ${FOUNDED_WORDS[adapter.memberOf]}, and TCP/IP is bound to that`;
  }
  if (!hasInterfaceKey) return "Windows keeps no TCP/IP settings for it yet";
  if (settings.ipv4.mode === "static")
    return `it is static already (${addressesText(connection.settings.ipv4.addresses)})`;
  if (settings.ipv4.addresses.length > 0)
    return `it has addresses of its own although DHCP is on (${addressesText(settings.ipv4.addresses)})`;
  if (settings.ipv6.addresses.length > 0)
    return `it has static IPv6 addresses of its own (${addressesText(settings.ipv6.addresses)})`;
  return undefined;
}

/** What keeps the interface from being chosen for a source, as the end of "because ...": it is no target, or one that only `--map` may name. */
export function whyNotChosen(matched: MatchedConnection, match: Match): string | undefined {
  const why = whyNoTarget(matched, match);
  if (why !== undefined) return why;
  const { adapter } = matched.connection;
  if (adapter?.kind === "management-controller")
    return "it leads to the server's management controller only (--map can name it all the same)";
  if (adapter?.startsAtBoot === true)
    return "Windows starts its driver at boot, as for booting over the network (iSCSI), where the firmware gives it its address (--map can name it all the same)";
  if (isShareOf(matched, match.connections))
    return "it is a virtual function behind a synthetic adapter with the same MAC address, which has the settings (--map can name it all the same)";
  return undefined;
}

export function targetOfConnection(matched: MatchedConnection): Target {
  return { kind: "interface", end: endOfConnection(matched), macs: macsOfConnection(matched), matched };
}

export function targetOfNewAdapter(adapter: InventoryAdapter): Target {
  return { kind: "new-adapter", end: endOfNewAdapter(adapter), macs: macsOfAdapter(adapter), adapter };
}

/** What the hive and the inventory know; XP and 2003 keep none in the hive. */
export function macsOfConnection({ connection, adapter }: MatchedConnection): readonly MacAddress[] {
  return [...macsOfAdapter(connection), ...(adapter === undefined ? [] : macsOfAdapter(adapter.inventory))];
}

export function targetText(target: Target): string {
  return target.kind === "interface"
    ? connectionText(target.matched)
    : (target.end.description ?? target.end.mac ?? "an adapter of the inventory");
}

export function locationOf(target: Target): PciLocation | undefined {
  if (target.kind === "new-adapter") return target.adapter.location;
  return target.matched.adapter?.inventory.location ?? target.matched.connection.adapter?.location;
}

/** Whether both are the same interface, or the same adapter of the inventory. */
export function isSameTarget(left: Target, right: Target): boolean {
  if (left.kind === "interface") return right.kind === "interface" && left.matched === right.matched;
  return right.kind === "new-adapter" && left.adapter === right.adapter;
}

/** By bus, device and function; what has none comes after; then by class key, which every adapter has for itself. */
function compareInterfaces(left: MatchedConnection, right: MatchedConnection): number {
  return (
    compareLocations(locationOf(targetOfConnection(left)), locationOf(targetOfConnection(right))) ||
    compareTexts(left.connection.adapter?.classKey ?? "", right.connection.adapter?.classKey ?? "") ||
    compareTexts(left.connection.guid, right.connection.guid)
  );
}

function compareNewAdapters(left: InventoryAdapter, right: InventoryAdapter): number {
  return (
    compareLocations(left.location, right.location) ||
    compareTexts(left.mac.permanent ?? left.mac.current ?? "", right.mac.permanent ?? right.mac.current ?? "") ||
    compareTexts(JSON.stringify(left.hardwareIds), JSON.stringify(right.hardwareIds))
  );
}

export function compareLocations(left: PciLocation | undefined, right: PciLocation | undefined): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  return comparePciLocations(left, right);
}

/** By code unit: the same order on every machine. */
function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function addressesText(addresses: readonly { readonly address: string; readonly prefixLength: number }[]): string {
  return addresses.length === 0 ? "without an address" : addresses.map(addressText).join(", ");
}
