/** A device of the registry as an adapter of the inventory: its MAC addresses joined with what the system says, and how each thing is known. */
import type { MacSource } from "../../windows/model/windows.ts";
import type { AdapterKnowledge, InventoryAdapter } from "../model.ts";
import type { Hardware } from "./hardware.ts";
import type { SystemInterface } from "./machine.ts";

const MAC_SOURCES: Readonly<Record<MacSource, string>> = {
  NetworkSetup2: "registry, NetworkSetup2",
  NSI: "registry, NSI table",
  override: "registry, set by hand (NetworkAddress)",
  "serial-number": "derived from the PCI Express serial number in the instance ID",
};

/** `up`: the network interface of its connection's name; its address is the one that the adapter answers to now. */
export function adapterOf(hardware: Hardware, presence: string, up: SystemInterface | undefined): InventoryAdapter {
  const { mac, location, locationPaths, hardwareIds, instanceId, uniqueId } = hardware;
  const current = up?.mac ?? mac.current;
  return {
    description: descriptionOf(hardware),
    kind: hardware.isWifi ? "wifi" : "ethernet",
    mac: { permanent: mac.permanent, current: current === mac.permanent ? undefined : current },
    hardwareIds,
    location,
    locationPaths: locationPaths.length === 0 ? undefined : locationPaths,
    instanceId,
    known: withoutEmpty({
      mac: macKnowledge(hardware, up),
      hardwareIds: hardwareIds.length === 0 ? undefined : "registry, Enum",
      location: location === undefined ? undefined : "registry, Enum (LocationInformation)",
      instanceId: uniqueId ? "registry, Enum; a serial number" : "registry, Enum; a place, different in each Windows",
      presence,
    }),
  };
}

/** What a person should know of its MAC addresses; the ends of sentences that begin with its name. */
export function macNotes({ mac, kind }: Hardware, up: SystemInterface | undefined): readonly string[] {
  const { permanent } = mac;
  if ((permanent ?? mac.current ?? up?.mac) === undefined) {
    return [
      kind === "driverless"
        ? "its MAC address is not known: this Windows has no driver for it"
        : "its MAC address is not known: it has not started, and the registry does not hold one",
    ];
  }
  if (permanent !== undefined && mac.source !== undefined && (mac.disagreements?.length ?? 0) > 0) {
    const others = (mac.disagreements ?? []).map(({ address, source }) => `${address} (${source})`).join(" and ");
    return [`its MAC address is ${permanent} (${MAC_SOURCES[mac.source]}), but there is ${others} as well`];
  }
  return [];
}

function descriptionOf({ description, name, kind, isBus }: Hardware): string {
  const called = description === "" ? "Network controller" : description;
  if (kind !== "driverless") return name === undefined ? called : `${called} (${name})`;
  return `${called} (${isBus ? "no network interface" : "no driver"} in this Windows)`;
}

/** "registry, NetworkSetup2; the system agrees (Ethernet)" */
function macKnowledge({ mac }: Hardware, up: SystemInterface | undefined): string | undefined {
  const stored = mac.source === undefined ? undefined : MAC_SOURCES[mac.source];
  if (up === undefined) return stored;
  const system = `the system's interface ${up.name}`;
  if (stored === undefined) return system;
  return up.mac === (mac.permanent ?? mac.current) ? `${stored}; ${system} agrees` : `${stored}; current: ${system}`;
}

function withoutEmpty(known: AdapterKnowledge): AdapterKnowledge {
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
