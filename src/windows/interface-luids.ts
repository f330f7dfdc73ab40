/** Finds an interface's LUID: by its adapter's class key, and where that is gone by another place that names both. */
import type { Guid } from "../notation/guid.ts";
import type { Key } from "../regf/index.ts";
import { type ClassKey, readClassKeys } from "./adapters/class-keys.ts";
import { netLuid } from "./luid.ts";
import { readNsiInterfaces } from "./mac/nsi-interfaces.ts";
import { networkSetup2KernelKey } from "./registry-paths.ts";
import { readNumber } from "./registry-values.ts";

/** Sixteen hex digits in lower case, or undefined. `classKey`: which one it is, where several have the GUID; the first, where it is not told. */
export type InterfaceLuids = (guid: Guid, classKey?: ClassKey) => string | undefined;

/**
 * Of one control set. The NDIS table (7 and 8.1) and NetworkSetup2 (10) agree with all class keys of the hives that were seen; that they outlive a class
 * key is not confirmed. A LUID that a class key of another interface has is that one's: NDIS may have given the number anew.
 */
export function interfaceLuids(controlSet: Key): InterfaceLuids {
  const classKeys = readClassKeys(controlSet);
  const ndis = readNsiInterfaces(controlSet);
  const taken = new Set(classKeys.map(luidOfClassKey));
  return (guid, classKey = classKeys.find((candidate) => candidate.guid === guid)) => {
    const own = luidOfClassKey(classKey);
    if (own !== undefined) return own;
    const kernel = controlSet.open(networkSetup2KernelKey(guid));
    const others = [ndis.get(guid)?.luid, netLuid(readNumber(kernel, "IfType"), readNumber(kernel, "NetLuidIndex"))];
    return others.find((luid) => luid !== undefined && !taken.has(luid));
  };
}

function luidOfClassKey(classKey: ClassKey | undefined): string | undefined {
  return netLuid(classKey?.ifType, classKey?.netLuidIndex);
}
