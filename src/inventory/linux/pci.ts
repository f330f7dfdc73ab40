/** A PCI device of /sys as Windows would name it: hardware IDs and location. */
import { basename } from "node:path";
import type { PciLocation } from "../../notation/pci-location.ts";
import { readSerialNumber, serialInstanceId } from "./serial-number.ts";
import { attribute, namesIn, numberAttribute, target } from "./sysfs.ts";

export interface PciDevice {
  /** `0000:03:00.0`, as Linux names it. */
  readonly name: string;
  /** Its directory below /sys/devices. */
  readonly path: string;
  /** PCI domain; 0 on nearly every machine. */
  readonly segment: number;
  readonly location: PciLocation;
  /** Base class, subclass and programming interface: 0x020000 is Ethernet. */
  readonly classCode: number;
  readonly hardwareIds: readonly string[];
  /** Windows' word for its place, which does not depend on bus numbers; only where it is known how Windows writes it. */
  readonly locationPath: string | undefined;
  /** Derived: the instance ID that Windows makes of its serial number. */
  readonly instanceId: string | undefined;
  /** It may have a serial number, which only root may read. */
  readonly isSerialHidden: boolean;
  /** A virtual function of another device: only this Linux has switched it on. */
  readonly isVirtualFunction: boolean;
}

const PCI_NAME = /^([0-9a-f]{4,8}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i;

const NETWORK_CONTROLLER = 0x02;

/** PCI's word for network controllers that are neither Ethernet nor one of the old kinds; Wi-Fi cards have it. */
const OTHER_NETWORK_CLASS = 0x0280;

/** Undefined when the directory is not that of a PCI device. */
export function readPciDevice(path: string): PciDevice | undefined {
  const match = PCI_NAME.exec(basename(path));
  const [segment, bus, device, deviceFunction] = (match?.slice(1) ?? []).map((digits) => Number.parseInt(digits, 16));
  if (segment === undefined || bus === undefined || device === undefined || deviceFunction === undefined)
    return undefined;
  const classCode = numberAttribute(path, "class") ?? 0;
  const hardwareIds = hardwareIdsOf(path, classCode);
  const serial = readSerialNumber(path);
  return {
    name: basename(path),
    path,
    segment,
    location: { bus, device, function: deviceFunction },
    classCode,
    hardwareIds,
    locationPath: locationPathOf(path),
    instanceId: serial.kind === "known" ? instanceIdOf(hardwareIds, serial.digits, deviceFunction) : undefined,
    isSerialHidden: serial.kind === "not-permitted",
    isVirtualFunction: target(`${path}/physfn`) !== undefined,
  };
}

/** The first part is the whole model: without subsystem and revision it is not known what Windows calls the device. */
function instanceIdOf([first]: readonly string[], digits: string, deviceFunction: number): string | undefined {
  return first !== undefined && /&SUBSYS_.*&REV_/.test(first)
    ? serialInstanceId(first, digits, deviceFunction)
    : undefined;
}

/**
 * `PCIROOT(0)#PCI(1500)#PCI(0000)`: device and function of every bridge above it and of itself, as in hives of 8.1 and 10. How Windows numbers other
 * roots than that of bus 0 has not been seen.
 */
function locationPathOf(path: string): string | undefined {
  const [, root, below = ""] = /\/(pci[0-9a-f]{4}:[0-9a-f]{2})\/(.*)$/i.exec(path) ?? [];
  if (root !== "pci0000:00") return undefined;
  const parts = below.split("/").map((name) => PCI_NAME.exec(name));
  if (parts.some((part) => part === null)) return undefined;
  const steps = parts.map((part) => `PCI(${part?.[3]?.toUpperCase()}0${part?.[4]})`);
  return ["PCIROOT(0)", ...steps].join("#");
}

/** All of base class 02, in the order of their names. */
export function networkPciDevices(sysRoot: string): readonly PciDevice[] {
  const directory = `${sysRoot}/bus/pci/devices`;
  return namesIn(directory)
    .map((name) => target(`${directory}/${name}`))
    .flatMap((path) => (path === undefined ? [] : (readPciDevice(path) ?? [])))
    .filter(({ classCode }) => classCode >>> 16 === NETWORK_CONTROLLER);
}

export function isOtherNetworkClass({ classCode }: PciDevice): boolean {
  return classCode >>> 8 === OTHER_NETWORK_CLASS;
}

/**
 * Microsoft's "Identifiers for PCI Devices", from the most to the least specific. (XP, 7 and 10 keep the third and fourth under
 * CompatibleIDs, as their hives show; the documentation lists them here.)
 */
function hardwareIdsOf(path: string, classCode: number): readonly string[] {
  const [vendor, device] = [hexAttribute(path, "vendor", 4), hexAttribute(path, "device", 4)];
  if (vendor === undefined || device === undefined) return [];
  const id = `PCI\\VEN_${vendor}&DEV_${device}`;
  const [subsystem, subsystemVendor] = [
    hexAttribute(path, "subsystem_device", 4),
    hexAttribute(path, "subsystem_vendor", 4),
  ];
  const subsys =
    subsystem === undefined || subsystemVendor === undefined
      ? undefined
      : `${id}&SUBSYS_${subsystem}${subsystemVendor}`;
  const revision = hexAttribute(path, "revision", 2);
  const kind = classCode.toString(16).toUpperCase().padStart(6, "0");
  return [
    subsys && revision && `${subsys}&REV_${revision}`,
    subsys,
    revision && `${id}&REV_${revision}`,
    id,
    `${id}&CC_${kind}`,
    `${id}&CC_${kind.slice(0, 4)}`,
  ].filter((each) => each !== undefined);
}

function hexAttribute(path: string, name: string, digitCount: number): string | undefined {
  const text = attribute(path, name);
  return text !== undefined && /^0x[0-9a-f]+$/i.test(text)
    ? text.slice(2).toUpperCase().padStart(digitCount, "0")
    : undefined;
}
