/** Lists every connection of a Windows, in the order in which TCP/IP is bound to them. */
import { Failure } from "../exit/failure.ts";
import { type Guid, parseGuid } from "../notation/guid.ts";
import type { Key } from "../regf/index.ts";
import type { ClassKey } from "./adapters/class-keys.ts";
import type { Device } from "./adapters/devices.ts";
import { Adapters } from "./adapters/read-adapter.ts";
import { type InterfaceLuids, interfaceLuids } from "./interface-luids.ts";
import { readMac } from "./mac/mac-ladder.ts";
import { type NsiInterface, readNsiInterfaces } from "./mac/nsi-interfaces.ts";
import type { PresenceEvidence, WindowsConnection, WindowsFamily } from "./model/windows.ts";
import { readEvidence } from "./presence/evidence.ts";
import { readLastBoot } from "./presence/last-boot.ts";
import {
  connectionKey,
  TCPIP_INTERFACES_KEY,
  TCPIP_LINKAGE_KEY,
  TCPIP_RAS_ADAPTER_KEY,
  tcpipInterfaceKey,
} from "./registry-paths.ts";
import { readText, readTexts } from "./registry-values.ts";
import { readConnectionSettings } from "./settings/connection-settings.ts";

/** A hundred times what the fullest hive has that was seen. */
const MAX_CONNECTIONS = 4096;

/** Adapters of the network class, and interfaces with settings whose adapter is gone. Throws Failure for more than `MAX_CONNECTIONS`. */
export function readConnections(controlSet: Key, family: WindowsFamily): readonly WindowsConnection[] {
  const sources: Sources = {
    controlSet,
    adapters: new Adapters(controlSet),
    nsiInterfaces: readNsiInterfaces(controlSet),
    luidOf: interfaceLuids(controlSet),
    evidence: evidenceReader(controlSet, family),
  };
  const byGuid = oneForEachGuid(sources);
  const guids = [...byGuid.keys(), ...adapterlessInterfaces(controlSet, byGuid)];
  refuseTooMany(guids.length);
  return inBindingOrder(controlSet, guids).map((guid, index) =>
    readConnection(sources, guid, byGuid.get(guid), index + 1),
  );
}

/** Matching and planning compare connections with each other: 100,000 of them, for which a hive of 50 MB has room, would take hours. */
function refuseTooMany(count: number): void {
  if (count <= MAX_CONNECTIONS) return;
  throw new Failure("unsupportedWindows", `This Windows has ${count} connections, more than ${MAX_CONNECTIONS}.`, {
    code: "too-many-connections",
    at: TCPIP_INTERFACES_KEY,
    advice: "No Windows was seen with more than a few dozen: look at what made the others, and remove them.",
  });
}

/** What is read once for all connections. */
interface Sources {
  readonly controlSet: Key;
  readonly adapters: Adapters;
  readonly nsiInterfaces: ReadonlyMap<Guid, NsiInterface>;
  readonly luidOf: InterfaceLuids;
  readonly evidence: (device: Device | undefined) => PresenceEvidence;
}

function readConnection(
  { controlSet, adapters, nsiInterfaces, luidOf, evidence }: Sources,
  guid: Guid,
  classKey: ClassKey | undefined,
  number: number,
): WindowsConnection {
  const adapter = classKey === undefined ? undefined : adapters.read(classKey);
  const luid = luidOf(guid, classKey);
  return {
    number,
    guid,
    name: readText(controlSet.open(connectionKey(guid)), "Name"),
    adapter,
    mac: readMac(controlSet, {
      guid,
      networkAddress: classKey?.networkAddress ?? "",
      nsi: nsiInterfaces.get(guid),
      instanceId: adapter?.instanceId,
      uniqueId: adapter?.uniqueId ?? false,
    }),
    luid,
    evidence: evidence(classKey === undefined ? undefined : adapters.device(classKey)),
    hasInterfaceKey: controlSet.open(tcpipInterfaceKey(guid)) !== undefined,
    settings: readConnectionSettings(controlSet, { guid, classKey, luid }),
  };
}

function evidenceReader(controlSet: Key, family: WindowsFamily): Sources["evidence"] {
  const lastBoot = readLastBoot(controlSet, family);
  return (device) => readEvidence(controlSet, family, device, lastBoot);
}

/** Scripts that hand an old connection to a new adapter give both class keys one GUID: the adapter that was there last has it. */
function oneForEachGuid({ adapters, evidence }: Sources): ReadonlyMap<Guid, ClassKey> {
  const lastSeen = (classKey: ClassKey): bigint => {
    const { lastArrival, lastStart } = evidence(adapters.device(classKey));
    return lastArrival ?? lastStart ?? 0n;
  };
  const found = new Map<Guid, ClassKey>();
  for (const classKey of adapters.classKeys) {
    const other = found.get(classKey.guid);
    if (other === undefined || lastSeen(classKey) >= lastSeen(other)) found.set(classKey.guid, classKey);
  }
  return found;
}

/** A key without values is no interface (Vista and later have one for the loopback), and RAS's own interfaces never had an adapter. */
function adapterlessInterfaces(controlSet: Key, adapters: ReadonlyMap<Guid, ClassKey>): readonly Guid[] {
  const found: Guid[] = [];
  const ofRas = rasInterfaces(controlSet);
  for (const key of controlSet.open(TCPIP_INTERFACES_KEY)?.subkeys() ?? []) {
    const guid = parseGuid(key.name);
    const [firstValue] = key.values();
    if (guid !== undefined && firstValue !== undefined && !adapters.has(guid) && !ofRas.has(guid)) found.push(guid);
  }
  return found.sort();
}

/** `Tcpip\Parameters\Interfaces\{1D9160B9-...}`, as seen in an XP SP3 hive. */
function rasInterfaces(controlSet: Key): ReadonlySet<Guid | undefined> {
  const paths = readTexts(controlSet.open(TCPIP_RAS_ADAPTER_KEY), "IpConfig") ?? [];
  return new Set(paths.map((path) => parseGuid(path.slice(path.lastIndexOf("\\") + 1))));
}

/** Those in Bind first, as it has them; the others keep the order they have: by class key, then those without an adapter. */
function inBindingOrder(controlSet: Key, guids: readonly Guid[]): readonly Guid[] {
  const known = new Set(guids);
  const bound = new Set<Guid>();
  for (const entry of readTexts(controlSet.open(TCPIP_LINKAGE_KEY), "Bind") ?? []) {
    const guid = parseGuid(entry.replace(/^\\Device\\/i, ""));
    if (guid !== undefined && known.has(guid)) bound.add(guid);
  }
  return [...bound, ...guids.filter((guid) => !bound.has(guid))];
}
