/** What one interface's adapter and one inventory adapter have to do with each other: the same device, another, or possibly the same. */
import type { InventoryAdapter } from "../inventory/model.ts";
import type { MacAddress } from "../notation/mac.ts";
import type { WindowsAdapter, WindowsConnection, WindowsFamily } from "../windows/model/windows.ts";
import { compareDevices, type DeviceComparison } from "./hardware-id.ts";
import type { RecognisedBy } from "./model.ts";
import { comparePlaces, type PlaceComparison } from "./place.ts";

/** Why a pair is taken for one device, strongest first: what the stages of the recognition go by. */
export const GROUNDS = ["serial-number", "permanent-mac", "other-mac", "hardware-id-and-location"] as const;

export type Ground = (typeof GROUNDS)[number];

export const RECOGNISED_BY: Readonly<Record<Ground, RecognisedBy>> = {
  "serial-number": "serial-number",
  "permanent-mac": "mac",
  "other-mac": "mac",
  "hardware-id-and-location": "hardware-id-and-location",
};

export type Relation =
  /**
   * `confirmed`: model and slot agree too. `predicted`: it is not certain that Windows takes it for the adapter that it knew, because it is another
   * one of the same model in its slot, or because it may sit in another slot.
   */
  | { readonly kind: "same"; readonly ground: Ground; readonly confirmed: boolean; readonly predicted: boolean }
  /** `sharesMac`: and yet they have the same MAC address, as when a hypervisor keeps it for another model. */
  | { readonly kind: "different"; readonly sharesMac: boolean }
  /** Nothing says that they differ, and too little is known to say that they are the same. */
  | { readonly kind: "possible" };

interface Comparison {
  readonly adapter: WindowsAdapter;
  readonly serial: "same" | "different" | "unknown";
  readonly mac: "permanent" | "other" | "different" | "unknown";
  readonly device: DeviceComparison;
  readonly place: PlaceComparison;
  readonly family: WindowsFamily;
}

/** Undefined for a connection whose adapter Windows no longer has. */
export function relationOf(
  connection: WindowsConnection,
  inventory: InventoryAdapter,
  family: WindowsFamily,
): Relation | undefined {
  const { adapter } = connection;
  if (adapter === undefined) return undefined;
  if (isOfOtherKind(adapter, inventory, family)) return { kind: "different", sharesMac: false };
  return judge({
    adapter,
    serial: compareSerials(adapter, inventory.instanceId),
    mac: compareMacs(connection, inventory),
    device: compareDevices(adapter.hardwareIds, inventory.hardwareIds),
    place: comparePlaces(adapter, inventory),
    family,
  });
}

/** XP and 2003 do not tell Wi-Fi from Ethernet for sure. */
function isOfOtherKind(adapter: WindowsAdapter, { kind }: InventoryAdapter, family: WindowsFamily): boolean {
  if (kind === undefined || family === "xp") return false;
  return (kind === "wifi") !== (adapter.kind === "wifi");
}

/**
 * Windows knows a device again by its instance ID. With a serial number in it (Microsoft, "Device Instance IDs": UniqueID) the slot does not
 * count; without one it is model and slot, and another MAC address makes no difference (KB 2621024).
 */
function judge(pair: Comparison): Relation {
  const { adapter, serial, mac, device, place } = pair;
  const sharesMac = mac === "permanent" || mac === "other";
  const isInSlot = place === "same" || place === "same-way";
  const confirmed = device === "same" && place === "same";
  const different: Relation = { kind: "different", sharesMac };
  if (serial === "same") return { kind: "same", ground: "serial-number", confirmed, predicted: false };
  if (device === "different") return different;
  const movedToAnotherSlot = !adapter.uniqueId && place === "different";
  if (sharesMac) {
    if (movedToAnotherSlot) return different;
    const predicted = !(adapter.uniqueId || isInSlot);
    return { kind: "same", ground: mac === "permanent" ? "permanent-mac" : "other-mac", confirmed, predicted };
  }
  if (device === "same" && isInSlot) return judgeSameSlot(pair, confirmed);
  if (mac === "different" || serial === "different" || movedToAnotherSlot) return different;
  return { kind: "possible" };
}

/** The same model sits in the same slot: the device that Windows knew, or one that replaced it. */
function judgeSameSlot({ adapter, serial, mac, family }: Comparison, confirmed: boolean): Relation {
  const isReplaced = adapter.uniqueId && (mac === "different" || serial === "different");
  if (!isReplaced) return { kind: "same", ground: "hardware-id-and-location", confirmed, predicted: true };
  // KB 2550978 and KB 2487376: Vista and 7 may keep the instance path for an adapter of the same model with another serial number.
  return family === "vista" || family === "7" ? { kind: "possible" } : { kind: "different", sharesMac: false };
}

/** Serial-number instance IDs are the same in every Windows on the same firmware; slot instance IDs are not, and are never compared. */
function compareSerials(adapter: WindowsAdapter, instanceId: string | undefined): Comparison["serial"] {
  if (!adapter.uniqueId || adapter.instanceId === undefined || instanceId === undefined) return "unknown";
  if (adapter.instanceId.toUpperCase() === instanceId.toUpperCase()) return "same";
  return isSlotInstance(instanceId) ? "unknown" : "different";
}

/** `3&61aaa01&0&A8` is a place below a parent; a bus-supplied serial number has no ampersand. */
function isSlotInstance(instanceId: string): boolean {
  return (instanceId.split("\\").at(-1) ?? "").includes("&");
}

function compareMacs({ mac }: WindowsConnection, inventory: InventoryAdapter): Comparison["mac"] {
  const theirs = macsOfAdapter(inventory);
  if (mac.permanent !== undefined && mac.permanent === (inventory.mac.permanent ?? inventory.mac.current))
    return "permanent";
  if ([mac.permanent, mac.current].some((own) => own !== undefined && theirs.includes(own))) return "other";
  return mac.permanent !== undefined && theirs.length > 0 ? "different" : "unknown";
}

/** The permanent one first; one that is both stands once. */
export function macsOfAdapter({ mac }: Pick<InventoryAdapter, "mac">): MacAddress[] {
  return [...new Set([mac.permanent, mac.current])].filter((address) => address !== undefined);
}
