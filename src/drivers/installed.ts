/** The devices that an image has drivers installed for, and whether such a driver can start. */
import { upcase } from "../bytes/upcase.ts";
import type { Key } from "../regf/index.ts";
import { driverKey, ENUM_KEY, serviceKey } from "../windows/registry-paths.ts";
import { readNumber, readText, readTexts } from "../windows/registry-values.ts";
import { driverFile } from "./image-path.ts";
import type { DriverFiles } from "./model.ts";
import { type NetworkClass, networkClass } from "./network-classes.ts";

/** CONFIGFLAG_FAILEDINSTALL (regstr.h). */
const CONFIG_FLAG_FAILED_INSTALL = 0x40;
/** SERVICE_DISABLED (winnt.h). */
const START_DISABLED = 4;

export interface InstalledDevice {
  readonly instanceId: string;
  readonly of: NetworkClass;
  /** The one of its IDs, in upper case, by which Windows chose the driver: whatever else has that ID gets the same one. */
  readonly matchingId: string;
  readonly inf: string | undefined;
  readonly service: string;
}

/** Those of the classes that count, whether they are part of the machine or not. Throws HiveError. */
export function readInstalledDevices(controlSet: Key): InstalledDevice[] {
  const devices: InstalledDevice[] = [];
  for (const enumerator of controlSet.open(ENUM_KEY)?.subkeys() ?? []) {
    for (const deviceId of enumerator.subkeys()) {
      for (const key of deviceId.subkeys()) {
        const device = readDevice(controlSet, key, `${enumerator.name}\\${deviceId.name}\\${key.name}`);
        if (device !== undefined) devices.push(device);
      }
    }
  }
  return devices;
}

function readDevice(controlSet: Key, key: Key, instanceId: string): InstalledDevice | undefined {
  const [driver = "", service = ""] = [readText(key, "Driver"), readText(key, "Service")];
  const failed = ((readNumber(key, "ConfigFlags") ?? 0) & CONFIG_FLAG_FAILED_INSTALL) !== 0;
  if (driver === "" || service === "" || failed) return undefined;
  const classKey = controlSet.open(driverKey(driver));
  // XP to 8.1 write it in lower case; the device's own first ID stands in for one that is missing.
  const matchingId = upcase(readText(classKey, "MatchingDeviceId") ?? readTexts(key, "HardwareID")?.[0] ?? "");
  const of = networkClass(driver.split("\\")[0] ?? "", matchingId);
  if (of === undefined || matchingId === "") return undefined;
  return { instanceId, of, matchingId, inf: readText(classKey, "InfPath"), service };
}

/** Whether Windows can start the driver, as far as could be looked: without the image's files nobody sees the driver's own (`fileSeen`). */
export type ServiceState =
  | { readonly can: "start"; readonly fileSeen: boolean }
  | { readonly can: "not-start"; readonly why: "disabled" | "no-service" | "no-file"; readonly reason: string };

/** Throws HiveError. */
export function serviceState(controlSet: Key, service: string, files: DriverFiles): ServiceState {
  const key = controlSet.open(serviceKey(service));
  if (key === undefined) {
    return { can: "not-start", why: "no-service", reason: `the hive has no service ${service}` };
  }
  const file = driverFile(readText(key, "ImagePath"), service, files.windowsFolder);
  const exists = files.has(file);
  if (exists === false) {
    return { can: "not-start", why: "no-file", reason: `its file ${file.names.join("\\")} is not there` };
  }
  return readNumber(key, "Start") === START_DISABLED
    ? { can: "not-start", why: "disabled", reason: "that service is disabled (Start 4)" }
    : { can: "start", fileSeen: exists === true };
}
