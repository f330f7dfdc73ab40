/** Finds what teams and virtual switches stand on: the adapters that carry their traffic, and that do not carry TCP/IP's themselves. */
import { type Guid, parseGuid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import type { AdapterKind, Foundation, FoundedKind } from "../model/windows.ts";
import {
  LINKAGE_SUBKEY,
  NETWORK_COMPONENT_CLASSES,
  NETWORK_KEY,
  SWITCH_ADAPTERS_KEY,
  serviceKey,
} from "../registry-paths.ts";
import { readText, readTexts } from "../registry-values.ts";
import type { ClassKey } from "./class-keys.ts";

/** The protocols that a team or a switch puts on its members: component and, where its key does not name it, service. */
interface BindingProtocol {
  readonly kind: FoundedKind;
  readonly component: RegExp;
  readonly service?: string;
}

/**
 * ms_implat with its service NdisImPlatform is in hives of 8.1 and 10; vms_pp, and VMSP ("VmSwitch Protocol Driver"), which its key does not name, in one of
 * 10 1903. The vendors' are known by name only.
 */
const PROTOCOLS: readonly BindingProtocol[] = [
  { kind: "team", component: /^ms_implat$/i, service: "NdisImPlatform" },
  { kind: "team", component: /^(?:\w*ians\w*|\w*blfp?|\w*cpqteam)$/i },
  { kind: "virtual-switch", component: /^vms_(?:pp|vspp)$/i, service: "VMSP" },
];

/** What every connection's foundation is read from; read once. */
export interface Foundations {
  /** Adapters on which the protocol of a team or of a switch sits. */
  readonly members: ReadonlyMap<Guid, FoundedKind>;
  readonly switchNames: ReadonlyMap<Guid, string>;
}

/** `classKeys` are those of this Windows. */
export function readFoundations(controlSet: Key, classKeys: readonly ClassKey[]): Foundations {
  const members = new Map<Guid, FoundedKind>();
  for (const [service, kind] of bindingServices(controlSet)) {
    for (const { guid, upperBind } of classKeys) {
      if (upperBind.some((upper) => upper.toLowerCase() === service)) members.set(guid, kind);
    }
    // A ghost stays listed here, too (seen in a Windows 7 hive); its class key may be gone.
    for (const guid of boundDevices(controlSet, service)) members.set(guid, kind);
  }
  return { members, switchNames: readSwitchNames(controlSet) };
}

/** Undefined for an adapter that stands on no other. `sameKind` are the adapters of its kind in this Windows, itself among them. */
export function foundationOf(
  { guid, rootDevices }: ClassKey,
  kind: AdapterKind,
  sameKind: readonly ClassKey[],
  { members, switchNames }: Foundations,
): Foundation | undefined {
  if (kind !== "team" && kind !== "virtual-switch") return undefined;
  // As of the packet scheduler's adapters in an XP SP3 hive: itself, then the one that it stands on. Of teams *inferred*.
  const below = rootDevices.slice(1).flatMap((name) => parseGuid(name) ?? []);
  if (below.length > 0) return { members: below, attributed: true };
  const pool = [...members].flatMap(([member, carried]) => (carried === kind && member !== guid ? [member] : []));
  const switchName = kind === "virtual-switch" ? switchNames.get(guid) : undefined;
  if (switchName === undefined) return { members: pool, attributed: sameKind.length === 1 };
  return { members: pool.filter((member) => switchNames.get(member) === switchName), attributed: true };
}

/** Services by lower-case name. */
function bindingServices(controlSet: Key): ReadonlyMap<string, FoundedKind> {
  const found = new Map<string, FoundedKind>();
  for (const { kind, service } of PROTOCOLS) if (service !== undefined) found.set(service.toLowerCase(), kind);
  for (const componentClass of NETWORK_COMPONENT_CLASSES) {
    for (const component of controlSet.open(`${NETWORK_KEY}\\${componentClass}`)?.subkeys() ?? []) {
      const name = readText(component, "ComponentId") ?? "";
      const protocol = PROTOCOLS.find((candidate) => candidate.component.test(name));
      const service = readText(component.subkey("Ndi"), "Service");
      if (protocol !== undefined && service !== undefined) found.set(service.toLowerCase(), protocol.kind);
    }
  }
  return found;
}

function boundDevices(controlSet: Key, service: string): readonly Guid[] {
  const bind = readTexts(controlSet.open(`${serviceKey(service)}\\${LINKAGE_SUBKEY}`), "Bind") ?? [];
  return bind.flatMap((device) => parseGuid(device.replace(/^\\Device\\/i, "")) ?? []);
}

/** The switch that an adapter is connected to, by the adapter's GUID, which ends the key's name (`/DEVICE/{...}`). */
function readSwitchNames(controlSet: Key): ReadonlyMap<Guid, string> {
  const found = new Map<Guid, string>();
  for (const key of controlSet.open(SWITCH_ADAPTERS_KEY)?.subkeys() ?? []) {
    const guid = parseGuid(key.name.slice(key.name.lastIndexOf("/") + 1));
    const name = readText(key, "SwitchName");
    if (guid !== undefined && name !== undefined) found.set(guid, name.toLowerCase());
  }
  return found;
}
