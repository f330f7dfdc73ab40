/** The operations that only look: inspect, capture, check, inventory. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { captureImage } from "../../src/apply/capture.ts";
import { checkImage } from "../../src/apply/check.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { takeInventory } from "../../src/apply/inventory.ts";
import { inventoryByDefault, inventorySource, warningsOfSource } from "../../src/apply/read-inventory.ts";
import { formatProfile, parseProfile } from "../../src/profile/document.ts";
import { buildHive, editHive, hiveBytes } from "../../src/regf/index.ts";
import { FakeSys } from "../inventory/fake-sys.ts";
import { FakeWindows } from "../inventory/fake-windows.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { windowsHost } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import { dword, editOnDisk, HOST, imageOptions, listener, NOW, SILENT, sha256 } from "./support.ts";

describe("inspect", () => {
  test("tells every connection, and what it was judged by", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const result = inspectImage(imageOptions(root), SILENT);
    expect(result.image).toEqual({ path: root, kind: "folder", hive });
    expect(result.windows).toMatchObject({ version: "Server 2019", controlSet: 1 });
    expect(result.hive).toMatchObject({ dirty: false, problems: [] });
    expect(result.hive.logs.map(({ name }) => name)).toEqual(["SYSTEM.LOG1", "SYSTEM.LOG2"]);
    expect(result.connections.map(({ number }) => number)).toEqual(result.connections.map((_, index) => index + 1));
    const physical = result.connections.filter(({ adapter }) => adapter?.physical);
    expect(physical.map(({ mode, presence }) => `${mode} ${presence}`).sort()).toEqual([
      "dhcp present",
      "static orphan",
    ]);
    expect(result.connections.length).toBeGreaterThan(2);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test("tells what is there and cannot be read, with its data", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const nsi = "ControlSet001\\Control\\Nsi\\{eb004a01-9b1a-11d4-9123-0050047759bc}\\10";
    const tcpip = "ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\{3b1c9e52-7a40-4d0e-9c55-1f6e0b7a2d11}";
    const record = `0000000180000600${"20010db8".padEnd(31, "0")}5`;
    editOnDisk(hive, (edit) => {
      edit.createKey(nsi);
      edit.setValue(nsi, record, 3, Uint8Array.of(1, 2));
      edit.setValue(tcpip, "MTU", 3, Uint8Array.of(9));
    });
    const { connections } = inspectImage(imageOptions(root), SILENT);
    expect(connections.flatMap(({ unreadable }) => unreadable)).toEqual([
      {
        name: "MTU",
        value: { type: "REG_BINARY", data: { hex: "09" } },
        reason: "is not a number (REG_DWORD of four bytes)",
        ipv6Record: null,
      },
      {
        name: `NSI record ${record}`,
        value: { type: "REG_BINARY", data: { hex: "0102" } },
        reason: "has 2 bytes, too few for an address",
        ipv6Record: "as-it-stands",
      },
    ]);
  });

  test("with an inventory, presence is judged by it", () => {
    const { root } = phonyImage("moved-windows-10");
    const inventory = inventorySource("fixtures/moved-windows-10/inventory.json", HOST);
    const { connections } = inspectImage({ ...imageOptions(root), inventory }, SILENT);
    const present = connections.filter(({ adapter, presence }) => adapter?.physical && presence === "present");
    expect(present).toHaveLength(1);
    expect(present[0]?.presenceReason).toContain("inventory");
  });
});

describe("capture", () => {
  test("saves into the image, keeps a different profile that stood there, and does not repeat itself", () => {
    const { root } = phonyImage("moved-windows-7");
    const place = join(root, "Windows", "PINT", "profile.json");
    const capture = () => captureImage({ ...imageOptions(root), save: "in-image", now: NOW }, SILENT);
    const first = capture();
    expect(first).toMatchObject({ savedTo: place, formerKeptAs: null, exitCode: 0 });
    expect(readFileSync(place, "utf8")).toBe(first.text);
    expect(formatProfile(parseProfile(first.text, place).profile)).toBe(first.text);
    expect(capture().formerKeptAs).toBeNull();
    const edited = readFileSync(place, "utf8").replace("192.168.50.21", "192.168.50.22");
    writeFileIn(root, "Windows/PINT/profile.json", edited);
    const kept = join(root, "Windows", "PINT", "profile-before-2026-03-01T12-34-56Z.json");
    expect(capture().formerKeptAs).toBe(kept);
    expect(readFileSync(kept, "utf8")).toBe(edited);
    expect(readFileSync(place, "utf8")).toBe(first.text);
  });

  test("never replaces the hive that it reads", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = sha256(hive);
    const failure = failureOf(() => captureImage({ ...imageOptions(root), save: { file: hive }, now: NOW }, SILENT));
    expect(failure).toMatchObject({ exit: "refused", code: "would-overwrite" });
    expect(sha256(hive)).toBe(before);
  });

  test("beside a hive that was named by itself", () => {
    const { hive } = phonyImage("moved-windows-xp");
    expect(captureImage({ ...imageOptions(hive), save: "in-image", now: NOW }, SILENT).savedTo).toBe(
      `${hive}.pint-profile.json`,
    );
  });
});

describe("check", () => {
  test("takes a hive of any kind", () => {
    const hive = buildHive({ minor: 5, name: "NTUSER.DAT" });
    const edit = editHive(hive);
    edit.createKey("Software\\Vendor");
    edit.setValue("Software", "x", 4, dword(1));
    const file = writeFileIn(newFolder(), "NTUSER.DAT", hiveBytes(hive));
    const result = checkImage(imageOptions(file), SILENT);
    expect(result).toEqual({
      image: { path: file, hive: file },
      hive: { version: "1.5", dirty: false, sequences: { primary: 1, secondary: 1 }, logs: [], replay: null },
      forcing: null,
      problems: [],
      counts: { keys: 3, values: 1 },
      warnings: [],
      exitCode: 0,
    });
    expect(failureOf(() => inspectImage(imageOptions(file), SILENT))).toMatchObject({
      exit: "noImage",
      code: "not-a-system-hive",
    });
  });

  test("a hive that cannot even be opened has that as its finding; what is no hive is refused", () => {
    const folder = newFolder();
    const cut = writeFileIn(folder, "cut", hiveBytes(buildHive({ minor: 5 })).subarray(0, 5000));
    expect(checkImage(imageOptions(cut), SILENT)).toMatchObject({
      exitCode: 23,
      hive: null,
      problems: [{ code: "truncated", severity: "fatal", at: 5000 }],
      counts: { keys: 0, values: 0 },
    });
    const text = writeFileIn(folder, "text", "hello");
    expect(failureOf(() => checkImage(imageOptions(text), SILENT))).toMatchObject({
      exit: "noImage",
      code: "not-a-hive",
    });
  });
});

describe("inventory", () => {
  test("of a document, completed and saved", () => {
    const output = join(newFolder(), "inventory.json");
    const source = inventorySource("fixtures/moved-windows-10/inventory.json", HOST);
    const { events, emit } = listener();
    const result = takeInventory({ source, output }, emit);
    expect(result).toMatchObject({ savedTo: output, exitCode: 0 });
    expect(readFileSync(output, "utf8")).toBe(result.text);
    expect(events.map(({ kind }) => kind)).toEqual(["inventory-read", "saved"]);
  });

  test("of this machine, where it can be asked", () => {
    const sys = new FakeSys();
    onTestFinished(() => sys.remove());
    sys.net(sys.pci("0000:03:00.0"), "eth0", "00:50:56:a7:1b:22");
    const source = { kind: "this-machine", host: HOST, sysRoot: sys.root } as const;
    expect(inventorySource("this-machine", HOST)).toEqual({ kind: "this-machine", host: HOST });
    const result = takeInventory({ source }, SILENT);
    expect(result).toMatchObject({ savedTo: null, exitCode: 0 });
    expect(result.inventory.adapters).toHaveLength(1);
    const other = { ...HOST, platform: "freebsd" as const };
    const failure = failureOf(() => takeInventory({ source: inventorySource("this-machine", other) }, SILENT));
    expect(failure).toMatchObject({ exit: "usage", code: "inventory-not-supported" });
  });

  test("of a Windows that runs; where it has no reg.exe that is said", () => {
    const { hive } = phonyImage("moved-windows-10");
    const windows = new FakeWindows(hive);
    const host = windowsHost(windows.root);
    const { inventory } = takeInventory({ source: { kind: "this-machine", host, windows } }, SILENT);
    expect(inventory.adapters.map(({ mac }) => mac.permanent)).toEqual(["00-50-56-A7-1B-22"]);
    const failure = failureOf(() => takeInventory({ source: { kind: "this-machine", host } }, SILENT));
    expect(failure).toMatchObject({ exit: "usage", code: "no-reg-exe" });
  });

  test("goes without saying in WinPE only; whoever asks another machine is told what that means", () => {
    const { hive } = phonyImage("moved-windows-10");
    const pe = windowsHost(new FakeWindows(hive).root);
    const installed = windowsHost(new FakeWindows(hive, { isWindowsPe: false }).root);
    expect(inventoryByDefault(pe)).toEqual({ kind: "this-machine", host: pe });
    expect(inventoryByDefault(installed)).toBeUndefined();
    expect(inventoryByDefault(HOST)).toBeUndefined();
    expect(warningsOfSource({ kind: "this-machine", host: pe })).toEqual([]);
    for (const host of [installed, HOST]) {
      expect(warningsOfSource({ kind: "this-machine", host })).toMatchObject([{ code: "inventory-of-this-machine" }]);
    }
    expect(warningsOfSource({ kind: "document", path: "inventory.json" })).toEqual([]);
    expect(warningsOfSource(undefined)).toEqual([]);
  });

  test("a machine without adapters is an answer, and nothing to decide by", () => {
    const sys = new FakeSys();
    onTestFinished(() => sys.remove());
    const source = { kind: "this-machine", host: HOST, sysRoot: sys.root } as const;
    expect(takeInventory({ source }, SILENT).inventory.adapters).toEqual([]);
    const { root } = phonyImage("moved-windows-10");
    expect(failureOf(() => inspectImage({ ...imageOptions(root), inventory: source }, SILENT))).toMatchObject({
      exit: "refused",
      code: "no-adapters",
    });
  });
});
