/** The service that starts the finisher: its keys as changes, read again, and the way that each Windows gets. */
import { describe, expect, test } from "vitest";
import { makeChanges } from "../../src/apply/writing/execute.ts";
import { decodeUtf16, encodeUtf16 } from "../../src/bytes/utf16.ts";
import { arrangeService, type FirstBootService, readService } from "../../src/firstboot/service.ts";
import { wayFor } from "../../src/firstboot/way.ts";
import { buildHive, editHive, type Hive } from "../../src/regf/index.ts";
import type { Windows } from "../../src/windows/model/windows.ts";
import { registryData } from "../../src/windows/registry-data.ts";
import { SILENT } from "../apply/support.ts";

const SERVICE: FirstBootService = {
  way: "program",
  id: "0".repeat(32),
  documentSha256: "a".repeat(64),
  staged: [],
};

function hiveWithServices(): Hive {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive);
  for (const set of ["ControlSet001", "ControlSet003"]) edit.createKey(`${set}\\Services`);
  return hive;
}

function arrange(hive: Hive, service: FirstBootService) {
  const changes = arrangeService(hive.root, [1, 3], service);
  makeChanges(hive, editHive(hive), changes, SILENT);
  return changes;
}

const read = ({ root }: Hive, set = "ControlSet001") => {
  const key = root.open(set);
  return key && readService(key);
};

describe("the service", () => {
  test("is in every control set, is read again, and the same again is no change", () => {
    const hive = hiveWithServices();
    expect(read(hive)).toBeUndefined();
    arrange(hive, SERVICE);
    for (const set of ["ControlSet001", "ControlSet003"]) {
      expect(read(hive, set)).toEqual({
        way: "program",
        id: SERVICE.id,
        documentSha256: SERVICE.documentSha256,
        attempts: 0,
        isGoing: false,
        isStarted: true,
      });
    }
    expect(arrangeService(hive.root, [1, 3], SERVICE)).toEqual([]);
  });

  test("stays at the next start where a former one was to be deleted then, and so do its files", () => {
    const hive = hiveWithServices();
    arrange(hive, SERVICE);
    const manager = "ControlSet001\\Control\\Session Manager";
    const edit = editHive(hive);
    const own = "\\??\\C:\\Windows\\PINT\\first-boot";
    const others = "\\??\\C:\\PINT\\first-boot.txt\0\0\\??\\C:\\a\0!\\??\\C:\\b\0";
    edit.createKey(manager);
    const pending = (text: string) =>
      edit.setValue(manager, "PendingFileRenameOperations", 7, encodeUtf16(`${text}\0`));
    const read = () => {
      const data = hive.root.open(manager)?.value("PendingFileRenameOperations")?.data;
      return data && decodeUtf16(data);
    };
    pending(`${own}\\pint.exe\0\0${others}${own.toUpperCase()}\0\0`);
    edit.setValue("ControlSet001\\Services\\pint-first-boot", "DeleteFlag", 4, new Uint8Array([1, 0, 0, 0]));
    const isGoing = () => {
      const set = hive.root.open("ControlSet001");
      return set && readService(set)?.isGoing;
    };
    expect(isGoing()).toBe(true);
    expect(arrange(hive, SERVICE)).toHaveLength(2);
    expect(read()).toBe(`${others}\0`);
    expect(isGoing()).toBe(false);
    editHive(hive).setValue(manager, "PendingFileRenameOperations", 7, encodeUtf16(`${own}\0\0\0`));
    arrange(hive, SERVICE);
    expect(read()).toBeUndefined();
    expect(arrange(hive, SERVICE)).toEqual([]);
  });

  test("tells NSSM to do without a console, with which it starts nothing on Windows 10 from 1703 on", () => {
    const hive = hiveWithServices();
    arrange(hive, SERVICE);
    for (const set of ["ControlSet001", "ControlSet003"]) {
      const value = hive.root.open(`${set}\\Services\\pint-first-boot\\Parameters`)?.value("AppNoConsole");
      expect(value && registryData(value)).toEqual({ type: "REG_DWORD", data: 1 });
    }
  });

  test("that is arranged anew begins anew, without what another arrangement had staged", () => {
    const hive = hiveWithServices();
    const staged = (id: string) => [
      { key: `Parameters\\Batch\\${id}\\1`, name: "x", value: { type: "REG_DWORD", data: 1 } } as const,
    ];
    arrange(hive, { ...SERVICE, way: "batch", staged: staged(SERVICE.id) });
    const parameters = "ControlSet001\\Services\\pint-first-boot\\Parameters";
    editHive(hive).setValue(parameters, "Attempts", 4, new Uint8Array([3, 0, 0, 0]));
    expect(read(hive)?.attempts).toBe(3);
    const id = "1".repeat(32);
    arrange(hive, { ...SERVICE, way: "batch", id, staged: staged(id) });
    expect(read(hive)).toMatchObject({ way: "batch", id, attempts: 0 });
    expect([...(hive.root.open(`${parameters}\\Batch`)?.subkeys() ?? [])].map(({ name }) => name)).toEqual([id]);
  });
});

describe("the way", () => {
  const windows = (family: string, processorArchitecture?: string) =>
    ({ version: { family, version: family, from: "SYSTEM" }, processorArchitecture }) as unknown as Windows;

  test.each([
    ["10", "AMD64", { possible: true, way: "program" }],
    ["8.1", "AMD64", { possible: true, way: "batch" }],
    ["xp", "amd64", { possible: true, way: "batch" }],
    ["10", "x86", { possible: true, way: "batch" }],
    ["xp", "x86", { possible: true, way: "batch" }],
    ["10", "ARM64", { possible: false }],
    ["vista", "IA64", { possible: false }],
    ["10", undefined, { possible: false }],
  ])("of Windows %s on %s", (family, architecture, way) => {
    expect(wayFor(windows(family, architecture))).toMatchObject(way);
  });
});
