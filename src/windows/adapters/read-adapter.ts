/** Puts together what Windows knows of one adapter. */
import type { Key } from "../../regf/index.ts";
import type { WindowsAdapter } from "../model/windows.ts";
import { readNumber, readText, readTexts } from "../registry-values.ts";
import type { ClassKey } from "./class-keys.ts";
import { LOCATION_PATHS, readTextsProperty } from "./device-properties.ts";
import type { Device } from "./devices.ts";
import { isPhysical, kindOf } from "./kind.ts";
import { parseLocation } from "./location.ts";
import { isBoundToTcpip } from "./tcpip-binding.ts";

/** DEVICE_CAPABILITIES.UniqueID and CONFIGFLAG_DISABLED as the registry keeps them (wdm.h, regstr.h). */
const CAPABILITY_UNIQUE_ID = 0x10;
const CONFIG_FLAG_DISABLED = 0x1;

/** `device` is undefined for an adapter that was uninstalled; `all` are the class keys of this Windows. */
export function readAdapter(
  controlSet: Key,
  classKey: ClassKey,
  device: Device | undefined,
  all: readonly ClassKey[],
): WindowsAdapter {
  const key = device?.key;
  const instanceId = device?.instanceId;
  const physical = isPhysical(classKey, instanceId);
  const compatibleIds = readTexts(key, "CompatibleIDs") ?? [];
  const locationText = readText(key, "LocationInformation");
  return {
    classKey: classKey.digits,
    description: withoutResource(readText(key, "FriendlyName") ?? classKey.description),
    kind: kindOf(classKey, physical, compatibleIds),
    physical,
    hardwareIds: readTexts(key, "HardwareID") ?? [],
    compatibleIds,
    instanceId,
    uniqueId: ((readNumber(key, "Capabilities") ?? 0) & CAPABILITY_UNIQUE_ID) !== 0,
    location:
      locationText === undefined || instanceId === undefined ? undefined : parseLocation(locationText, instanceId),
    locationText,
    locationPaths: (key === undefined ? undefined : readTextsProperty(key, LOCATION_PATHS)) ?? [],
    service: readText(key, "Service"),
    disabled: ((readNumber(key, "ConfigFlags") ?? 0) & CONFIG_FLAG_DISABLED) !== 0,
    boundToTcpip: isBoundToTcpip(controlSet, classKey, all),
  };
}

/** `@net1ic64.inf,%e10d3nc.devicedesc%;Intel(R) 82574L Gigabit Network Connection`: the text after the place of its translation. */
function withoutResource(text: string): string {
  return text.replace(/^@[^;]*;/, "");
}
