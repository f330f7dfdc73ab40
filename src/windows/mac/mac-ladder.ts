/** Finds an adapter's MAC addresses in the best of the places where Windows may have left them. */
import { isStationMac, type MacAddress, macOfBytes, parseMac } from "../../notation/mac.ts";
import type { Guid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import type { ConnectionMac, MacDisagreement, MacSource } from "../model/windows.ts";
import { networkSetup2KernelKey, tcpip6InterfaceKey } from "../registry-paths.ts";
import { readBytes, readNumber } from "../registry-values.ts";
import { macOfSerialNumber } from "./serial-number.ts";
import type { NsiInterface } from "./nsi-interfaces.ts";

/** RAS makes up addresses for its miniports that spell " RAS" or " ASYN" in ASCII (seen in a Windows 7 SP1 hive). */
const RAS_ADDRESS = /-20-52-41-53$|^20-41-53-59-4E-FF$/;

export interface MacEvidence {
  readonly guid: Guid;
  /** The class key's NetworkAddress: what the user set in place of the hardware's; empty is none. */
  readonly networkAddress: string;
  readonly nsi: Omit<NsiInterface, "luid"> | undefined;
  readonly instanceId: string | undefined;
  readonly uniqueId: boolean;
}

type Rung = readonly [source: MacSource, mac: MacAddress];

/**
 * Stored addresses come before derived ones. `current` is what the adapter will answer to: the user's own address if there is one. Windows XP and 2003
 * leave no address of an adapter in the SYSTEM hive (searched for in three).
 */
export function readMac(controlSet: Key, evidence: MacEvidence): ConnectionMac {
  const kernel = controlSet.open(networkSetup2KernelKey(evidence.guid));
  const { instanceId, uniqueId, nsi } = evidence;
  const permanent = usable([
    ["NetworkSetup2", storedMac(kernel, "PermanentAddress")],
    ["NSI", nsi?.permanent],
    ["serial-number", instanceId === undefined ? undefined : macOfSerialNumber(instanceId, uniqueId)],
  ]);
  const current = usable([
    ["override", parseMac(evidence.networkAddress)],
    ["NetworkSetup2", storedMac(kernel, "CurrentAddress")],
    ["NSI", nsi?.current],
  ]);
  const [source, mac] = permanent[0] ?? [];
  return {
    permanent: mac,
    current: current[0]?.[1],
    source: source ?? current[0]?.[0],
    disagreements: mac === undefined ? [] : disagreementsWith(mac, permanent, readMaker(controlSet, evidence.guid)),
  };
}

function storedMac(kernel: Key | undefined, name: string): MacAddress | undefined {
  const bytes = readBytes(kernel, name);
  return bytes === undefined ? undefined : macOfBytes(bytes);
}

/** The rungs that have an address which a station can have, best first. */
function usable(rungs: readonly (readonly [MacSource, MacAddress | undefined])[]): readonly Rung[] {
  return rungs.flatMap(([source, mac]): Rung[] =>
    mac !== undefined && isStationMac(mac) && !RAS_ADDRESS.test(mac) ? [[source, mac]] : [],
  );
}

function disagreementsWith(mac: MacAddress, rungs: readonly Rung[], maker: string | undefined): MacDisagreement[] {
  const others = rungs.flatMap(([source, address]) => (address === mac ? [] : [{ source, address }]));
  const isOtherMaker = maker !== undefined && !mac.startsWith(maker);
  return [...others, ...(isOtherMaker ? [{ source: "DHCPv6 IAID" as const, address: maker }] : [])];
}

/**
 * The first three bytes of the address that the adapter had when DHCPv6 made an identifier for it: `0x0E000C29` is 00-0C-29 (seen in all hives of 7 to 10
 * with DHCPv6 state). Adapters without an address have zeros. It says nothing about which of two adapters of one maker it is: a check, no rung.
 */
function readMaker(controlSet: Key, guid: Guid): string | undefined {
  const iaid = readNumber(controlSet.open(tcpip6InterfaceKey(guid)), "Dhcpv6Iaid");
  if (iaid === undefined || (iaid & 0xff_ffff) === 0) return undefined;
  const digits = (iaid & 0xff_ffff).toString(16).toUpperCase().padStart(6, "0");
  return `${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4)}`;
}
