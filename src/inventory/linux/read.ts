/** The network adapters of the Linux machine that the program runs on, in the words of Windows. */
import { Failure } from "../../exit/failure.ts";
import { complete } from "../complete.ts";
import type { Inventory } from "../model.ts";
import { fromNetDevice, fromPciDevice } from "./adapter.ts";
import { type NetDevice, readNetDevice } from "./net-device.ts";
import { networkPciDevices, type PciDevice } from "./pci.ts";
import { namesIn, target } from "./sysfs.ts";

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
  const { adapters, notes } = complete(found.flatMap(({ adapter }) => adapter ?? []));
  return {
    origin: `this machine (${sysRoot})`,
    adapters,
    notes: [
      ...found.flatMap((one) => one.notes),
      ...notes,
      ...serialNotes([...all.flatMap(({ place }) => place?.pci ?? []), ...bare]),
    ],
  };
}

/** One for all. */
function serialNotes(devices: readonly PciDevice[]): readonly string[] {
  return devices.some(({ isSerialHidden }) => isSerialHidden)
    ? ["PCI Express serial numbers, by which Windows may know adapters, were not read: Linux shows them to root only"]
    : [];
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
