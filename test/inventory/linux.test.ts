/** The adapters of a Linux machine, read from a /sys that the test makes. */
import { existsSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { formatInventory, parseInventory } from "../../src/inventory/document.ts";
import { readLinuxInventory } from "../../src/inventory/linux/read.ts";
import { serialNumberIn } from "../../src/inventory/linux/serial-number.ts";
import type { Inventory } from "../../src/inventory/model.ts";
import { FakeSys, INTEL, INTEL_IDS } from "./fake-sys.ts";

let sys: FakeSys;

beforeEach(() => {
  sys = new FakeSys();
});
afterEach(() => {
  sys.remove();
});

/** What is read, after the check that a document can hold it. */
function read(): Inventory {
  const inventory = readLinuxInventory(sys.root);
  if (inventory.adapters.length > 0) {
    expect(parseInventory(formatInventory(inventory), "inventory.json").adapters).toEqual(inventory.adapters);
  }
  return inventory;
}

function macs(): readonly (string | undefined)[] {
  return read().adapters.map(({ mac }) => mac.permanent);
}

describe("PCI cards", () => {
  test("MAC address, hardware IDs in Windows' order, location", () => {
    const card = sys.pci("0000:0b:1f.1", INTEL, "e1000e");
    sys.net(card, "ens3", "00:0c:29:66:1a:a2");
    expect(read()).toEqual({
      origin: `this machine (${sys.root})`,
      adapters: [
        {
          description: "ens3 (e1000e)",
          kind: "ethernet",
          mac: { permanent: "00-0C-29-66-1A-A2" },
          hardwareIds: INTEL_IDS,
          location: { bus: 11, device: 31, function: 1 },
          locationPaths: ["PCIROOT(0)#PCI(1C00)#PCI(1F01)"],
          known: {
            mac: "Linux, address, which it was made with",
            hardwareIds: "made of what Linux tells of the device",
            location: "Linux, the device's name",
            presence: "Linux lists it",
          },
        },
      ],
      notes: [],
    });
  });

  test("the firmware's label is what people find on the case", () => {
    const card = sys.pci("0000:01:00.0", { ...INTEL, label: "Embedded LOM 1 Port 1" }, "igb");
    sys.net(card, "eno1", "00:0c:29:66:1a:a2");
    expect(read().adapters[0]?.description).toBe("Embedded LOM 1 Port 1, eno1 (igb)");
  });

  test("old kernels tell no revision", () => {
    const { revision: _revision, ...older } = INTEL;
    sys.net(sys.pci("0000:01:00.0", older), "eth0", "00:0c:29:66:1a:a2");
    expect(read().adapters[0]?.hardwareIds).toEqual(INTEL_IDS.filter((id) => !id.includes("REV_")));
  });

  test("without a driver: no MAC address, but model and place", () => {
    sys.pci("0000:03:00.0");
    sys.pci("0000:04:00.0", { ...INTEL, class: "0x028000" }, "vfio-pci");
    sys.pci("0000:05:00.0", { ...INTEL, class: "0x030000" });
    expect(read()).toMatchObject({
      adapters: [
        {
          description: "0000:03:00.0 (no driver in this Linux)",
          kind: "ethernet",
          mac: {},
          hardwareIds: INTEL_IDS,
          location: { bus: 3, device: 0, function: 0 },
        },
        {
          description: "0000:04:00.0 (vfio-pci, no network interface)",
          kind: "wifi",
          mac: {},
          location: { bus: 4, device: 0, function: 0 },
        },
      ],
      notes: [
        "0000:03:00.0: its MAC address is not known; this Linux has no network interface for it",
        "0000:04:00.0: its MAC address is not known; this Linux has no network interface for it",
      ],
    });
  });

  test("by bus, device and function, whatever Linux calls them; those without a place last", () => {
    sys.net(sys.device("devices/platform/soc/eth", "platform"), "eth0", "00:00:00:00:00:05");
    sys.net(sys.pci("0000:0a:00.0"), "eth1", "00:00:00:00:00:04");
    sys.net(sys.pci("0000:02:01.0"), "eth2", "00:00:00:00:00:02");
    sys.net(sys.pci("0000:02:00.1"), "eth3", "00:00:00:00:00:01");
    sys.net(sys.pci("0000:02:01.1"), "eth4", "00:00:00:00:00:03");
    expect(macs()).toEqual([
      "00-00-00-00-00-01",
      "00-00-00-00-00-02",
      "00-00-00-00-00-03",
      "00-00-00-00-00-04",
      "00-00-00-00-00-05",
    ]);
  });

  test("two ports of one function are two adapters, in the order of their ports", () => {
    const card = sys.pci("0000:03:00.0", { ...INTEL, vendor: "0x15b3", device: "0x1003" }, "mlx4_core");
    sys.net(card, "ens1", "00:02:c9:00:00:02", { dev_port: "1" });
    sys.net(card, "ens1d1", "00:02:c9:00:00:01", { dev_port: "0" });
    expect(macs()).toEqual(["00-02-C9-00-00-01", "00-02-C9-00-00-02"]);
  });

  test("another PCI domain: its location is not given, and that is said", () => {
    sys.net(sys.pci("0001:03:00.0"), "eth0", "00:0c:29:66:1a:a2");
    sys.pci("10000:03:00.0");
    const { adapters, notes } = read();
    expect(adapters).toHaveLength(1);
    expect(adapters[0]).toMatchObject({ mac: { permanent: "00-0C-29-66-1A-A2" }, hardwareIds: INTEL_IDS });
    expect(adapters[0]).not.toHaveProperty("location");
    expect(adapters[0]).not.toHaveProperty("locationPaths");
    expect(notes).toEqual([
      expect.stringContaining("eth0: it is in PCI domain 0001"),
      expect.stringContaining("10000:03:00.0: its MAC address is not known"),
      expect.stringContaining("10000:03:00.0: it is in PCI domain 10000"),
      "left out: 10000:03:00.0 could not be known again by what is known of it",
    ]);
  });
});

describe("the MAC address is the card's own", () => {
  test("not one that this Linux set, chose or stole", () => {
    for (const [index, type] of ["1", "2", "3"].entries()) {
      sys.net(sys.pci(`0000:0${index}:00.0`), `eth${index}`, `02:00:00:00:00:0${index}`, { addr_assign_type: type });
    }
    const { adapters, notes } = read();
    expect(adapters.map(({ mac }) => mac)).toEqual([{}, {}, {}]);
    expect(notes).toEqual(
      [0, 1, 2].map((index) => `eth${index}: its own MAC address is not known; the present one was set in this Linux`),
    );
  });

  test("in a bond: the one that the port had before", () => {
    for (const [index, own] of ["00:0c:29:00:00:01", "00:0c:29:00:00:02"].entries()) {
      sys.net(sys.pci(`0000:0${index}:00.0`), `eth${index}`, "00:0c:29:00:00:01", {
        addr_assign_type: "3",
        "bonding_slave/perm_hwaddr": own,
      });
    }
    sys.virtualNet("bond0", { address: "00:0c:29:00:00:01" });
    expect(macs()).toEqual(["00-0C-29-00-00-01", "00-0C-29-00-00-02"]);
  });

  test.each([
    "00:00:00:00:00:00",
    "ff:ff:ff:ff:ff:ff",
    "",
    "80:00:02:08:fe:80:00:00:00:00:00:00:00:02:c9:03:00:00:00:01",
  ])("%j is none", (address) => {
    sys.net(sys.pci("0000:03:00.0"), "ib0", address, { type: "32" });
    const { adapters, notes } = read();
    expect(adapters).toMatchObject([{ mac: {}, hardwareIds: INTEL_IDS }]);
    expect(notes).toEqual(["ib0: its own MAC address is not known; it has none"]);
  });
});

describe("the serial number of PCI Express", () => {
  const INSTANCE = "PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00\\000C29FFFF661AA200";

  test.each(["first", "second"] as const)("as the %s capability: the instance ID that Windows has", (place) => {
    const card = sys.pci("0000:03:00.0", INTEL, "e1000e");
    sys.serialNumber(card, "000C29FFFF661AA2", place);
    sys.net(card, "eth0", "00:0c:29:66:1a:a2");
    expect(read().adapters).toMatchObject([
      {
        instanceId: INSTANCE,
        known: { instanceId: expect.stringMatching(/^derived from the PCI Express serial number/) },
      },
    ]);
  });

  test("tells the MAC address of a card without a driver, and of one whose address was changed", () => {
    sys.serialNumber(sys.pci("0000:03:00.0"), "000C29FFFF661AA2");
    const other = sys.pci("0000:04:00.0", INTEL, "e1000e");
    sys.serialNumber(other, "000C29FFFF661AA3");
    sys.net(other, "eth0", "02:00:00:00:00:01", { addr_assign_type: "3" });
    const { adapters, notes } = read();
    expect(adapters.map(({ mac, known }) => [mac.permanent, known?.mac])).toEqual([
      ["00-0C-29-66-1A-A2", "derived from the PCI Express serial number"],
      ["00-0C-29-66-1A-A3", "derived from the PCI Express serial number"],
    ]);
    expect(notes).toEqual([]);
  });

  test("none: zeros, a list of capabilities in a circle, a configuration space without an extension", () => {
    const [zeros, circle, short] = ["0000:03:00.0", "0000:04:00.0", "0000:05:00.0"].map((name) => sys.pci(name));
    sys.serialNumber(zeros ?? "", "0000000000000000");
    const config = Buffer.alloc(4096);
    config.writeUInt32LE((0x100 << 20) | 1, 0x100);
    writeFileSync(`${sys.root}/${circle}/config`, config);
    writeFileSync(`${sys.root}/${short}/config`, Buffer.alloc(256, 3));
    expect(read().adapters.map(({ instanceId }) => instanceId)).toEqual([undefined, undefined, undefined]);
  });

  test("only root may see it, and whatever else is there is no error", () => {
    expect(serialNumberIn(new Uint8Array(64), 4096)).toEqual({ kind: "not-permitted" });
    expect(serialNumberIn(new Uint8Array(64), 256)).toEqual({ kind: "none" });
    expect(serialNumberIn(undefined, 4096)).toEqual({ kind: "none" });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (bytes) => {
        const config = new Uint8Array(4096);
        config.set(bytes, 0x100);
        expect(["none", "known"]).toContain(serialNumberIn(config, 4096).kind);
      }),
    );
  });

  test("the model must be known whole, for Windows' name begins with it", () => {
    const { revision: _revision, ...older } = INTEL;
    const card = sys.pci("0000:03:00.0", older);
    sys.serialNumber(card, "000C29FFFF661AA2");
    expect(read().adapters[0]?.instanceId).toBeUndefined();
  });
});

