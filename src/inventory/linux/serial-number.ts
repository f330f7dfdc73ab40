/** The serial number that a PCI Express card keeps in its configuration space, and the instance ID that Windows makes of it. */
import { attributeSize, binaryAttribute } from "./sysfs.ts";

/** PCI Express' configuration space; conventional PCI's is 256 bytes and has no extended capabilities. */
const CONFIGURATION_SIZE = 4096;

/** Where extended capabilities begin, and the number of "Device Serial Number" (include/uapi/linux/pci_regs.h). */
const FIRST_CAPABILITY = 0x100;
const DEVICE_SERIAL_NUMBER = 0x0003;

export type SerialNumber =
  /** Sixteen hexadecimal digits, the upper half first. */
  | { readonly kind: "known"; readonly digits: string }
  | { readonly kind: "none" }
  /** Linux shows more than the first 64 bytes to root only. */
  | { readonly kind: "not-permitted" };

/** `path` is the device's directory. */
export function readSerialNumber(path: string): SerialNumber {
  return serialNumberIn(binaryAttribute(path, "config", CONFIGURATION_SIZE), attributeSize(path, "config"));
}

/** `bytes` are those that this user gets to see of a configuration space of that size. */
export function serialNumberIn(bytes: Uint8Array | undefined, sizeBytes: number | undefined): SerialNumber {
  if (bytes === undefined || sizeBytes !== CONFIGURATION_SIZE) return { kind: "none" };
  if (bytes.length < CONFIGURATION_SIZE) return { kind: bytes.length <= 64 ? "not-permitted" : "none" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offset = findCapability(view);
  if (offset === undefined) return { kind: "none" };
  const digits = [offset + 8, offset + 4].map((at) => view.getUint32(at, true).toString(16).padStart(8, "0")).join("");
  return /^(?:0+|f+)$/.test(digits) ? { kind: "none" } : { kind: "known", digits: digits.toUpperCase() };
}

/** Each header is a number (16 bits), a version (4) and the place of the next (12). */
function findCapability(view: DataView): number | undefined {
  const seen = new Set<number>();
  for (let offset = FIRST_CAPABILITY; offset >= FIRST_CAPABILITY && offset <= CONFIGURATION_SIZE - 12; ) {
    if (offset % 4 !== 0 || seen.has(offset)) return undefined;
    seen.add(offset);
    const header = view.getUint32(offset, true);
    if ((header & 0xffff) === DEVICE_SERIAL_NUMBER) return offset;
    offset = header >>> 20;
  }
  return undefined;
}

/**
 * `PCI\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00\000C29FFFF661AA200`: serial number and function, as hives of 10 have it. Windows
 * uses it where the firmware leaves PCI Express to it (Microsoft KB 2621024).
 */
export function serialInstanceId(hardwareId: string, digits: string, deviceFunction: number): string {
  return `${hardwareId}\\${digits}${deviceFunction.toString(16).toUpperCase().padStart(2, "0")}`;
}
