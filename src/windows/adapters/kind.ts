/** Tells what an adapter is, and whether it is hardware. */
import type { AdapterKind, NotPhysical } from "../model/windows.ts";
import type { ClassKey } from "./class-keys.ts";
import { enumeratorOf } from "./devices.ts";
import { isManagementController, isVirtualFunction } from "./known-devices.ts";

/** NCF_ bits of a driver's INF (Microsoft, "DDInstall Section in a Network INF File"). */
const NCF_PHYSICAL = 0x4;
const NCF_HIDDEN = 0x8;

/** IANA interface types (ipifcons.h). */
const IF_TYPE_ETHERNET = 6;
const IF_TYPE_TUNNEL = 131;
const IF_TYPE_WIFI = 71;

/**
 * Enumerators that make devices up, and Bluetooth's; a GUID for one is another such
 * (Wi-Fi Direct has {5d624f94-...}). Seen in hives of XP SP3 to 10, where NCF_PHYSICAL and this list together name the
 * hardware and nothing else; COMPOSITEBUS, of teams, is known from the inventories that GLPI and OCS collect.
 */
const SOFTWARE_ENUMERATORS: ReadonlySet<string> = new Set(["ROOT", "SW", "SWD", "HTREE", "COMPOSITEBUS", "BTH"]);

/** By the INF's name for the device, which does not change with the language; the first that fits. Seen in hives of XP SP3 to 10. */
const KINDS_BY_COMPONENT: readonly (readonly [RegExp, AdapterKind])[] = [
  [/^root\\kdnic$/, "kernel-debug"],
  [/^bth\\/, "bluetooth"],
  [/^ms_(?:\w+miniport|ndiswan\w*)$/, "wan-miniport"],
  [/^sw\\\{eeab7790-c514-11d1-b42b-00805fc1270e\}$/, "wan-miniport"], // RAS Async Adapter
  [/^\*(?:isatap|teredo|6to4mp|iphttps)$/, "tunnel"],
  // Teams and virtual switches have not been seen in a hive. ms_implat is the component of their protocol in hives of 8.1 and 10; the rest are names in
  // the INFs and inventories that GLPI, OCS and a disaster recovery product collect.
  [/^(?:compositebus\\)?ms_implat(?:_mp)?$/, "team"],
  [/^(?:root\\)?(?:brcm_blfm|iansminiport|(?:cq_)?cpqteam(?:mp)?)$/, "team"],
  [/^(?:root\\)?vms_(?:mp|vsmp|pp|vspp)$/, "virtual-switch"],
];

/** `enumerator` in upper case, as `enumeratorOf` gives it. */
function isSoftwareEnumerator(enumerator: string): boolean {
  return SOFTWARE_ENUMERATORS.has(enumerator) || enumerator.startsWith("{");
}

/**
 * Characteristics decide; the enumerator has a veto (drivers of virtual adapters have been seen to claim to be hardware). Undefined for hardware.
 */
export function whyNotPhysical(
  { characteristics, componentId, deviceInstanceId }: ClassKey,
  instanceId: string | undefined,
): NotPhysical | undefined {
  if (isSoftwareEnumerator(enumeratorOf(instanceId ?? deviceInstanceId ?? componentId))) return "made-by-software";
  if ((characteristics & NCF_PHYSICAL) === 0) return "driver-does-not-say-so";
  return (characteristics & NCF_HIDDEN) === 0 ? undefined : "hidden";
}

/** What else than its class key tells what an adapter is. */
export interface KindEvidence {
  readonly physical: boolean;
  readonly description: string;
  readonly hardwareIds: readonly string[];
  /** They tell Wi-Fi from Ethernet on XP and 2003, which keep no interface type. */
  readonly compatibleIds: readonly string[];
}

export function kindOf(classKey: ClassKey, evidence: KindEvidence): AdapterKind {
  const byComponent = KINDS_BY_COMPONENT.find(([pattern]) => pattern.test(classKey.componentId));
  if (byComponent !== undefined) return byComponent[1];
  const { physical } = evidence;
  if (physical && isManagementController(evidence)) return "management-controller";
  switch (classKey.ifType) {
    case IF_TYPE_TUNNEL:
      return "tunnel";
    case IF_TYPE_WIFI:
      return "wifi";
    case IF_TYPE_ETHERNET:
      return physical ? wiredKind(evidence) : "virtual";
    case undefined:
      if (!physical) return "virtual";
      return isOtherNetworkController(evidence.compatibleIds) ? "wifi" : wiredKind(evidence);
    default:
      return physical ? "unknown" : "virtual";
  }
}

function wiredKind({ hardwareIds }: KindEvidence): AdapterKind {
  return isVirtualFunction(hardwareIds) ? "sr-iov-function" : "ethernet";
}

/** PCI class 02, subclass 80, "other network controller": what Wi-Fi cards say they are. */
function isOtherNetworkController(compatibleIds: readonly string[]): boolean {
  return compatibleIds.some((id) => /^PCI\\CC_0280/i.test(id));
}