describe("the way to a PCI device", () => {
  test("from the root, as Windows writes it", () => {
    const path = "devices/pci0000:00/0000:00:1c.4/0000:02:00.0/0000:05:1f.2";
    sys.device(path, "pci", { ...INTEL });
    sys.link("bus/pci/devices/0000:05:1f.2", path);
    expect(read().adapters[0]?.locationPaths).toEqual(["PCIROOT(0)#PCI(1C04)#PCI(0000)#PCI(1F02)"]);
  });

  test("not from another root, whose number in Windows is not known", () => {
    const path = "devices/pci0000:80/0000:80:02.0/0000:81:00.0";
    sys.device(path, "pci", { ...INTEL });
    sys.link("bus/pci/devices/0000:81:00.0", path);
    expect(read().adapters).toMatchObject([{ location: { bus: 0x81, device: 0, function: 0 } }]);
    expect(read().adapters[0]?.locationPaths).toBeUndefined();
  });
});

describe("other buses", () => {
  test("virtio: the PCI device is above it", () => {
    const card = sys.pci(
      "0000:00:03.0",
      {
        vendor: "0x1af4",
        device: "0x1041",
        subsystem_vendor: "0x1af4",
        subsystem_device: "0x1100",
        revision: "0x01",
        class: "0x020000",
      },
      "virtio-pci",
    );
    sys.net(sys.device(`${card}/virtio2`, "virtio", {}, "virtio_net"), "eth0", "52:54:00:12:34:56");
    expect(read().adapters).toMatchObject([
      {
        description: "eth0 (virtio_net)",
        mac: { permanent: "52-54-00-12-34-56" },
        location: { bus: 0, device: 3, function: 0 },
      },
    ]);
    expect(read().adapters[0]?.hardwareIds[0]).toBe("PCI\\VEN_1AF4&DEV_1041&SUBSYS_11001AF4&REV_01");
  });

  test("Hyper-V: no PCI; a card that is passed through for it is hidden, as in Windows", () => {
    const vmbus = "devices/LNXSYSTM:00/VMBUS:00/f8a2f2a5-1c2d-4b5e-8a1b-0123456789ab";
    sys.device(vmbus, "vmbus", { class_id: "{f8615163-df3e-46c5-913f-f2d2f965ed0e}" }, "hv_netvsc");
    sys.net(vmbus, "eth0", "00:15:5d:01:02:03");
    sys.net(sys.pci("a1b2:00:02.0", { ...INTEL, vendor: "0x15b3" }, "mlx5_core"), "enP1", "00:15:5d:01:02:03");
    expect(read()).toMatchObject({
      adapters: [
        {
          description: "eth0 (hv_netvsc)",
          mac: { permanent: "00-15-5D-01-02-03" },
          hardwareIds: ["VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}"],
          instanceId: "VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}\\{f8a2f2a5-1c2d-4b5e-8a1b-0123456789ab}",
          known: { instanceId: "derived from the device's name on VMBUS" },
        },
      ],
      notes: ["left out: enP1 is passed through, and another adapter with its address stands for it"],
    });
  });

  test("Xen: a virtual interface without PCI is known by its MAC address", () => {
    sys.net(sys.device("devices/vif-0", "xen", {}, "vif"), "eth0", "00:16:3e:01:02:03");
    expect(read().adapters).toEqual([
      {
        description: "eth0 (vif)",
        kind: "ethernet",
        mac: { permanent: "00-16-3E-01-02-03" },
        hardwareIds: [],
        known: { mac: "Linux, address, which it was made with", presence: "Linux lists it" },
      },
    ]);
  });

  test("USB: no PCI location, though its controller is a PCI device", () => {
    const controller = sys.pci("0000:00:14.0", { ...INTEL, class: "0x0c0330" });
    const stick = sys.device(`${controller}/usb2/2-1`, "usb", {
      idVendor: "0bda",
      idProduct: "8153",
      bcdDevice: "3000",
      bNumInterfaces: " 1",
    });
    sys.net(sys.device(`${stick}/2-1:1.0`, "usb", { bInterfaceNumber: "00" }, "r8152"), "usb0", "00:e0:4c:00:00:01");
    const management = sys.device(`${controller}/usb2/2-2`, "usb", {
      idVendor: "413c",
      idProduct: "a102",
      bcdDevice: "0100",
      bNumInterfaces: " 2",
    });
    sys.net(
      sys.device(`${management}/2-2:1.0`, "usb", { bInterfaceNumber: "00" }, "cdc_ether"),
      "usb1",
      "00:e0:4c:00:00:02",
    );
    expect(read().adapters.map(({ hardwareIds, location }) => [...hardwareIds, location])).toEqual([
      ["USB\\VID_0BDA&PID_8153&REV_3000", "USB\\VID_0BDA&PID_8153", undefined],
      ["USB\\VID_413C&PID_A102&REV_0100&MI_00", "USB\\VID_413C&PID_A102&MI_00", undefined],
    ]);
  });

  test("what could not be known again is left out, and said", () => {
    sys.net(sys.device("devices/vif-0", "xen", {}, "vif"), "eth0", "02:00:00:00:00:01", { addr_assign_type: "3" });
    expect(read()).toMatchObject({
      adapters: [],
      notes: [
        "eth0: its own MAC address is not known; the present one was set in this Linux",
        "left out: eth0 could not be known again by what is known of it",
      ],
    });
  });
});

