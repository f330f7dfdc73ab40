/** Puts together what Windows knows of one adapter. */
import type { Key } from "../../regf/index.ts";
import type { WindowsAdapter } from "../model/windows.ts";
import { serviceKey } from "../registry-paths.ts";
import { readNumber, readText, readTexts, withoutResource } from "../registry-values.ts";
import { type ClassKey, readClassKeys } from "./class-keys.ts";
import { LOCATION_PATHS, readTextsProperty } from "./device-properties.ts";
import { type Device, readNetworkDevices } from "./devices.ts";
import { type Foundations, foundationOf, readFoundations } from "./foundation.ts";
import { kindOf, whyNotPhysical } from "./kind.ts";
import { parseLocation } from "./location.ts";
import { isBoundToTcpip } from "./tcpip-binding.ts";

/** DEVICE_CAPABILITIES.UniqueID and CONFIGFLAG_DISABLED as the registry keeps them (wdm.h, regstr.h). */
const CAPABILITY_UNIQUE_ID = 0x10;
const CONFIG_FLAG_DISABLED = 0x1;

/** SERVICE_BOOT_START (winnt.h). */
const STARTED_BY_BOOT_LOADER = 0;

type Identity = Pick<
  WindowsAdapter,
  "description" | "kind" | "physical" | "notPhysical" | "hardwareIds" | "compatibleIds"
>;

/** All adapters of one Windows: what each one is read from, read once. */
export class Adapters {
  readonly classKeys: readonly ClassKey[];
  readonly #controlSet: Key;
  readonly #devices: ReadonlyMap<string, Device>;
  readonly #identities: ReadonlyMap<ClassKey, Identity>;
  readonly #foundations: Foundations;

  constructor(controlSet: Key) {
    this.#controlSet = controlSet;
    this.classKeys = readClassKeys(controlSet);
    this.#devices = readNetworkDevices(controlSet);
    this.#identities = new Map(this.classKeys.map((classKey) => [classKey, identify(classKey, this.device(classKey))]));
    this.#foundations = readFoundations(controlSet, this.classKeys);
  }

  /** Undefined for an adapter that was uninstalled. */
  device({ digits }: ClassKey): Device | undefined {
    return this.#devices.get(digits);
  }

  /** `classKey` is one of `classKeys`. */
  read(classKey: ClassKey): WindowsAdapter {
    const device = this.device(classKey);
    const key = device?.key;
    const instanceId = device?.instanceId;
    const identity = this.#identityOf(classKey);
    const sameKind = this.classKeys.filter((other) => this.#identityOf(other).kind === identity.kind);
    const locationText = readText(key, "LocationInformation");
    const service = readText(key, "Service");
    return {
      classKey: classKey.digits,
      ...identity,
      instanceId,
      uniqueId: ((readNumber(key, "Capabilities") ?? 0) & CAPABILITY_UNIQUE_ID) !== 0,
      location:
        locationText === undefined || instanceId === undefined ? undefined : parseLocation(locationText, instanceId),
      locationText,
      locationPaths: (key === undefined ? undefined : readTextsProperty(key, LOCATION_PATHS)) ?? [],
      service,
      disabled: ((readNumber(key, "ConfigFlags") ?? 0) & CONFIG_FLAG_DISABLED) !== 0,
      boundToTcpip: isBoundToTcpip(this.#controlSet, classKey, this.classKeys),
      foundation: foundationOf(classKey, identity.kind, sameKind, this.#foundations),
      memberOf: this.#foundations.members.get(classKey.guid),
      startsAtBoot: identity.physical && startsAtBoot(this.#controlSet, service),
    };
  }

  #identityOf(classKey: ClassKey): Identity {
    return this.#identities.get(classKey) ?? identify(classKey, this.device(classKey));
  }
}

function identify(classKey: ClassKey, device: Device | undefined): Identity {
  const notPhysical = whyNotPhysical(classKey, device?.instanceId);
  const evidence = {
    physical: notPhysical === undefined,
    description: withoutResource(readText(device?.key, "FriendlyName") ?? classKey.description),
    hardwareIds: readTexts(device?.key, "HardwareID") ?? [],
    compatibleIds: readTexts(device?.key, "CompatibleIDs") ?? [],
  };
  return { ...evidence, notPhysical, kind: kindOf(classKey, evidence) };
}

/**
 * Windows promotes the drivers of network adapters to boot start when it boots over the network (Microsoft, "INF AddService Directive", BootFlags 1), and
 * those who prepare an image for iSCSI do the same by hand. Hives of machines that boot from a disk (7, 8.1, 10) have 3, on demand: *inferred*.
 */
function startsAtBoot(controlSet: Key, service: string | undefined): boolean {
  if (service === undefined) return false;
  return readNumber(controlSet.open(serviceKey(service)), "Start") === STARTED_BY_BOOT_LOADER;
}
