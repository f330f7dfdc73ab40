/** Collects what the hive tells of when a device was last there, without concluding anything from it. */
import type { Key } from "../../regf/index.ts";
import { LAST_ARRIVAL_DATE, LAST_REMOVAL_DATE, readTimeProperty } from "../adapters/device-properties.ts";
import type { Device } from "../adapters/devices.ts";
import type { PresenceEvidence, WindowsFamily } from "../model/windows.ts";
import { deviceInterfaceKey, NDIS_LAN_INTERFACE_CLASS, NET_INTERFACE_CLASS } from "../registry-paths.ts";
import { keepsArrivalDates, type LastBoot } from "./last-boot.ts";

/** `device` is undefined for an adapter that was uninstalled: then only the last boot is known. */
export function readEvidence(
  controlSet: Key,
  family: WindowsFamily,
  device: Device | undefined,
  lastBoot: LastBoot | undefined,
): PresenceEvidence {
  if (device === undefined) return { lastBoot };
  if (keepsArrivalDates(family)) {
    return {
      lastBoot,
      lastArrival: readTimeProperty(device.key, LAST_ARRIVAL_DATE),
      lastRemoval: readTimeProperty(device.key, LAST_REMOVAL_DATE),
    };
  }
  return { lastBoot, lastStart: readLastStart(controlSet, device.instanceId), enumKeyTime: device.key.lastWritten };
}

/** Windows 8 and later do not set these keys' times at every boot any more (seen in hives of 8.1 and 10). */
function readLastStart(controlSet: Key, instanceId: string): bigint | undefined {
  let latest: bigint | undefined;
  for (const interfaceClass of [NDIS_LAN_INTERFACE_CLASS, NET_INTERFACE_CLASS]) {
    const time = controlSet.open(deviceInterfaceKey(interfaceClass, instanceId))?.lastWritten;
    if (time !== undefined && (latest === undefined || time > latest)) latest = time;
  }
  return latest;
}