describe("Wi-Fi and other radios", () => {
  test("a Wi-Fi card is part of the machine, once, and marked", () => {
    const card = sys.pci("0000:02:00.0", { ...INTEL, class: "0x028000" }, "iwlwifi");
    for (const name of ["wlan0", "wlan0mon"])
      sys.directory(`${sys.net(card, name, "00:0c:29:66:1a:a2", { uevent: "DEVTYPE=wlan" })}/phy80211`);
    expect(read()).toMatchObject({ adapters: [{ description: "wlan0 (iwlwifi)", kind: "wifi" }], notes: [] });
  });

  test("mobile broadband and Bluetooth networks are left out, and said", () => {
    sys.net(sys.device("devices/usb1/1-1/1-1:1.0", "usb", {}), "wwan0", "00:0c:29:66:1a:a2", {
      uevent: "DEVTYPE=wwan\nINTERFACE=wwan0",
    });
    sys.net(sys.device("devices/usb1/1-2/hci0", "bluetooth", {}), "bnep0", "00:0c:29:66:1a:a3", {
      uevent: "DEVTYPE=bluetooth",
    });
    expect(read()).toMatchObject({
      adapters: [],
      notes: ["left out: bnep0 is a Bluetooth network", "left out: wwan0 is a mobile broadband device"],
    });
  });

  test("what is no Ethernet is left out, and said", () => {
    sys.net(sys.device("devices/fw0", "firewire"), "firewire0", "00:0c:29:ff:fe:66:1a:a2", { type: "24" });
    expect(read().notes).toEqual(["left out: firewire0 is no Ethernet adapter (type 24)"]);
  });
});

