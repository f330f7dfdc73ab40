/** The network hardware that a Windows' registry knows, with a driver or without: by class key as well as by class code. */
import type { Key } from "../../regf/index.ts";
import {
  LAST_KNOWN_PARENT,
  LOCATION_PATHS,
  readTextProperty,
  readTextsProperty,
} from "../../windows/adapters/device-properties.ts";
import { parseLocation } from "../../windows/adapters/location.ts";
import { readConnections } from "../../windows/connections.ts";
import { macOfSerialNumber } from "../../windows/mac/serial-number.ts";
import type {
  AdapterKind,
  ConnectionMac,
  PresenceEvidence,
  WindowsAdapter,
  WindowsConnection,
  WindowsFamily,
} from "../../windows/model/windows.ts";
import { readEvidence } from "../../windows/presence/evidence.ts";
import { readLastBoot } from "../../windows/presence/last-boot.ts";
import { deviceKey, ENUM_KEY, NET_CLASS } from "../../windows/registry-paths.ts";
import { readNumber, readText, readTexts, withoutResource } from "../../windows/registry-values.ts";

export interface Hardware
  extends Pick<WindowsAdapter, "description" | "hardwareIds" | "location" | "locationPaths" | "uniqueId" | "disabled"> {
  readonly instanceId: string;
  /** The Enum instance key. */
  readonly key: Key;
  /** "driverless": no driver of the network class serves it here, so that its MAC address is nowhere but perhaps in its serial number. */
  readonly kind: AdapterKind | "driverless";
  readonly isWifi: boolean;
  /** The connection's name, of an adapter with a driver. */
  readonly name: string | undefined;
  readonly mac: ConnectionMac;
  readonly evidence: PresenceEvidence;
  /** The instance ID of the device that it hangs on, upper case; 8 and later tell. */
  readonly parent: string | undefined;
  /** A driver of another class serves it, as those do that make a bus of the card (b06bdrv, mlx4_bus) and have its adapters on it. */
  readonly isBus: boolean;
}

/** PCI's base class 02, network controller, as it stands in hardware IDs and compatible IDs (Microsoft, "Identifiers for PCI Devices"). */
const NETWORK_CLASS_CODE = /^PCI\\(?:[^\\]*&)?CC_02/i;

/** "Other network controller": what Wi-Fi cards say they are. */
const OTHER_NETWORK_CLASS_CODE = /^PCI\\(?:[^\\]*&)?CC_0280/i;

/** DEVICE_CAPABILITIES.UniqueID and CONFIGFLAG_DISABLED as the registry keeps them (wdm.h, regstr.h). */
const CAPABILITY_UNIQUE_ID = 0x10;
const CONFIG_FLAG_DISABLED = 0x1;

/** Those with a driver in binding order, then the others as Enum has them. */
export function readHardware(controlSet: Key, family: WindowsFamily): readonly Hardware[] {
  const served = readConnections(controlSet, family).flatMap(
    (connection) => servedHardware(controlSet, connection) ?? [],
  );
  const covered = new Set(served.map(({ instanceId }) => instanceId.toUpperCase()));
  const lastBoot = readLastBoot(controlSet, family);
  const bare = pciInstances(controlSet).flatMap(({ instanceId, key }): Hardware[] => {
    if (covered.has(instanceId.toUpperCase()) || !isNetworkHardware(key)) return [];
    return [bareHardware(key, instanceId, readEvidence(controlSet, family, { instanceId, key }, lastBoot))];
  });
  return [...served, ...bare];
}

/** Undefined for what is no hardware, and for adapters that were uninstalled. */
function servedHardware(controlSet: Key, { adapter, name, mac, evidence }: WindowsConnection): Hardware | undefined {
  if (adapter?.instanceId === undefined) return undefined;
  const key = controlSet.open(deviceKey(adapter.instanceId));
  // A driver that forgets to say that its adapter is hardware does not make it less so.
  if (key === undefined || !(adapter.physical || isNetworkHardware(key))) return undefined;
  const { description, hardwareIds, location, locationPaths, uniqueId, disabled, instanceId, kind } = adapter;
  return {
    ...{ description, hardwareIds, location, locationPaths, uniqueId, disabled, instanceId, key },
    ...{ kind, isWifi: kind === "wifi", name, mac, evidence, parent: parentOf(key), isBus: false },
  };
}

function bareHardware(key: Key, instanceId: string, evidence: PresenceEvidence): Hardware {
  const uniqueId = ((readNumber(key, "Capabilities") ?? 0) & CAPABILITY_UNIQUE_ID) !== 0;
  const mac = macOfSerialNumber(instanceId, uniqueId);
  return {
    instanceId,
    key,
    uniqueId,
    evidence,
    description: withoutResource(readText(key, "FriendlyName") ?? readText(key, "DeviceDesc") ?? ""),
    hardwareIds: readTexts(key, "HardwareID") ?? [],
    location: parseLocation(readText(key, "LocationInformation") ?? "", instanceId),
    locationPaths: readTextsProperty(key, LOCATION_PATHS) ?? [],
    disabled: ((readNumber(key, "ConfigFlags") ?? 0) & CONFIG_FLAG_DISABLED) !== 0,
    kind: "driverless",
    isWifi: identifiers(key).some((id) => OTHER_NETWORK_CLASS_CODE.test(id)),
    name: undefined,
    mac: mac === undefined ? {} : { permanent: mac, source: "serial-number" },
    parent: parentOf(key),
    isBus: hasDriverOfOtherClass(key),
  };
}

function parentOf(key: Key): string | undefined {
  return readTextProperty(key, LAST_KNOWN_PARENT)?.toUpperCase();
}

function pciInstances(controlSet: Key): { readonly instanceId: string; readonly key: Key }[] {
  const pci = controlSet.open(ENUM_KEY)?.subkey("PCI");
  return [...(pci?.subkeys() ?? [])].flatMap((device) =>
    [...device.subkeys()].map((key) => ({ instanceId: `${pci?.name}\\${device.name}\\${key.name}`, key })),
  );
}

function isNetworkHardware(key: Key): boolean {
  return identifiers(key).some((id) => NETWORK_CLASS_CODE.test(id));
}

function identifiers(key: Key): readonly string[] {
  return [...(readTexts(key, "HardwareID") ?? []), ...(readTexts(key, "CompatibleIDs") ?? [])];
}

function hasDriverOfOtherClass(key: Key): boolean {
  const driver = readText(key, "Driver");
  return driver !== undefined && !driver.toUpperCase().startsWith(NET_CLASS);
}
