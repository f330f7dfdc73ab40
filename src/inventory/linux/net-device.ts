/** One network interface of /sys: an adapter that Windows would have too, or why it is none. */
import { isStationMac, type MacAddress, parseMac } from "../../notation/mac.ts";
import { type BusPlace, busPlaceOf } from "./buses.ts";
import { attribute, linkName, namesIn, numberAttribute, target } from "./sysfs.ts";

export interface NetDevice {
  readonly name: string;
  /** Undefined for what exists in this Linux only: bridges, bonds, VLANs, tunnels, loopback. */
  readonly place: BusPlace | undefined;
  readonly driver: string | undefined;
  readonly kind: "ethernet" | "wifi";
  /** The adapter's own address, when this Linux tells. */
  readonly permanentMac: MacAddress | undefined;
  /** Where it was found. */
  readonly macSource: string | undefined;
  /** Why the address is not known, for a note. */
  readonly macDoubt: string | undefined;
  /** Which of several ports of one device, from 0. */
  readonly port: number;
  /** Why Windows would have no adapter for it, though it has a device. */
  readonly leftOut: string | undefined;
}

/** ARPHRD_ETHER of include/uapi/linux/if_arp.h; Wi-Fi has it too. */
const ETHERNET = 1;
/** ARPHRD_INFINIBAND: its address is no MAC address, but the adapter may be an Ethernet one in Windows. */
const INFINIBAND = 32;

/** NET_ADDR_PERM of include/uapi/linux/netdevice.h: the address is the device's own. */
const ADDRESS_IS_PERMANENT = 0;

/** The kernel's names of kinds (DEVTYPE) that are no network adapters in Windows, or none that could be configured here. */
const OTHER_KINDS: Readonly<Record<string, string>> = {
  wwan: "is a mobile broadband device",
  bluetooth: "is a Bluetooth network",
  dsa: "is a port of a switch",
};

export function readNetDevice(path: string, name: string): NetDevice {
  const device = target(`${path}/device`);
  const place = device === undefined ? undefined : busPlaceOf(device);
  const isWifi = namesIn(path).some((entry) => entry === "wireless" || entry === "phy80211");
  return {
    name,
    place,
    driver: device === undefined ? undefined : linkName(device, "driver"),
    kind: isWifi ? "wifi" : "ethernet",
    ...macOf(path),
    port: numberAttribute(path, "dev_port") ?? 0,
    leftOut: place === undefined ? undefined : whyLeftOut(path, place),
  };
}

function whyLeftOut(path: string, { bus, pci }: BusPlace): string | undefined {
  const kind = /^DEVTYPE=(.*)$/m.exec(attribute(path, "uevent") ?? "")?.[1];
  if (kind !== undefined && OTHER_KINDS[kind] !== undefined) return OTHER_KINDS[kind];
  if (bus === "thunderbolt" || bus === "bluetooth") return `is a network over ${bus}, no adapter`;
  const type = numberAttribute(path, "type");
  if (type !== ETHERNET && type !== INFINIBAND) return `is no Ethernet adapter (type ${type ?? "unknown"})`;
  if (pci?.isVirtualFunction === true) return "is a virtual function that this Linux switched on";
  // A switch on the adapter has an interface for each virtual port: pf0vf1, pf0sf2.
  return /^(?:c\d+)?pf\d+(?:vf|sf)\d+$/.test(attribute(path, "phys_port_name") ?? "")
    ? "stands for a virtual port of an adapter"
    : undefined;
}

/** An address that this Linux chose or that a bond lent is not what Windows will see. */
function macOf(path: string): Pick<NetDevice, "permanentMac" | "macSource" | "macDoubt"> {
  const isPermanent = numberAttribute(path, "addr_assign_type") === ADDRESS_IS_PERMANENT;
  // What the port of a bond had before: the bond gives all its ports one address.
  const lent = attribute(path, "bonding_slave/perm_hwaddr");
  const mac = parseMac(lent ?? (isPermanent ? (attribute(path, "address") ?? "") : ""));
  if (mac !== undefined && isStationMac(mac)) {
    const macSource = `Linux, ${lent === undefined ? "address, which it was made with" : "bonding_slave/perm_hwaddr"}`;
    return { permanentMac: mac, macSource, macDoubt: undefined };
  }
  const macDoubt = isPermanent ? "it has none" : "the present one was set in this Linux";
  return { permanentMac: undefined, macSource: undefined, macDoubt };
}