describe("what only this Linux has", () => {
  test("bridges, bonds, VLANs, tunnels, pairs and loopback are no adapters", () => {
    for (const name of ["br0", "bond0", "eth0.5", "tun0", "veth1a2b", "dummy0", "lo"]) sys.virtualNet(name);
    expect(read()).toMatchObject({ adapters: [], notes: [] });
  });

  test("virtual functions are left out with or without an interface, and said", () => {
    const card = sys.pci("0000:03:00.0", INTEL, "ixgbe");
    sys.net(card, "eth0", "00:0c:29:66:1a:a2");
    for (const name of ["0000:03:10.0", "0000:03:10.2"]) sys.link(`${sys.pci(name)}/physfn`, card);
    sys.net("devices/pci0000:00/0000:00:1c.0/0000:03:10.0", "eth1", "00:0c:29:66:1a:a3");
    expect(read()).toMatchObject({
      adapters: [{ description: "eth0 (ixgbe)" }],
      notes: [
        "left out: eth1 is a virtual function that this Linux switched on",
        "left out: 0000:03:10.2 is a virtual function that this Linux switched on",
      ],
    });
  });

  test("ports of a switch are left out, and said", () => {
    sys.net(sys.device("devices/platform/switch", "platform"), "lan1", "00:0c:29:66:1a:a2", { uevent: "DEVTYPE=dsa" });
    expect(read().notes).toEqual(["left out: lan1 is a port of a switch"]);
  });

  test("interfaces that stand for virtual ports of a card are left out, and said", () => {
    const card = sys.pci("0000:03:00.0", INTEL, "mlx5_core");
    sys.net(card, "eth0", "00:0c:29:66:1a:a2", { phys_port_name: "p0" });
    sys.net(card, "eth0_0", "2a:00:00:00:00:01", { phys_port_name: "pf0vf0" });
    expect(read()).toMatchObject({
      adapters: [{ description: "eth0 (mlx5_core)" }],
      notes: ["left out: eth0_0 stands for a virtual port of an adapter"],
    });
  });
});

