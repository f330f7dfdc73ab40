/** When Windows last booted, and when a device was last there, by what each version leaves. */
import { describe, expect, test } from "vitest";
import type { WindowsFamily } from "../../src/windows/model/windows.ts";
import { readEvidence } from "../../src/windows/presence/evidence.ts";
import { readLastBoot } from "../../src/windows/presence/last-boot.ts";
import { binary, type FakeValue, fakeRoot, qword } from "../support/fake-key.ts";

const CATEGORY = "Properties\\{83da6326-97a6-4088-9453-a1923f573b29}";
const date = (time: bigint): { "": FakeValue } => ({ "": qword(time, 0xffff0010) });
const NIC = "PCI\\VEN_8086&DEV_100F\\4&b70f118&0&0888";
const interfaceOf = (interfaceClass: string, device: string): string =>
  `Control\\DeviceClasses\\${interfaceClass}\\##?#${device.replaceAll("\\", "#")}#${interfaceClass}`;
const LAN = "{ad498944-762f-11d0-8dcb-00c04fc3358c}";
const NET = "{cac88484-7515-4c03-82e6-71a87abac361}";

describe("the last boot of 8 and later", () => {
  const hal = { [`Enum\\ACPI_HAL\\PNP0C08\\0\\${CATEGORY}\\0066`]: date(500n) };
  const roots = {
    [`Enum\\ACPI\\PNP0A03\\old\\${CATEGORY}\\0066`]: date(300n),
    [`Enum\\ACPI\\PNP0A08\\new\\${CATEGORY}\\0066`]: date(501n),
    [`Enum\\ACPI\\PNP0A03\\never\\${CATEGORY}\\0064`]: date(900n),
  };
  const times = { "Control\\ComputerName": 510n };

  test.each<WindowsFamily>(["8", "8.1", "10"])("%s: the HAL's device, before all others", (family) => {
    expect(readLastBoot(fakeRoot({ ...hal, ...roots }, times), family)).toEqual({
      time: 500n,
      from: "the last arrival of ACPI_HAL\\PNP0C08\\0",
    });
  });

  test("without it the latest PCI root: a machine that Windows was moved from left the other", () => {
    expect(readLastBoot(fakeRoot(roots, times), "10")).toEqual({
      time: 501n,
      from: "the last arrival of ACPI\\PNP0A08\\new",
    });
  });

  test("without either nothing: what later stages of the boot touch is no proof that a device was gone", () => {
    expect(readLastBoot(fakeRoot({}, times), "10")).toBeUndefined();
  });

  test("a property of another type or size is none", () => {
    for (const value of [qword(1n, 0xffff0007), { type: 0xffff0010, data: new Uint8Array(4) }]) {
      expect(
        readLastBoot(fakeRoot({ [`Enum\\ACPI_HAL\\PNP0C08\\0\\${CATEGORY}\\0066`]: { "": value } }), "10"),
      ).toBeUndefined();
    }
  });
});

describe("the last boot of XP to 7", () => {
  test.each<WindowsFamily>(["xp", "vista", "7"])("%s: the start of the software device enumerator", (family) => {
    const times = { [interfaceOf(LAN, "ROOT\\SYSTEM\\0000")]: 400n, "Control\\ComputerName": 410n };
    expect(readLastBoot(fakeRoot({}, times), family)).toEqual({ time: 400n, from: "the start of Root\\SYSTEM\\0000" });
  });

  test("neither arrival dates nor Enum's key times count there", () => {
    const root = fakeRoot(
      { [`Enum\\ACPI_HAL\\PNP0C08\\0\\${CATEGORY}\\0066`]: date(500n) },
      { "Enum\\ACPI_HAL\\PNP0C08\\0": 900n },
    );
    expect(readLastBoot(root, "7")).toBeUndefined();
  });
});

describe("a device's evidence", () => {
  const root = fakeRoot(
    {
      [`Enum\\${NIC}\\${CATEGORY}\\0066`]: date(70n),
      [`Enum\\${NIC}\\${CATEGORY}\\0067`]: date(60n),
    },
    { [`Enum\\${NIC}`]: 90n, [interfaceOf(LAN, NIC)]: 50n, [interfaceOf(NET, NIC)]: 49n },
  );
  const lastBoot = { time: 100n, from: "x" };
  const device = { instanceId: NIC, key: root.open(`Enum\\${NIC}`)! };

  test("8 and later: arrival and removal", () => {
    expect(readEvidence(root, "10", device, lastBoot)).toEqual({ lastBoot, lastArrival: 70n, lastRemoval: 60n });
  });

  test("XP to 7: the later of both interfaces' starts, and the Enum key's time", () => {
    expect(readEvidence(root, "7", device, lastBoot)).toEqual({ lastBoot, lastStart: 50n, enumKeyTime: 90n });
  });

  test("the properties of Vista and 7 are read in their own form", () => {
    const key = `Enum\\${NIC}\\${CATEGORY}\\00000066\\00000000`;
    const property = (type: number) => ({ Type: binary(type, 0, 0, 0), Data: binary(7, 0, 0, 0, 0, 0, 0, 0) });
    const read = (type: number) => {
      const controlSet = fakeRoot({ [key]: property(type) });
      return readEvidence(controlSet, "8", { instanceId: NIC, key: controlSet.open(`Enum\\${NIC}`)! }, undefined)
        .lastArrival;
    };
    expect(read(0x10)).toBe(7n);
    expect(read(0x12)).toBeUndefined();
  });

  test("of an adapter that was uninstalled only the last boot is known", () => {
    expect(readEvidence(root, "10", undefined, lastBoot)).toEqual({ lastBoot });
  });
});
