/** Which bus a network device of /sys sits on, as far as it matters to Windows. */
import { basename, dirname } from "node:path";
import { type PciDevice, readPciDevice } from "./pci.ts";
import { attribute, linkName, withParents } from "./sysfs.ts";

export interface BusPlace {
  /** The subsystem's name: pci, usb, vmbus, xen, platform... */
  readonly bus: string;
  /** The device on that bus. */
  readonly path: string;
  readonly pci: PciDevice | undefined;
  /** Derived: what Windows makes of a serial number (PCI) or of the host's own number for the device (VMBUS). */
  readonly instanceId: string | undefined;
  /** Made here for buses other than PCI; empty where Windows' names for them are not known. */
  readonly hardwareIds: readonly string[];
}

/** Buses that exist only inside a device: the device itself is on the bus above them. */
const INNER_BUSES: ReadonlySet<string> = new Set(["virtio", "auxiliary", "bcma", "ssb", "net"]);

/** From a network interface's `device`; undefined when no directory above it belongs to a bus. */
export function busPlaceOf(device: string): BusPlace | undefined {
  for (const path of withParents(device)) {
    const bus = linkName(path, "subsystem");
    if (bus === undefined || INNER_BUSES.has(bus)) continue;
    const pci = bus === "pci" ? readPciDevice(path) : undefined;
    const hardwareIds = pci?.hardwareIds ?? hardwareIdsOn(bus, path);
    return { bus, path, pci, hardwareIds, instanceId: pci?.instanceId ?? vmbusInstanceId(bus, path, hardwareIds) };
  }
  return undefined;
}

function hardwareIdsOn(bus: string, path: string): readonly string[] {
  if (bus === "usb") return usbHardwareIds(path);
  const classId = bus === "vmbus" ? attribute(path, "class_id") : undefined;
  return classId === undefined ? [] : [`VMBUS\\${classId.toLowerCase()}`];
}

/** `VMBUS\{f8615163-...}\{...}`: the directory is named by the instance that the host offers, and so is Windows' device (inventories that GLPI collects). */
function vmbusInstanceId(bus: string, path: string, [hardwareId]: readonly string[]): string | undefined {
  const instance = basename(path);
  return bus === "vmbus" && hardwareId !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(instance)
    ? `${hardwareId}\\{${instance.toLowerCase()}}`
    : undefined;
}

/** Microsoft's "Standard USB Identifiers"; a device with several interfaces is a device for each in Windows. */
function usbHardwareIds(path: string): readonly string[] {
  const interfaceNumber = attribute(path, "bInterfaceNumber");
  const device = interfaceNumber === undefined ? path : dirname(path);
  const [vendor, product, revision] = ["idVendor", "idProduct", "bcdDevice"].map((name) =>
    attribute(device, name)?.toUpperCase(),
  );
  if (vendor === undefined || product === undefined) return [];
  const isOneOfSeveral = interfaceNumber !== undefined && Number(attribute(device, "bNumInterfaces")) > 1;
  const part = isOneOfSeveral ? `&MI_${interfaceNumber}` : "";
  const id = `USB\\VID_${vendor}&PID_${product}`;
  return revision === undefined ? [`${id}${part}`] : [`${id}&REV_${revision}${part}`, `${id}${part}`];
}
