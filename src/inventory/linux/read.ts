/** The network adapters of the Linux machine that the program runs on, in the words of Windows. */
import { Failure } from "../../exit/failure.ts";
import { comparePciLocations } from "../../notation/pci-location.ts";
import type { Inventory, InventoryAdapter } from "../model.ts";
import { type NetDevice, readNetDevice } from "./net-device.ts";
import { isOtherNetworkClass, networkPciDevices, type PciDevice } from "./pci.ts";
import { attribute, linkName, namesIn, target } from "./sysfs.ts";

/** An adapter, or why there is none; either may have something to note. */
interface Found {
  readonly adapter: InventoryAdapter | undefined;
  readonly notes: readonly string[];
}

/**
 * Physical adapters only, by PCI location, those without one last. What is left out is noted, except what only this Linux has
 * (bridges, bonds, VLANs, tunnels). Throws Failure "usage" when there is no /sys to read.
 */
export function readLinuxInventory(sysRoot = "/sys"): Inventory {
  const root = target(sysRoot);
  if (root === undefined || target(`${root}/class/net`) === undefined) {
    throw new Failure("usage", `the adapters of this machine cannot be read: there is no ${sysRoot}/class/net`, {
      at: sysRoot,
      advice: "run it on Linux with /sys mounted, or write the inventory as a document",
      code: "no-sysfs",
    });
  }
  const all = namesIn(`${root}/class/net`).flatMap((name) => {
    const path = target(`${root}/class/net/${name}`);
    return path === undefined ? [] : [readNetDevice(path, name)];
  });
  const physical = withoutShadows(all.filter(({ place }) => place !== undefined));
  const covered = new Set(all.map(({ place }) => place?.path));
  const bare = networkPciDevices(root).filter(({ path }) => !covered.has(path));
  const found = [...physical.map(fromNetDevice), ...bare.map(fromPciDevice)];
  return {
    origin: `this machine (${sysRoot})`,
    adapters: found.flatMap(({ adapter }) => adapter ?? []).sort(byPlace),
    notes: found.flatMap(({ notes }) => notes),
  };
}

/**
 * Several interfaces of one device: ports (each with its own address) are adapters, the rest (a Wi-Fi adapter's monitors) are not.
 * A passed-through adapter that a paravirtual adapter with the same address stands for (Hyper-V, virtio failover) is hidden by Windows too.
 */
function withoutShadows(devices: readonly NetDevice[]): readonly NetDevice[] {
  const standIns = new Set(devices.filter(isParavirtual).map(({ permanentMac }) => permanentMac));
  const seen = new Set<string>();
  return [...devices]
    .sort((left, right) => left.port - right.port)
    .flatMap((device) => {
      const key = `${device.place?.path} ${device.kind === "wifi" ? "" : device.permanentMac}`;
      if (seen.has(key) && device.leftOut === undefined) return [];
      if (device.leftOut === undefined) seen.add(key);
      const isHidden = !isParavirtual(device) && device.permanentMac !== undefined && standIns.has(device.permanentMac);
      return [
        isHidden
          ? { ...device, leftOut: "is passed through, and another adapter with its address stands for it" }
          : device,
      ];
    });
}

function isParavirtual({ place, driver }: NetDevice): boolean {
  return place?.bus === "vmbus" || driver === "virtio_net";
}

function fromNetDevice({ name, place, driver, kind, permanentMac, macDoubt, leftOut }: NetDevice): Found {
  if (leftOut !== undefined) return { adapter: undefined, notes: [`left out: ${name} ${leftOut}`] };
  const label = place?.pci && attribute(place.pci.path, "label");
  const described = driver === undefined ? name : `${name} (${driver})`;
  const adapter: InventoryAdapter = {
    description: label === undefined || label === "" ? described : `${label}, ${described}`,
    kind,
    mac: { permanent: permanentMac },
    hardwareIds: place?.hardwareIds ?? [],
    location: locationOf(place?.pci),
  };
  const doubts = macDoubt === undefined ? [] : [`${name}: its own MAC address is not known; ${macDoubt}`];
  return knowable(adapter, name, [...doubts, ...segmentNotes(name, place?.pci)]);
}

/** An adapter that this Linux has no driver for, or that was given to another: no MAC address, but model and place. */
function fromPciDevice(device: PciDevice): Found {
  if (device.isVirtualFunction)
    return {
      adapter: undefined,
      notes: [`left out: ${device.name} is a virtual function that this Linux switched on`],
    };
  const driver = linkName(device.path, "driver");
  const adapter: InventoryAdapter = {
    description: `${device.name} (${driver === undefined ? "no driver in this Linux" : `${driver}, no network interface`})`,
    kind: isOtherNetworkClass(device) ? "wifi" : "ethernet",
    mac: {},
    hardwareIds: device.hardwareIds,
    location: locationOf(device),
  };
  const notes = [
    `${device.name}: its MAC address is not known; this Linux has no network interface for it`,
    ...segmentNotes(device.name, device),
  ];
  return knowable(adapter, device.name, notes);
}

/** What an inventory document could not hold either: nothing that Windows' interface could be recognised by. */
function knowable(adapter: InventoryAdapter, name: string, notes: readonly string[]): Found {
  const isKnown =
    adapter.mac.permanent !== undefined || (adapter.hardwareIds.length > 0 && adapter.location !== undefined);
  if (isKnown) return { adapter, notes };
  return { adapter: undefined, notes: [...notes, `left out: ${name} could not be known again by what is known of it`] };
}

/** Windows' word for the place of a device in another segment (PCI domain) than 0 depends on its version: none is given. */
function locationOf(pci: PciDevice | undefined): InventoryAdapter["location"] {
  return pci?.segment === 0 ? pci.location : undefined;
}

function segmentNotes(name: string, pci: PciDevice | undefined): readonly string[] {
  if (pci === undefined || pci.segment === 0) return [];
  return [
    `${name}: it is in PCI domain ${pci.segment.toString(16).padStart(4, "0")}; its location is not given, for Windows counts buses there in another way`,
  ];
}

function byPlace(left: InventoryAdapter, right: InventoryAdapter): number {
  if (left.location !== undefined && right.location !== undefined)
    return comparePciLocations(left.location, right.location);
  return Number(left.location === undefined) - Number(right.location === undefined);
}
