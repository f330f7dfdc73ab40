/** What an adapter is and why, where its MAC address was found, in words for a person. */
import type { InspectedAdapter, InspectedConnection } from "../apply/results.ts";
import { MAC_SOURCE_WORDS } from "../match/mac-warnings.ts";
import type { AdapterKind, NotPhysical } from "../windows/model/windows.ts";

const KIND_WORDS: Readonly<Record<AdapterKind, string>> = {
  ethernet: "Ethernet",
  wifi: "Wi-Fi",
  bluetooth: "Bluetooth",
  "wan-miniport": "Remote Access (WAN miniport)",
  tunnel: "tunnel",
  "kernel-debug": "kernel debugger",
  team: "team (or network bridge)",
  "virtual-switch": "the host's adapter on a virtual switch",
  "management-controller": "line to the server's management controller",
  "sr-iov-function": "virtual function of a shared adapter (SR-IOV)",
  virtual: "virtual adapter",
  unknown: "neither Ethernet nor Wi-Fi",
};

/** Kinds that no hive which was read has shown: they are told by what public inventories and lists call them. */
const INFERRED_KINDS: ReadonlySet<AdapterKind> = new Set([
  "team",
  "virtual-switch",
  "management-controller",
  "sr-iov-function",
]);

const NOT_PHYSICAL_WORDS: Readonly<Record<NotPhysical, string>> = {
  "driver-does-not-say-so": "its driver does not say that it is hardware",
  hidden: "its driver hides it from people",
  "made-by-software": "not on a bus of network cards",
};

/** In one word, for a table; "no adapter" where none is left. */
export function kindText(adapter: InspectedAdapter | null): string {
  return adapter === null ? "no adapter" : adapter.kind;
}

/** "Ethernet, hardware (on PCI)": what it is, whether it is hardware and why, and what is special about it. */
export function kindWords(adapter: InspectedAdapter): string {
  const { kind, notPhysical, instanceId, memberOf, startsAtBoot } = adapter;
  const bus = instanceId === null ? null : (instanceId.split("\\")[0] ?? "").toUpperCase();
  const where = bus === null ? "" : ` (on ${bus})`;
  const parts = [
    KIND_WORDS[kind],
    notPhysical === null ? `hardware${where}` : `not hardware: ${NOT_PHYSICAL_WORDS[notPhysical]}${where}`,
    ...(memberOf === null ? [] : [memberOf === "team" ? "member of a team" : "uplink of a virtual switch"]),
    ...(startsAtBoot ? ["its driver starts at boot, as for booting over the network (iSCSI)"] : []),
    ...(INFERRED_KINDS.has(kind) || memberOf !== null || startsAtBoot
      ? ["inferred: no hive with one has been read"]
      : []),
  ];
  return parts.join(", ");
}

/** The members of a team or the uplinks of a switch, by name; null for what stands on nothing. */
export function foundationText(
  { adapter }: InspectedConnection,
  connections: readonly InspectedConnection[],
): readonly string[] | null {
  if (adapter === null || adapter.foundation === null) return null;
  const { members, attributed } = adapter.foundation;
  if (members.length === 0) return ["none found"];
  const named = members.map((guid) => {
    const found = connections.find((candidate) => candidate.guid === guid);
    return found === undefined
      ? `${guid}, of which Windows has no adapter any more`
      : `${nameOf(found)}: ${found.presence}`;
  });
  return attributed ? named : [...named, "(of all of its kind: whose each is cannot be told)"];
}

/** "00-50-56-A5-12-69 (by the NSI table, ...)", and what disagrees. */
export function macTexts({ mac }: InspectedConnection): readonly string[] {
  const address = mac.permanent ?? mac.current;
  if (address === null) return ["unknown: Windows keeps none of it (a profile or an inventory can)"];
  const isSet = mac.permanent !== null && mac.current !== null && mac.current !== mac.permanent;
  const source = mac.source === null ? "" : ` (by ${MAC_SOURCE_WORDS[mac.source]})`;
  return [
    `${address}${source}${isSet ? `, now ${mac.current}` : ""}`,
    ...mac.disagreements.map((other) => `but ${other.address} by ${MAC_SOURCE_WORDS[other.source]}`),
  ];
}

function nameOf({ name, adapter, guid }: InspectedConnection): string {
  return name ?? adapter?.description ?? guid;
}
