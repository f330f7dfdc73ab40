/** A device of /sys as an adapter of the inventory, in the words of Windows, and how each thing is known. */
import type { MacAddress } from "../../notation/mac.ts";
import { macOfSerialNumber } from "../../windows/mac/serial-number.ts";
import type { Found } from "../complete.ts";
import type { AdapterKnowledge, InventoryAdapter } from "../model.ts";
import type { BusPlace } from "./buses.ts";
import type { NetDevice } from "./net-device.ts";
import { isOtherNetworkClass, type PciDevice } from "./pci.ts";
import { attribute, linkName } from "./sysfs.ts";

/** An adapter, or why there is none; either may have something to note. */
interface FoundOrNot {
  readonly adapter: Found | undefined;
  readonly notes: readonly string[];
}

export function fromNetDevice({ name, place, driver, kind, leftOut, ...device }: NetDevice): FoundOrNot {
  if (leftOut !== undefined) return { adapter: undefined, notes: [`left out: ${name} ${leftOut}`] };
  const label = place?.pci && attribute(place.pci.path, "label");
  const described = driver === undefined ? name : `${name} (${driver})`;
  const mac = ownMac(device, place?.instanceId);
  const adapter: InventoryAdapter = {
    description: label === undefined || label === "" ? described : `${label}, ${described}`,
    kind,
    mac: { permanent: mac.address },
    hardwareIds: place?.hardwareIds ?? [],
    ...placeOf(place?.pci),
    instanceId: place?.instanceId,
    known: knowledge(mac.source, place),
  };
  const doubts =
    mac.address !== undefined || device.macDoubt === undefined
      ? []
      : [`${name}: its own MAC address is not known; ${device.macDoubt}`];
  return { adapter: { called: name, adapter }, notes: [...doubts, ...segmentNotes(name, place?.pci)] };
}

/** An adapter that this Linux has no driver for, or that was given to another: model and place, and a MAC address if its serial number tells one. */
export function fromPciDevice(device: PciDevice): FoundOrNot {
  const { name, path, hardwareIds, instanceId } = device;
  if (device.isVirtualFunction)
    return { adapter: undefined, notes: [`left out: ${name} is a virtual function that this Linux switched on`] };
  const driver = linkName(path, "driver");
  const mac = ownMac({ permanentMac: undefined, macSource: undefined }, instanceId);
  const adapter: InventoryAdapter = {
    description: `${name} (${driver === undefined ? "no driver in this Linux" : `${driver}, no network interface`})`,
    kind: isOtherNetworkClass(device) ? "wifi" : "ethernet",
    mac: { permanent: mac.address },
    hardwareIds,
    ...placeOf(device),
    instanceId,
    known: knowledge(mac.source, { hardwareIds, pci: device, instanceId }),
  };
  const unknown =
    mac.address === undefined
      ? [`${name}: its MAC address is not known; this Linux has no network interface for it`]
      : [];
  return { adapter: { called: name, adapter }, notes: [...unknown, ...segmentNotes(name, device)] };
}

/** The one that Linux tells, else the one that the maker put into the serial number. */
function ownMac(
  { permanentMac, macSource }: Pick<NetDevice, "permanentMac" | "macSource">,
  instanceId: string | undefined,
): { readonly address: MacAddress | undefined; readonly source: string | undefined } {
  if (permanentMac !== undefined) return { address: permanentMac, source: macSource };
  const address = instanceId === undefined ? undefined : macOfSerialNumber(instanceId, true);
  return { address, source: address === undefined ? undefined : "derived from the PCI Express serial number" };
}

function knowledge(
  mac: string | undefined,
  place: Pick<BusPlace, "hardwareIds" | "pci" | "instanceId"> | undefined,
): AdapterKnowledge {
  const isPci = place?.pci !== undefined;
  const facts: Readonly<Record<keyof AdapterKnowledge, string | undefined>> = {
    mac,
    hardwareIds: (place?.hardwareIds.length ?? 0) > 0 ? "made of what Linux tells of the device" : undefined,
    location: isPci && place.pci?.segment === 0 ? "Linux, the device's name" : undefined,
    instanceId: whyInstanceId(place),
    presence: "Linux lists it",
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function whyInstanceId(place: Pick<BusPlace, "pci" | "instanceId"> | undefined): string | undefined {
  if (place?.instanceId === undefined) return undefined;
  return place.pci === undefined
    ? "derived from the device's name on VMBUS"
    : "derived from the PCI Express serial number; Windows has it so where the firmware leaves PCI Express to it";
}

/** Windows' word for the place of a device in another segment (PCI domain) than 0 depends on its version: none is given. */
function placeOf(pci: PciDevice | undefined): Pick<InventoryAdapter, "location" | "locationPaths"> {
  if (pci?.segment !== 0) return {};
  return pci.locationPath === undefined
    ? { location: pci.location }
    : { location: pci.location, locationPaths: [pci.locationPath] };
}

function segmentNotes(name: string, pci: PciDevice | undefined): readonly string[] {
  if (pci === undefined || pci.segment === 0) return [];
  return [
    `${name}: it is in PCI domain ${pci.segment.toString(16).padStart(4, "0")}; its location is not given, for Windows counts buses there in another way`,
  ];
}
