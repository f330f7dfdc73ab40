/** Whether a path cannot be used because BitLocker has locked its volume. */
import path from "node:path";
import type { Host } from "../host.ts";
import { recognise } from "../recognise.ts";
import { withDevice } from "./raw-device.ts";
import { windowsDeviceOf } from "./windows-device.ts";

const SECTOR_SIZE = 512;

/** The volume's first sector says so; on Linux `place` is the device itself, because no locked volume can be mounted there. Never throws. */
export function isLockedByBitLocker(place: string, { platform, machine }: Host): boolean {
  const device = platform === "win32" ? windowsDeviceOf(path.win32.parse(place).root) : place;
  if (device === undefined) {
    return false;
  }
  try {
    return withDevice(device, machine, (opened) => recognise(opened.read(0, SECTOR_SIZE), "") === "bitlocker");
  } catch {
    return false; // what the system said of the path is told
  }
}
