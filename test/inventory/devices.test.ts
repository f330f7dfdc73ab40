/** What a registry may hold of network devices: with a driver, without, on a bus of their own, behind one another. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatInventory, parseInventory } from "../../src/inventory/document.ts";
import type { Inventory } from "../../src/inventory/model.ts";
import { thisWindows } from "../../src/inventory/windows/machine.ts";
import { readWindowsInventory } from "../../src/inventory/windows/read.ts";
import { buildHive, editHive, hiveBytes } from "../../src/regf/index.ts";
import { binary, dword, type FakeValue, type FakeValues, multiSz, sz } from "../support/fake-key.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { FakeWindows } from "./fake-windows.ts";

const NET_CLASS = "{4D36E972-E325-11CE-BFC1-08002BE10318}";
const PARENT = "Properties\\{83da6326-97a6-4088-9453-a1923f573b29}\\000A";

/** A device property's string, as 8 and later keep it. */
const property = (text: string): FakeValue => ({ ...sz(text), type: 0xffff_0012 });

function read(keys: Readonly<Record<string, FakeValues>>): Inventory {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive, { now: 0n });
  for (const [path, values] of Object.entries({ Select: { Current: dword(1) }, ...keys })) {
    const full = path === "Select" ? path : `ControlSet001\\${path}`;
    edit.createKey(full);
    for (const [name, { type, data }] of Object.entries(values)) edit.setValue(full, name, type, data);
  }
  const file = writeFileIn(newFolder(), "SYSTEM", hiveBytes(hive));
  const inventory = readWindowsInventory(new FakeWindows(file));
  if (inventory.adapters.length > 0) {
    expect(parseInventory(formatInventory(inventory), "inventory.json").adapters).toEqual(inventory.adapters);
  }
  return inventory;
}

/** A card that Windows has no driver for. */
function bare(instanceId: string, place: string, more: FakeValues = {}): Record<string, FakeValues> {
  const id = instanceId.split("\\").slice(0, 2).join("\\");
  return {
    [`Enum\\${instanceId}`]: {
      HardwareID: multiSz(id, id.replace(/&REV_.*/, "")),
      CompatibleIDs: multiSz("PCI\\CC_020000", "PCI\\CC_0200"),
      LocationInformation: sz(`@pci.sys,#65536;PCI bus %1, device %2, function %3;(${place})`),
      ...more,
    },
  };
}

/** What a driver adds: the class key, the connection's name, the MAC address. */
function served(instanceId: string, number: number, mac?: readonly number[]): Record<string, FakeValues> {
  const guid = `{0000000${number}-0000-4000-8000-000000000000}`;
  const digits = `000${number}`;
  return {
    [`Enum\\${instanceId}`]: { Driver: sz(`${NET_CLASS}\\${digits}`) },
    [`Control\\Class\\${NET_CLASS}\\${digits}`]: {
      NetCfgInstanceId: sz(guid),
      DriverDesc: sz(`Adapter ${number}`),
      Characteristics: dword(0x84),
      "*IfType": dword(6),
    },
    [`Control\\Network\\${NET_CLASS}\\${guid}\\Connection`]: { Name: sz(`Ethernet ${number}`) },
    ...(mac === undefined
      ? {}
      : { [`Control\\NetworkSetup2\\Interfaces\\${guid}\\Kernel`]: { PermanentAddress: binary(...mac) } }),
  };
}

function merged(...parts: readonly Record<string, FakeValues>[]): Record<string, FakeValues> {
  const result: Record<string, FakeValues> = {};
  for (const part of parts) {
    for (const [path, values] of Object.entries(part)) result[path] = { ...result[path], ...values };
  }
  return result;
}

const I350 = "PCI\\VEN_8086&DEV_1521&SUBSYS_00018086&REV_01";

