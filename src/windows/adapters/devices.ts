/** Finds the devices of the network class among all that Windows ever met, by the driver key that each names. */
import type { Key } from "../../regf/index.ts";
import { ENUM_KEY, NET_CLASS } from "../registry-paths.ts";
import { readText } from "../registry-values.ts";

export interface Device {
  /** `PCI\VEN_8086&DEV_10D3&...\000C29FFFF661AA200`, spelled as Enum spells it. */
  readonly instanceId: string;
  /** The Enum instance key. */
  readonly key: Key;
}

/**
 * By the four digits of the class key. One pass over Enum: the class key's own DeviceInstanceID is missing on XP and 2003. Were two devices to name
 * one driver key, the first counts.
 */
export function readNetworkDevices(controlSet: Key): ReadonlyMap<string, Device> {
  const devices = new Map<string, Device>();
  for (const enumerator of controlSet.open(ENUM_KEY)?.subkeys() ?? []) {
    for (const deviceId of enumerator.subkeys()) {
      for (const key of deviceId.subkeys()) {
        const digits = classKeyDigits(readText(key, "Driver"));
        if (digits === undefined || devices.has(digits)) continue;
        devices.set(digits, { instanceId: `${enumerator.name}\\${deviceId.name}\\${key.name}`, key });
      }
    }
  }
  return devices;
}

/** The first part of an instance ID, upper case: who found the device. */
export function enumeratorOf(instanceId: string): string {
  return (instanceId.split("\\", 1)[0] ?? "").toUpperCase();
}

/** `{4d36e972-e325-11ce-bfc1-08002be10318}\0012` */
function classKeyDigits(driver: string | undefined): string | undefined {
  const [deviceClass, digits] = (driver ?? "").split("\\");
  return deviceClass?.toUpperCase() === NET_CLASS ? digits : undefined;
}
