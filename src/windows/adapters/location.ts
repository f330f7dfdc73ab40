/** Reads where a PCI device sits from what Windows keeps as its location text. */
import type { PciLocation } from "../../notation/pci-location.ts";
import { enumeratorOf } from "./devices.ts";

/** `@system32\drivers\pci.sys,#65536;PCI bus %1, device %2, function %3;(2,3,0)`: numbers at the end; seen in hives of 7 SP1 to 10. */
const WITH_ARGUMENTS = /\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)\s*$/;

/**
 * `PCI bus 1, device 12, function 0`: seen in hives of XP SP3 and 2003. The words are in the language of Windows; that the
 * last three numbers are in this order in every language is not confirmed.
 */
const PLAIN_TEXT = /(\d+)\D+(\d+)\D+(\d+)\D*$/;

/**
 * PCI Local Bus Specification: 256 buses to a segment, 32 devices to a bus, 8 functions to a device. A bus above 255 is
 * accepted: that Windows puts the segment above the bus number is not confirmed.
 */
const MAX_DEVICE = 31;
const MAX_FUNCTION = 7;

/** Undefined for a device that PCI did not find, or a text that does not say. */
export function parseLocation(text: string, instanceId: string): PciLocation | undefined {
  if (enumeratorOf(instanceId) !== "PCI") return undefined;
  // The numbers of placeholders (%1) are no place.
  const match = WITH_ARGUMENTS.exec(text) ?? PLAIN_TEXT.exec(text.replaceAll(/%\d/g, ""));
  if (match === null) return undefined;
  const [bus, device, deviceFunction] = match.slice(1).map(Number);
  if (bus === undefined || device === undefined || deviceFunction === undefined) return undefined;
  if (!Number.isSafeInteger(bus) || device > MAX_DEVICE || deviceFunction > MAX_FUNCTION) return undefined;
  return { bus, device, function: deviceFunction };
}
