/** Reads the driver keys of the network class, `Control\Class\{4D36E972-...}\NNNN`: one for every adapter that was ever installed. */
import { type Guid, parseGuid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import { LINKAGE_SUBKEY, NET_CLASS_KEY } from "../registry-paths.ts";
import { readNumber, readText, readTexts } from "../registry-values.ts";

export interface ClassKey {
  /** The key's name, `0012`. */
  readonly digits: string;
  readonly key: Key;
  readonly guid: Guid;
  readonly description: string;
  /** `ms_ndiswanip`, `PCI\VEN_8086&DEV_10D3`; lower case here, as Windows itself writes both. */
  readonly componentId: string;
  /** NCF_ bits (Microsoft, "DDInstall Section in a Network INF File"). */
  readonly characteristics: number;
  /** IANA ifType; Windows XP and 2003 do not keep it. */
  readonly ifType: number | undefined;
  readonly netLuidIndex: number | undefined;
  /** Protocols and filters directly above it. */
  readonly upperBind: readonly string[];
  /** Itself, and for an intermediate driver's adapter those that it stands on. */
  readonly rootDevices: readonly string[];
  /** `PCI\VEN_...\...`, Vista and later; the reverse lookup in Enum is the truth, this what remains after an uninstallation. */
  readonly deviceInstanceId: string | undefined;
  /** The address that the user set in place of the hardware's; empty is none. */
  readonly networkAddress: string;
}

/** Keys without a NetCfgInstanceId are no adapters (XP and 2003 have such a stub in 0000). */
export function readClassKeys(controlSet: Key): readonly ClassKey[] {
  const found: ClassKey[] = [];
  for (const key of controlSet.open(NET_CLASS_KEY)?.subkeys() ?? []) {
    const guid = parseGuid(readText(key, "NetCfgInstanceId") ?? "");
    if (/^\d{4}$/.test(key.name) && guid !== undefined) found.push(readClassKey(key, guid));
  }
  return found.sort((left, right) => (left.digits < right.digits ? -1 : 1));
}

function readClassKey(key: Key, guid: Guid): ClassKey {
  const linkage = key.subkey(LINKAGE_SUBKEY);
  return {
    digits: key.name,
    key,
    guid,
    description: readText(key, "DriverDesc") ?? "",
    componentId: (readText(key, "ComponentId") ?? "").toLowerCase(),
    characteristics: readNumber(key, "Characteristics") ?? 0,
    ifType: readNumber(key, "*IfType"),
    netLuidIndex: readNumber(key, "NetLuidIndex"),
    upperBind: readTexts(linkage, "UpperBind") ?? [],
    rootDevices: readTexts(linkage, "RootDevice") ?? [],
    deviceInstanceId: readText(key, "DeviceInstanceID"),
    networkAddress: readText(key, "NetworkAddress") ?? "",
  };
}
