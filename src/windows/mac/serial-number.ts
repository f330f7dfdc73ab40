/** Derives a MAC address from the PCI Express serial number in a device's instance ID, for the vendors that are known to put it there. */
import { fromHex } from "../../bytes/hex.ts";
import { type MacAddress, macOfBytes } from "../../notation/mac.ts";

/** Sixteen digits of serial number and two of PCI function. */
const SERIAL_NUMBER_ID = /^PCI\\VEN_([0-9A-F]{4})&[^\\]*\\([0-9A-F]{16})([0-9A-F]{2})$/i;

/** The serial number's eight bytes, highest first, and the device's function number. */
type VendorRule = (serial: Uint8Array, deviceFunction: number) => readonly number[] | undefined;

const VENDOR_RULES: ReadonlyMap<string, VendorRule> = new Map([
  ["8086", intel],
  ["14E4", broadcom],
  ["15AD", vmware],
]);

/**
 * `uniqueId` is bit 0x10 of the device's capabilities: without it the last part of the instance ID is no serial number but a place. Vendors without a
 * rule get no address; Realtek's serial number (01000000684CE000) is the same on every card. An address found so can belong to a card that was
 * replaced: Windows 7 with KB 2550978 keeps the old instance ID when the same model sits in the same slot.
 */
export function macOfSerialNumber(instanceId: string, uniqueId: boolean): MacAddress | undefined {
  const match = uniqueId ? SERIAL_NUMBER_ID.exec(instanceId) : null;
  const [, vendor = "", serialDigits = "", functionDigits = ""] = match ?? [];
  const serial = fromHex(serialDigits);
  if (serial === undefined || serial.length === 0) return undefined;
  const bytes = VENDOR_RULES.get(vendor.toUpperCase())?.(serial, Number.parseInt(functionDigits, 16));
  const mac = bytes === undefined ? undefined : macOfBytes(Uint8Array.from(bytes));
  return mac === undefined || isLocallyAdministered(mac) ? undefined : mac;
}

/** A card's own address is its maker's: with this bit the serial number was no address after all. */
function isLocallyAdministered(mac: MacAddress): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 2) !== 0;
}

/**
 * `000C29FFFF661AA2` is 00-0C-29-66-1A-A2 (seen in hives of 10, beside the address itself). All functions of a card share one serial number, and what
 * the others' addresses are is not written anywhere: only function 0 is read.
 */
function intel(serial: Uint8Array, deviceFunction: number): readonly number[] | undefined {
  const [a, b, c, filler1, filler2, d, e, f] = serial;
  if (deviceFunction !== 0 || filler1 !== 0xff || filler2 !== 0xff) return undefined;
  return sixOf([a, b, c, d, e, f]);
}

/** `0000204747907842` is 20-47-47-90-78-42; every function has its own (GLPI agent's inventories). */
function broadcom(serial: Uint8Array): readonly number[] | undefined {
  const [filler1, filler2, ...address] = serial;
  return filler1 === 0 && filler2 === 0 ? sixOf(address) : undefined;
}

/** `FF565000BB0895FE` is 00-50-56-95-08-BB: the address with FF FE in its middle, the bytes of each half reversed (vmxnet3). */
function vmware(serial: Uint8Array): readonly number[] | undefined {
  const [filler1, c, b, a, f, e, d, filler2] = serial;
  return filler1 === 0xff && filler2 === 0xfe ? sixOf([a, b, c, d, e, f]) : undefined;
}

function sixOf(bytes: readonly (number | undefined)[]): readonly number[] {
  return bytes.map((byte) => byte ?? 0);
}