describe("without a driver", () => {
  test("the maker's address in the serial number, of function 0", () => {
    const unique = { Capabilities: dword(0x16) };
    const { adapters, notes } = read({
      ...bare(`${I350}\\A0369FFFFF1E1ED800`, "1,0,0", unique),
      ...bare(`${I350}\\A0369FFFFF1E1ED801`, "1,0,1", unique),
    });
    expect(adapters.map(({ mac, known, location }) => [mac.permanent, known?.mac, location?.function])).toEqual([
      ["A0-36-9F-1E-1E-D8", "derived from the PCI Express serial number in the instance ID", 0],
      [undefined, undefined, 1],
    ]);
    expect(notes).toEqual([expect.stringContaining("this Windows has no driver for it")]);
  });

  test("a place is no serial number; a Wi-Fi card is marked; another class is none", () => {
    const wifi = { CompatibleIDs: multiSz("PCI\\CC_028000", "PCI\\CC_0280") };
    const other = { CompatibleIDs: multiSz("PCI\\CC_030000", "PCI\\CC_0300") };
    const { adapters } = read({
      ...bare(`${I350}\\4&1234&0&00E0`, "2,0,0", wifi),
      ...bare("PCI\\VEN_8086&DEV_0001&SUBSYS_00018086&REV_01\\3&1234&0&10", "0,2,0", other),
    });
    expect(adapters).toMatchObject([
      {
        kind: "wifi",
        description: "Network controller (no driver in this Windows)",
        mac: {},
        known: {
          instanceId: "registry, Enum; a place, different in each Windows",
          presence: "WinPE's registry begins anew at each start, and holds what it has met in this one",
        },
      },
    ]);
  });

  test("a place that is not known: left out, and said", () => {
    const { adapters, notes } = read(bare(`${I350}\\4&1234&0&00E0`, "nowhere"));
    expect(adapters).toEqual([]);
    expect(notes).toEqual(expect.arrayContaining([expect.stringMatching(/left out: .* could not be known again/)]));
  });

  test("two devices in one slot, neither with an address: one of them is enough", () => {
    const { adapters, notes } = read({
      ...bare(`${I350}\\4&1234&0&00E0`, "2,0,0"),
      ...bare(`${I350}\\4&5678&0&00E0`, "2,0,0"),
    });
    expect(adapters).toHaveLength(1);
    expect(notes).toEqual(expect.arrayContaining([expect.stringContaining("cannot be told from another")]));
  });
});

describe("with a driver", () => {
  test("a driver that does not say that its adapter is hardware", () => {
    const instance = `${I350}\\4&1234&0&00E0`;
    const keys = merged(bare(instance, "2,0,0"), served(instance, 1, [0xa0, 0x36, 0x9f, 0, 0, 1]), {
      [`Control\\Class\\${NET_CLASS}\\0001`]: { Characteristics: dword(0) },
    });
    expect(read(keys).adapters.map(({ mac }) => mac.permanent)).toEqual(["A0-36-9F-00-00-01"]);
  });

  test("not started: no address yet, and that is said", () => {
    const instance = `${I350}\\4&1234&0&00E0`;
    const { adapters, notes } = read(merged(bare(instance, "2,0,0"), served(instance, 1)));
    expect(adapters).toMatchObject([{ description: "Adapter 1 (Ethernet 1)", mac: {} }]);
    expect(notes).toEqual([expect.stringContaining("it has not started")]);
  });

  test("two adapters with one address in two slots are two", () => {
    const [one, other] = [`${I350}\\4&1234&0&00E0`, `${I350}\\4&1234&0&00E1`];
    const mac = [0xa0, 0x36, 0x9f, 0, 0, 1];
    const keys = merged(bare(one, "2,0,0"), served(one, 1, mac), bare(other, "3,0,0"), served(other, 2, mac));
    expect(read(keys).adapters.map(({ location }) => location?.bus)).toEqual([2, 3]);
  });

  test("what is neither Ethernet nor Wi-Fi is left out, and said", () => {
    const instance = "USB\\VID_1199&PID_9071\\5&1&0&1";
    const keys = merged(served(instance, 1, [0xa0, 0x36, 0x9f, 0, 0, 1]), {
      [`Control\\Class\\${NET_CLASS}\\0001`]: { "*IfType": dword(243) },
    });
    expect(read(keys)).toMatchObject({
      adapters: [],
      notes: ["left out: Adapter 1, Ethernet 1 is neither Ethernet nor Wi-Fi"],
    });
  });

  test("on USB: known by its address", () => {
    const instance = "USB\\VID_0BDA&PID_8153\\001000001";
    const { adapters } = read(
      merged(served(instance, 1, [0, 0xe0, 0x4c, 0, 0, 1]), {
        [`Enum\\${instance}`]: { HardwareID: multiSz("USB\\VID_0BDA&PID_8153&REV_3000", "USB\\VID_0BDA&PID_8153") },
      }),
    );
    expect(adapters).toMatchObject([{ mac: { permanent: "00-E0-4C-00-00-01" }, instanceId: instance }]);
  });

  test("a virtual function behind a synthetic adapter is hidden; alone it is an adapter", () => {
    const vf = "PCI\\VEN_15B3&DEV_1018&SUBSYS_01B115B3&REV_80\\3&1&0&0";
    const synthetic = "VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}\\{f8a2f2a5-1c2d-4b5e-8a1b-0123456789ab}";
    const mac = [0, 0x15, 0x5d, 1, 2, 3];
    const function_ = merged(bare(vf, "1,0,2"), served(vf, 1, mac));
    const { adapters, notes } = read(merged(function_, served(synthetic, 2, mac)));
    expect(adapters.map(({ instanceId }) => instanceId)).toEqual([synthetic]);
    expect(notes).toEqual([expect.stringContaining("another adapter with its address stands for it")]);
    expect(read(function_).adapters.map(({ instanceId }) => instanceId)).toEqual([vf]);
  });
});

