/** The inventory by a reg.exe that is not ours: what Wine's prints and exports is what we read. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWindowsInventory } from "../../src/inventory/windows/read.ts";
import { openHive } from "../../src/regf/index.ts";
import { encodeRegFile } from "../../src/regtext/encoding.ts";
import { formatRegText } from "../../src/regtext/format.ts";
import { type ReadableKey, regEntriesOf } from "../../src/regtext/from-key.ts";
import { openFile } from "../../src/storage/file.ts";
import { newFolder } from "../support/folders.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { phonyImage } from "../support/phony-images.ts";
import { missingWine, Wine } from "../support/wine.ts";
import { FakeWindows } from "./fake-windows.ts";

const BRANCHES = ["Enum\\PCI", "Enum\\ACPI_HAL", "Control\\Class", "Control\\Network", "Control\\NetworkSetup2"];

describeUnlessMissing("Wine", missingWine, () => {
  let wine: Wine;

  beforeAll(() => {
    wine = new Wine();
  }, 150_000);
  afterAll(() => wine?.close());

  /** A machine whose reg.exe is Wine's. */
  function machine(hive: string): FakeWindows {
    const windows = new FakeWindows(hive, { isWindowsPe: false });
    windows.run = (_program, args, timeoutMs) => {
      windows.calls.push(args);
      return wine.reg(args, timeoutMs);
    };
    return windows;
  }

  test("its reg.exe cannot save, and exports: the adapters that were imported, and no other", {
    timeout: 60_000,
  }, () => {
    const { hive } = phonyImage("moved-windows-10");
    const file = join(newFolder(), "keys.reg");
    writeFileSync(file, encodeRegFile(regTextOf(hive)));
    expect(wine.reg(["import", file], 30_000)).toMatchObject({ ended: true, status: 0 });
    const windows = machine(hive);
    const { origin, adapters, notes } = readWindowsInventory(windows);
    expect(origin).toBe("this machine (Windows' registry, exported by reg.exe)");
    expect(windows.calls[0]?.[0]).toBe("save");
    expect(windows.calls.filter(([verb]) => verb === "export").length).toBeGreaterThan(4);
    expect(adapters).toMatchObject([
      {
        description: "vmxnet3 Ethernet Adapter (Ethernet1)",
        mac: { permanent: "00-50-56-A7-1B-22" },
        known: { mac: "registry, NetworkSetup2" },
      },
    ]);
    expect(adapters).toEqual(readWindowsInventory(new FakeWindows(hive, { isWindowsPe: false })).adapters);
    expect(notes?.[0]).toMatch(/^left out: Intel.*Ethernet0 is not part of the machine now/);
    expect(windows.left()).toEqual([]);
  });

  test("a key that is not there is a refusal", () => {
    const key = "HKLM\\SYSTEM\\CurrentControlSet\\Enum\\NOWHERE";
    expect(wine.reg(["export", key, join(newFolder(), "keys.reg"), "/y"], 30_000)).toMatchObject({ status: 1 });
  });
});

/** What reg.exe is to import: the branches of the control set that the inventory reads. */
function regTextOf(hive: string): string {
  const storage = openFile(hive, "read");
  try {
    const controlSet = openHive({ primary: storage, logs: [] }).root.subkey("ControlSet001");
    const live = (key: ReadableKey): ReadableKey => ({
      path: key.path.replace("ControlSet001", "CurrentControlSet"),
      subkeys: () => [...key.subkeys()].map(live),
      values: () => key.values(),
    });
    const entries = BRANCHES.flatMap((branch) => {
      const key = controlSet?.open(branch);
      return key === undefined ? [] : [...regEntriesOf(live(key), "HKEY_LOCAL_MACHINE\\SYSTEM")];
    });
    return formatRegText(entries);
  } finally {
    storage.close();
  }
}
