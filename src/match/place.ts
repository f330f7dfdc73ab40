/** Compares where two sides say a device sits: by the way to it from the root of PCI, which does not depend on how buses are numbered. */
import type { PciLocation } from "../notation/pci-location.ts";

/**
 * same: the same slot; same-way: the same devices and functions on the way to it, from a root that is not known; other-bus: device and function
 * agree, but the bus has another number and the way is not known.
 */
export type PlaceComparison = "same" | "same-way" | "other-bus" | "different" | "unknown";

/** What either side knows of a device's place. */
export interface Place {
  readonly location?: PciLocation | undefined;
  readonly locationPaths?: readonly string[] | undefined;
  readonly instanceId?: string | undefined;
}

/** Firmware numbers the buses anew when hardware changes; devices and functions are wired, and so is the way to them. */
export function comparePlaces(left: Place, right: Place): PlaceComparison {
  const [one, other] = [pciPathOf(left), pciPathOf(right)];
  if (one !== undefined && other !== undefined) return one === other ? "same" : "different";
  const [way, otherWay] = [wayTo(left), wayTo(right)];
  if (way !== undefined && otherWay !== undefined) {
    if (way !== otherWay) return "different";
    return isSameBus(left.location, right.location) ? "same" : "same-way";
  }
  return compareLocations(left.location, right.location);
}

function compareLocations(left: PciLocation | undefined, right: PciLocation | undefined): PlaceComparison {
  if (left === undefined || right === undefined) return "unknown";
  if (left.device !== right.device || left.function !== right.function) return "different";
  return left.bus === right.bus ? "same" : "other-bus";
}

function isSameBus(left: PciLocation | undefined, right: PciLocation | undefined): boolean {
  return left !== undefined && left.bus === right?.bus;
}

/** `PCIROOT(0)#PCI(1500)#PCI(0000)`; a path by ACPI's names says the same in another way, and one that is made of both is of no use. */
const PCI_PATH = /^PCIROOT\([0-9A-F]+\)(?:#PCI\([0-9A-F]{4}\))+$/;

function pciPathOf({ locationPaths }: Place): string | undefined {
  return locationPaths?.map((path) => path.toUpperCase()).find((path) => PCI_PATH.test(path));
}

/** Device and function of every step, from the root: `A8.00` is device 21, function 0, and below it device 0, function 0. */
function wayTo(place: Place): string | undefined {
  const path = pciPathOf(place);
  return path === undefined ? wayOfInstance(place.instanceId ?? "") : wayOfPath(path);
}

function wayOfPath(path: string): string {
  const steps = [...path.matchAll(/#PCI\(([0-9A-F]{2})([0-9A-F]{2})\)/g)].map(([, device = "", part = ""]) => {
    const step = (Number.parseInt(device, 16) << 3) | (Number.parseInt(part, 16) & 7);
    return step.toString(16).toUpperCase().padStart(2, "0");
  });
  return steps.join(".");
}

/**
 * The last part of a slot's instance ID, `4&b70f118&0&0888`: device and function in one byte for each step, the device's own first. In
 * hives of 8.1 and 10, 98 of 98 such devices have it so, as their location paths say; XP and 7 have no location paths.
 */
function wayOfInstance(instanceId: string): string | undefined {
  const [, depth = "", digits = ""] = /^PCI\\[^\\]+\\(\d+)&[0-9a-f]+&\d+&((?:[0-9A-F]{2})+)$/i.exec(instanceId) ?? [];
  // Two steps lead to the root of PCI: the ACPI device and the root itself.
  if (digits === "" || digits.length !== 2 * (Number(depth) - 2)) return undefined;
  return (digits.toUpperCase().match(/../g) ?? []).reverse().join(".");
}
