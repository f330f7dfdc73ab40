/** Compares what two sides say a device is, by the vendor, device, subsystem and revision in their PnP hardware IDs. */

/** same: every part agrees and all are known; alike: nothing disagrees, but not all is known; unknown: nothing to compare. */
export type DeviceComparison = "same" | "alike" | "different" | "unknown";

/** Buses of which a device is on one only. Others (`B06BDRV`, `MLX4`) are vendors' own, on top of PCI. */
const EXCLUSIVE_BUSES: ReadonlySet<string> = new Set(["PCI", "USB", "VMBUS", "PCMCIA"]);

/** The parts that tell one model from another ("Identifiers for PCI Devices", "Standard USB Identifiers", Microsoft's driver documentation). */
const PARTS = ["VEN", "DEV", "SUBSYS", "REV", "VID", "PID", "MI"] as const;

/** A PCI device's model is only known for sure with all four. */
const WHOLE_PCI_MODEL = ["VEN", "DEV", "SUBSYS", "REV"] as const;

interface DeviceModel {
  readonly bus: string;
  readonly parts: ReadonlyMap<string, string>;
}

export function compareDevices(left: readonly string[], right: readonly string[]): DeviceComparison {
  const [one, other] = [modelOf(left), modelOf(right)];
  if (one === undefined || other === undefined) return "unknown";
  if (one.bus !== other.bus) {
    return EXCLUSIVE_BUSES.has(one.bus) && EXCLUSIVE_BUSES.has(other.bus) ? "different" : "unknown";
  }
  const shared = PARTS.filter((part) => one.parts.has(part) && other.parts.has(part));
  if (shared.some((part) => one.parts.get(part) !== other.parts.get(part))) return "different";
  if (shared.length === 0) return "unknown";
  return WHOLE_PCI_MODEL.every((part) => shared.includes(part)) ? "same" : "alike";
}

/** Hardware IDs go from the most to the least specific; together they say one model. Compatible classes (`CC_0200`) say none. */
function modelOf(hardwareIds: readonly string[]): DeviceModel | undefined {
  const [first] = hardwareIds;
  if (first === undefined) return undefined;
  const bus = busOf(first);
  const parts = new Map<string, string>();
  for (const id of hardwareIds.filter((candidate) => busOf(candidate) === bus)) {
    for (const [, name = "", value = ""] of id.toUpperCase().matchAll(/[\\&]([A-Z]+)_([0-9A-Z]+)/g)) {
      if (!parts.has(name)) parts.set(name, value);
    }
  }
  return { bus, parts };
}

function busOf(hardwareId: string): string {
  return (hardwareId.split("\\")[0] ?? "").toUpperCase();
}