describe("a card whose driver makes a bus of it", () => {
  const card = "PCI\\VEN_14E4&DEV_1639&SUBSYS_02361028&REV_20\\5&1&0&000008";
  const onIt = "B06BDRV\\L2ND&PCI_163914E4&SUBSYS_02361028&REV_20\\6&1&0&20050";
  const driver = { Driver: sz("{4D36E97D-E325-11CE-BFC1-08002BE10318}\\0007") };

  test("the adapter on it is the adapter", () => {
    const keys = merged(bare(card, "1,0,0", driver), served(onIt, 1, [0, 0x10, 0x18, 0, 0, 1]), {
      [`Enum\\${onIt}\\${PARENT}`]: { "": property(card) },
    });
    const { adapters, notes } = read(keys);
    expect(adapters.map(({ instanceId }) => instanceId)).toEqual([onIt]);
    expect(notes).toEqual([]);
  });

  test("none is on it: the card itself is part of the machine", () => {
    const { adapters } = read(bare(card, "1,0,0", driver));
    expect(adapters).toMatchObject([
      { description: "Network controller (no network interface in this Windows)", location: { bus: 1 } },
    ]);
  });
});

describe("programs are run with a bound", () => {
  const { run, freeBytes, interfaces } = thisWindows({});

  test("not there, not ending, ending with a complaint", () => {
    expect(run(join(newFolder(), "reg.exe"), [], 1000)).toMatchObject({ ended: false, why: "missing" });
    expect(run("/bin/sleep", ["20"], 100)).toEqual({
      ended: false,
      why: "timed-out",
      reason: "had not ended after 0.1 seconds",
    });
    expect(run("/bin/sh", ["-c", "echo out; echo 'ERROR: no\n\x1b[31mway' >&2; exit 3"], 5000)).toEqual({
      ended: true,
      status: 3,
      output: "out\n",
      complaint: "ERROR: no \\u001b[31mway",
    });
    expect(run("/bin/sh", ["-c", "kill -9 $$"], 5000)).toMatchObject({ ended: false, why: "failed" });
  });

  test("more output than anybody needs ends it", () => {
    expect(run("/bin/sh", ["-c", "yes"], 5000)).toMatchObject({ ended: false, why: "failed" });
  });

  test("room in a folder; the interfaces of this system", () => {
    expect(freeBytes(newFolder())).toBeGreaterThan(0);
    expect(freeBytes("/nowhere/at/all")).toBeUndefined();
    for (const { mac } of interfaces()) expect(mac).toMatch(/^[0-9A-F]{2}(-[0-9A-F]{2}){5}$/);
  });
});
