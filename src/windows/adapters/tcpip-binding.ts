/** Tells whether TCP/IP sits on an adapter: members of a team and uplinks of a virtual switch carry something else. */
import type { Key } from "../../regf/index.ts";
import { networkSetup2KernelKey } from "../registry-paths.ts";
import { readTexts } from "../registry-values.ts";
import type { ClassKey } from "./class-keys.ts";

const TCPIP = "tcpip";

/** `all` are the class keys of this Windows. On 10 and later what the kernel was told (ProtocolList) must agree. */
export function isBoundToTcpip(controlSet: Key, classKey: ClassKey, all: readonly ClassKey[]): boolean {
  const protocols = readTexts(controlSet.open(networkSetup2KernelKey(classKey.guid)), "ProtocolList");
  if (protocols !== undefined && !names(protocols, TCPIP)) return false;
  return (
    names(classKey.upperBind, TCPIP) || all.some((upper) => standsOn(upper, classKey) && names(upper.upperBind, TCPIP))
  );
}

/** XP and 2003 put the packet scheduler's adapter between: its RootDevice names itself, then the one it stands on (seen in an XP SP3 hive). */
function standsOn(upper: ClassKey, lower: ClassKey): boolean {
  return upper.digits !== lower.digits && names(upper.rootDevices.slice(1), lower.guid);
}

function names(list: readonly string[], name: string): boolean {
  return list.some((entry) => entry.toLowerCase() === name.toLowerCase());
}
