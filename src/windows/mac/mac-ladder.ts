/** Finds an adapter's MAC addresses in the best of the places where Windows may have left them. */
import { isStationMac, type MacAddress, macOfBytes, parseMac } from "../../notation/mac.ts";
import type { Guid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import type { ConnectionMac, MacSource } from "../model/windows.ts";
import { networkSetup2KernelKey } from "../registry-paths.ts";
import { readBytes } from "../registry-values.ts";
import { macOfSerialNumber } from "./serial-number.ts";
import type { NsiAddresses } from "./nsi-interfaces.ts";

/** RAS makes up addresses for its miniports that spell " RAS" or " ASYN" in ASCII (seen in a Windows 7 SP1 hive). */
const RAS_ADDRESS = /-20-52-41-53$|^20-41-53-59-4E-FF$/;

export interface MacEvidence {
  readonly guid: Guid;
  /** The class key's NetworkAddress: what the user set in place of the hardware's; empty is none. */
  readonly networkAddress: string;
  readonly nsi: NsiAddresses | undefined;
  readonly instanceId: string | undefined;
  readonly uniqueId: boolean;
}

/**
 * Stored addresses come before derived ones. `current` is what the adapter will answer to: the user's own address if there is one. Windows XP and 2003
 * leave no address of an adapter in the SYSTEM hive (searched for in three).
 */
export function readMac(controlSet: Key, evidence: MacEvidence): ConnectionMac {
  const kernel = controlSet.open(networkSetup2KernelKey(evidence.guid));
  const { instanceId, uniqueId, nsi } = evidence;
  const permanent = firstUsable([
    ["NetworkSetup2", storedMac(kernel, "PermanentAddress")],
    ["NSI", nsi?.permanent],
    ["serial-number", instanceId === undefined ? undefined : macOfSerialNumber(instanceId, uniqueId)],
  ]);
  const current = firstUsable([
    ["override", parseMac(evidence.networkAddress)],
    ["NetworkSetup2", storedMac(kernel, "CurrentAddress")],
    ["NSI", nsi?.current],
  ]);
  return { permanent: permanent?.mac, current: current?.mac, source: (permanent ?? current)?.source };
}

function storedMac(kernel: Key | undefined, name: string): MacAddress | undefined {
  const bytes = readBytes(kernel, name);
  return bytes === undefined ? undefined : macOfBytes(bytes);
}

function firstUsable(
  rungs: readonly (readonly [MacSource, MacAddress | undefined])[],
): { readonly mac: MacAddress; readonly source: MacSource } | undefined {
  for (const [source, mac] of rungs) {
    if (mac !== undefined && isStationMac(mac) && !RAS_ADDRESS.test(mac)) return { mac, source };
  }
  return undefined;
}