describe("a /sys that is not as expected", () => {
  test("there is none", () => {
    expect(() => readLinuxInventory(`${sys.root}/nowhere`)).toThrow(
      expect.objectContaining({ code: "no-sysfs", exit: "usage" }),
    );
    expect(() => readLinuxInventory(`${sys.root}/nowhere`)).toThrow(Failure);
  });

  test("links that lead nowhere, attributes that are directories, loops", () => {
    sys.link("class/net/gone", "devices/gone");
    sys.link("class/net/loop", "class/net/loop");
    const card = sys.pci("0000:03:00.0", { vendor: "nonsense", class: "0xzz" });
    sys.directory(`${card}/device`);
    sys.directory(`${sys.net(card, "eth0", "00:0c:29:66:1a:a2")}/uevent`);
    sys.write("class/net", { bonding_masters: "" });
    sys.write("bus/pci/devices", { stray: "" });
    expect(read()).toMatchObject({
      adapters: [
        { mac: { permanent: "00-0C-29-66-1A-A2" }, hardwareIds: [], location: { bus: 3, device: 0, function: 0 } },
      ],
    });
  });

  test.skipIf(!existsSync("/sys/class/net"))("this machine's own is read", () => {
    for (const { mac, hardwareIds, location } of readLinuxInventory().adapters) {
      expect(mac.permanent !== undefined || (hardwareIds.length > 0 && location !== undefined)).toBe(true);
    }
  });
});
