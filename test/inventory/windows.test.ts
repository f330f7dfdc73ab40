/** The adapters of a running Windows or WinPE: its registry read by our engine, saved or exported by reg.exe. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { formatInventory, parseInventory } from "../../src/inventory/document.ts";
import type { Inventory } from "../../src/inventory/model.ts";
import type { WindowsMachine } from "../../src/inventory/windows/machine.ts";
import { readWindowsInventory } from "../../src/inventory/windows/read.ts";
import { phonyImage } from "../support/phony-images.ts";
import { copyOfRealHive, describeWithRealHives } from "../support/real-hives.ts";
import { type FakeTraits, FakeWindows, refusal } from "./fake-windows.ts";

/** What is read, after the check that a document can hold it. */
function read(machine: WindowsMachine): Inventory {
  const inventory = readWindowsInventory(machine);
  if (inventory.adapters.length > 0) {
    expect(parseInventory(formatInventory(inventory), "inventory.json").adapters).toEqual(inventory.adapters);
  }
  return inventory;
}

function failureOf(machine: FakeWindows): Failure {
  try {
    readWindowsInventory(machine);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("no Failure");
}

/** reg.exe without `save`, as in Wine. */
const NO_SAVE: NonNullable<FakeTraits["answer"]> = ([verb]) =>
  verb === "save" ? refusal("reg: Invalid option [save].") : "as reg.exe does";

const EXPORTED = { answer: NO_SAVE };

describe("a phony Windows 10", () => {
  const hive = () => phonyImage("moved-windows-10").hive;

  test("in WinPE: what was there in this start; a ghost of the boot image's own is left out", () => {
    const machine = new FakeWindows(hive());
    const { origin, adapters, notes } = read(machine);
    expect(origin).toBe("this machine (WinPE's registry, saved by reg.exe)");
    expect(adapters).toMatchObject([
      {
        description: "vmxnet3 Ethernet Adapter (Ethernet1)",
        kind: "ethernet",
        mac: { permanent: "00-50-56-A7-1B-22" },
        known: { mac: "registry, NetworkSetup2", hardwareIds: "registry, Enum" },
      },
    ]);
    expect(notes).toEqual([
      expect.stringMatching(
        /^left out: Intel.*Ethernet0 is not part of the machine now: it was last there 20.* before this start/,
      ),
    ]);
    expect(machine.left()).toEqual([]);
    expect(machine.calls.map(([verb]) => verb)).toEqual(["save"]);
  });

  test("the copy goes where TEMP says, and is gone afterwards", () => {
    const machine = new FakeWindows(hive());
    machine.environment["TEMP"] = join(machine.root, "Temp2");
    read(machine);
    expect(machine.calls[0]?.[2]).toMatch(/Temp2.pint-inventory-\w+.SYSTEM$/);
    expect(machine.left()).toEqual([]);
  });

  test("the system's own list joins by the connection's name: an address of now, and a proof that it is there", () => {
    const interfaces = { ethernet0: "02-00-00-00-00-01", Ethernet1: "00-50-56-A7-1B-22", VPN: "02-00-00-00-00-02" };
    const { adapters } = read(new FakeWindows(hive(), { isWindowsPe: false, interfaces }));
    expect(adapters.map(({ mac, known }) => [mac, known?.mac, known?.presence])).toEqual(
      expect.arrayContaining([
        [
          { permanent: "00-0C-29-5A-3C-1E", current: "02-00-00-00-00-01" },
          "registry, NetworkSetup2; current: the system's interface ethernet0",
          "it is up",
        ],
        [
          { permanent: "00-50-56-A7-1B-22", current: undefined },
          "registry, NetworkSetup2; the system's interface Ethernet1 agrees",
          "it is up",
        ],
      ]),
    );
    expect(adapters).toHaveLength(2);
  });

  test("or by the address, where the name is another", () => {
    const interfaces = { LAN: "00-0C-29-5A-3C-1E" };
    const { adapters, notes } = read(new FakeWindows(hive(), { interfaces }));
    expect(adapters).toHaveLength(2);
    expect(notes).toEqual([]);
  });

  test("on a Windows that has run for longer: as of its last start", () => {
    const { origin, adapters, notes } = read(new FakeWindows(hive(), { isWindowsPe: false }));
    expect(origin).toBe("this machine (Windows' registry, saved by reg.exe)");
    expect(adapters).toHaveLength(1);
    expect(notes).toHaveLength(1);
  });

  test("exported key by key: the same adapters, and it is said", () => {
    const saved = read(new FakeWindows(hive()));
    const machine = new FakeWindows(hive(), EXPORTED);
    const exported = read(machine);
    expect(exported.origin).toBe("this machine (WinPE's registry, exported by reg.exe)");
    expect(exported.adapters).toEqual(saved.adapters);
    expect(exported.notes).toEqual([
      ...(saved.notes ?? []).slice(0, 1),
      "the registry was read key by key: reg.exe save HKLM\\SYSTEM said: reg: Invalid option [save]",
    ]);
    expect(machine.left()).toEqual([]);
    const keys = machine.calls.filter(([verb]) => verb === "export").map(([, key]) => key);
    expect(keys).toContain("HKLM\\SYSTEM\\CurrentControlSet\\Enum\\PCI");
    expect(keys).not.toContain("HKLM\\SYSTEM\\CurrentControlSet\\Enum\\ROOT");
  });
});

describe("kinds of adapters", () => {
  test.each([
    ["wifi", "wifi"],
    ["management-controller", "ethernet"],
    ["virtual-function", "ethernet"],
    ["disabled", "ethernet"],
  ] as const)("%s: it is there, as %s", (variant, kind) => {
    const { adapters } = read(new FakeWindows(phonyImage(variant).hive, { isWindowsPe: false }));
    expect(adapters.filter((adapter) => adapter.kind === kind).length).toBeGreaterThan(0);
  });

  test("places that say different MAC addresses are told", () => {
    const { notes } = read(new FakeWindows(phonyImage("mac-disagreement").hive));
    expect(notes).toEqual(
      expect.arrayContaining([expect.stringMatching(/its MAC address is .*, but there is .* as well/)]),
    );
  });
});

describe("what keeps the registry from being read", () => {
  const hive = () => phonyImage("moved-windows-10").hive;

  test("no reg.exe", () => {
    const failure = failureOf(
      new FakeWindows(hive(), { answer: () => ({ ended: false, why: "missing", reason: "is not there" }) }),
    );
    expect(failure).toMatchObject({
      exit: "usage",
      code: "no-reg-exe",
      at: expect.stringMatching(/System32.reg\.exe$/),
    });
    expect(failure.advice).toContain("--inventory FILE");
  });

  test("it does not end: every run has its bound", () => {
    const machine = new FakeWindows(hive(), {
      answer: () => ({ ended: false, why: "timed-out", reason: "had not ended after 120 seconds" }),
    });
    expect(failureOf(machine)).toMatchObject({ exit: "timedOut", code: "registry-timed-out", exitCode: 31 });
    expect(machine.calls).toHaveLength(1);
    expect(machine.timeouts.every((timeoutMs) => timeoutMs <= 120_000)).toBe(true);
    expect(machine.left()).toEqual([]);
  });

  test("no room for a copy: nothing is saved, the keys are exported", () => {
    const machine = new FakeWindows(hive(), { freeBytes: () => 100_000 });
    const { adapters, notes } = read(machine);
    expect(adapters).toHaveLength(1);
    expect(machine.calls.map(([verb]) => verb)).not.toContain("save");
    expect(notes?.at(-1)).toMatch(/no room for a copy of it: .* has 0\.1 MiB free.* are needed/);
  });

  test("the first folder that has room is taken", () => {
    const machine = new FakeWindows(hive(), { freeBytes: (folder) => (folder.endsWith("Temp2") ? 1e9 : 0) });
    machine.environment["TMP"] = join(machine.root, "Temp2");
    read(machine);
    expect(machine.calls).toEqual([["save", "HKLM\\SYSTEM", expect.stringContaining("Temp2"), "/y"]]);
  });

  test("no room for anything", () => {
    const machine = new FakeWindows(hive(), {
      freeBytes: () => 0,
      answer: ([verb]) =>
        verb === "query" ? "as reg.exe does" : refusal("ERROR: There is not enough space on the disk."),
    });
    const failure = failureOf(machine);
    expect(failure).toMatchObject({ exit: "writeFailed", code: "no-room-for-registry" });
    expect(failure.advice).toContain("Set-ScratchSpace");
    expect(failure.message).toContain("not enough space on the disk");
    expect(machine.left()).toEqual([]);
  });

  test("no permission", () => {
    const machine = new FakeWindows(hive(), { answer: () => refusal("FEHLER: Zugriff verweigert") });
    expect(failureOf(machine)).toMatchObject({
      exit: "refused",
      code: "registry-not-readable",
      message: expect.stringContaining("Zugriff verweigert"),
    });
  });

  test("one bus that cannot be exported is not passed over: what is on it would be an orphan", () => {
    const machine = new FakeWindows(hive(), {
      answer: (args) =>
        args[0] === "save" || args[1]?.endsWith("Enum\\PCI") ? refusal("ERROR: Access is denied.") : "as reg.exe does",
    });
    expect(failureOf(machine).message).toContain("Enum\\PCI said: ERROR: Access is denied");
    expect(machine.left()).toEqual([]);
  });

  test("there is no folder for temporary files", () => {
    const machine = new FakeWindows(hive());
    machine.environment["TEMP"] = join(machine.root, "nowhere");
    machine.environment["SystemRoot"] = machine.root;
    const bare: WindowsMachine = {
      ...{ release: machine.release, environment: { SystemRoot: join(machine.root, "none"), TEMP: "" } },
      run: () => ({ ended: false, why: "failed", reason: "must not be run" }),
      freeBytes: () => undefined,
      interfaces: () => [],
    };
    expect(() => readWindowsInventory(bare)).toThrow(/there is no folder for temporary files/);
  });

  test("a copy that is damaged: the keys are exported instead", () => {
    const machine = new FakeWindows(hive(), {
      answer: ([verb, , file = ""]) => {
        if (verb !== "save") return "as reg.exe does";
        writeFileSync(file, "regf, but nothing else");
        return { ended: true, status: 0, output: "", complaint: "" };
      },
    });
    const { adapters, notes } = read(machine);
    expect(adapters).toHaveLength(1);
    expect(notes?.at(-1)).toContain("the copy that reg.exe saved is damaged");
    expect(machine.left()).toEqual([]);
  });

  test("a copy that was not made, although reg.exe says so", () => {
    const machine = new FakeWindows(hive(), {
      answer: ([verb]) => (verb === "save" ? { ended: true, status: 0, output: "", complaint: "" } : "as reg.exe does"),
    });
    expect(read(machine).adapters).toHaveLength(1);
  });
});

describeWithRealHives("real hives in the place of a saved one", () => {
  const hive = (name: string) => copyOfRealHive(`system/${name}.hiv`);

  test("Windows 10 21H2: serial number, address, place, way to it", () => {
    const machine = new FakeWindows(hive("win10-21h2-vmware"));
    const { adapters, notes } = read(machine);
    expect(adapters).toMatchObject([
      {
        mac: { permanent: "00-0C-29-66-1A-A2" },
        location: { bus: 3, device: 0, function: 0 },
        locationPaths: ["PCIROOT(0)#PCI(1500)#PCI(0000)", "ACPI(_SB_)#ACPI(PCI0)#ACPI(PE40)#ACPI(S1F0)"],
        instanceId: "PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00\\000C29FFFF661AA200",
        known: { instanceId: "registry, Enum; a serial number" },
      },
    ]);
    expect(adapters[0]?.hardwareIds[0]).toBe("PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00");
    expect(notes).toEqual([]);
    expect(machine.left()).toEqual([]);
  });

  test("the same when it is exported, with the volatile key as the proof", () => {
    const instance = "Enum\\PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00\\000C29FFFF661AA200";
    const machine = new FakeWindows(hive("win10-21h2-vmware"), {
      ...EXPORTED,
      isWindowsPe: false,
      volatileKeys: [`${instance}\\Control`],
    });
    const saved = read(new FakeWindows(hive("win10-21h2-vmware")));
    const { adapters } = read(machine);
    expect(adapters[0]?.known?.presence).toBe("Windows has found it in this run");
    expect(adapters.map(({ known: _known, ...adapter }) => adapter)).toEqual(
      saved.adapters.map(({ known: _known, ...adapter }) => adapter),
    );
  });

  test("Windows 7: the card that did not start is no part of the machine; one without a driver is found by its class code", () => {
    const { adapters, notes } = read(new FakeWindows(hive("win7-sp1-x86-esx"), { release: "6.1.7601" }));
    expect(adapters.map(({ description, mac, location }) => [description, mac.permanent, location?.device])).toEqual([
      ["Ethernet Controller (no driver in this Windows)", undefined, 1],
      [expect.stringMatching(/^Intel.*\(.*\)$/), "00-50-56-A5-12-69", 3],
    ]);
    expect(notes).toEqual([
      expect.stringMatching(/^left out: Intel.* it last started 2011-06-13/),
      expect.stringMatching(/Ethernet Controller: its MAC address is not known: this Windows has no driver for it/),
    ]);
  });

  test("on a full Windows 7 nothing shows that the card without a driver is there", () => {
    const machine = new FakeWindows(hive("win7-sp1-x86-esx"), { release: "6.1.7601", isWindowsPe: false });
    const { adapters, notes } = read(machine);
    expect(adapters.map(({ mac }) => mac.permanent)).toEqual(["00-50-56-A5-12-69"]);
    expect(notes).toEqual(
      expect.arrayContaining([expect.stringMatching(/Ethernet Controller.*nothing shows that it is there now/)]),
    );
  });

  test.each([
    ["win81-x64-virtualbox-dirty", "6.3.9600", "08-00-27-"],
    ["win10-1903-vmware-dirty", "10.0.18362", "00-0C-29-F3-FF-DE"],
  ])("%s: its copy is dirty and refused, and its keys are read", (name, release, mac) => {
    const { origin, adapters } = read(new FakeWindows(hive(name), { release }));
    expect(origin).toContain("exported");
    expect(adapters.map((adapter) => adapter.mac.permanent)).toEqual([expect.stringContaining(mac)]);
  });
});
