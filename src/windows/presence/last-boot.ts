/** Finds when Windows last booted, by something that is written at every boot and at no other time. */
import type { Key } from "../../regf/index.ts";
import { LAST_ARRIVAL_DATE, readTimeProperty } from "../adapters/device-properties.ts";
import type { WindowsFamily } from "../model/windows.ts";
import { deviceInterfaceKey, deviceKey, ENUM_KEY, NDIS_LAN_INTERFACE_CLASS } from "../registry-paths.ts";

export interface LastBoot {
  /** FILETIME. */
  readonly time: bigint;
  /** The key or value that says so, for messages. */
  readonly from: string;
}

/** The ACPI HAL's own device: it has the same instance ID on every machine, so a move cannot leave a stale one behind. */
const ACPI_HAL_DEVICE = "ACPI_HAL\\PNP0C08\\0";

/** PCI root buses. A machine that Windows was moved from leaves its own behind: the latest counts. */
const PCI_ROOTS = ["ACPI\\PNP0A03", "ACPI\\PNP0A08"];

/** The software device enumerator, which cannot be stopped, registers as a network interface for RAS when it starts. */
const SOFTWARE_DEVICE_ENUMERATOR = "Root\\SYSTEM\\0000";

/**
 * Undefined when no such device is there. The volatile keys of later stages of the boot (Control\ComputerName) would tell the same in hives of XP, 7, 8.1
 * and 10, but a check of the disk comes before them: by their time every adapter could look like one that was gone.
 */
export function readLastBoot(controlSet: Key, family: WindowsFamily): LastBoot | undefined {
  return keepsArrivalDates(family) ? byArrival(controlSet) : byStart(controlSet);
}

/** Windows 8 and later write the time of arrival of every device that is found, at every boot. */
export function keepsArrivalDates(family: WindowsFamily): boolean {
  return family === "8" || family === "8.1" || family === "10";
}

/** In hives of 8.1 and 10 the HAL's and the PCI root's arrival are within two seconds, the adapters' within the next ten. */
function byArrival(controlSet: Key): LastBoot | undefined {
  const hal = arrivalOf(controlSet, ACPI_HAL_DEVICE);
  if (hal !== undefined) return hal;
  let latest: LastBoot | undefined;
  for (const deviceId of PCI_ROOTS) {
    for (const instance of controlSet.open(`${ENUM_KEY}\\${deviceId}`)?.subkeys() ?? []) {
      const found = arrivalOf(controlSet, `${deviceId}\\${instance.name}`);
      if (found !== undefined && (latest === undefined || found.time > latest.time)) latest = found;
    }
  }
  return latest;
}

function arrivalOf(controlSet: Key, instanceId: string): LastBoot | undefined {
  const device = controlSet.open(deviceKey(instanceId));
  const time = device === undefined ? undefined : readTimeProperty(device, LAST_ARRIVAL_DATE);
  return time === undefined ? undefined : { time, from: `the last arrival of ${instanceId}` };
}

/**
 * XP to 7 make a volatile key below a device interface's when the device starts, which sets that key's time. Not taken: the WAN miniports, which can be
 * restarted or stopped for good; the keys in Enum, which a tool can touch all at once (seen in a hive of 7: 290 keys within one second, three days
 * after its last boot).
 */
function byStart(controlSet: Key): LastBoot | undefined {
  const key = controlSet.open(deviceInterfaceKey(NDIS_LAN_INTERFACE_CLASS, SOFTWARE_DEVICE_ENUMERATOR));
  return key === undefined ? undefined : { time: key.lastWritten, from: `the start of ${SOFTWARE_DEVICE_ENUMERATOR}` };
}
