/** Every version of Windows from XP to Server 2025: the whole cycle on its image, what the image is, and the tables that tell of it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type PhonyVersion, VERSION_NAMES, type VersionName, versionCalled } from "../../scripts/fixtures/versions.ts";
import { fixtureHive } from "../../scripts/fixtures.ts";
import { blockOf } from "../../scripts/readme/blocks.ts";
import { imagesTable, versionsTable } from "../../scripts/readme/versions.ts";
import { applyImage } from "../../src/apply/apply.ts";
import { checkHive, type Hive, openHive } from "../../src/regf/index.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";
import type { WindowsFamily } from "../../src/windows/model/windows.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { applyOptions, readHive, SILENT, withProfile } from "../apply/support.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { hivexDump, ourDump } from "../support/hivex-export.ts";
import { phonyImage } from "../support/phony-images.ts";
import { describeWithTools } from "../support/tools.ts";
import { type CycleReport, wholeCycle } from "./cycle.ts";

const NSI_ADDRESSES = "ControlSet001\\Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}\\10";

const reports = new Map<VersionName, CycleReport>();

/** Once for all tests of this file. */
function reportOf(name: VersionName): CycleReport {
  const known = reports.get(name);
  if (known !== undefined) return known;
  const { moves, stays = [] } = versionCalled(name);
  const { root, hive } = phonyImage(name);
  const report = wholeCycle(root, hive, { moves, stays });
  reports.set(name, report);
  return report;
}

/** Throws for a hive that has any problem. */
function checked(bytes: Uint8Array): Hive {
  const hive = openHive({ primary: new MemoryStorage("SYSTEM", bytes), logs: [] });
  expect(checkHive(hive).problems).toEqual([]);
  return hive;
}

function familyOf({ shape, called }: PhonyVersion): WindowsFamily {
  if (shape !== "8") return shape;
  return called === "8.1" || called === "Server 2012 R2" ? "8.1" : "8";
}

describe.each(VERSION_NAMES)("%s", (name) => {
  const version = versionCalled(name);

  test("is a sound hive, the same bytes every time, that says of itself which Windows and which processor it is", () => {
    const bytes = fixtureHive(name);
    expect(fixtureHive(name)).toEqual(bytes);
    const windows = readWindows(checked(bytes).root);
    expect(windows.version.version).toBe(version.calledBySystem ?? version.called);
    expect(windows.version.family).toBe(familyOf(version));
    expect(windows.processorArchitecture).toBe(version.architecture === "x64" ? "AMD64" : "x86");
  });

  test("goes through the whole cycle, and comes out as a sound hive", () => {
    const { before, moved, wrong } = reportOf(name);
    expect(wrong).toEqual([]);
    expect(before.windows).toMatchObject({ version: version.called, from: "SOFTWARE" });
    expect(before.windows.inferred).toBe(!["XP", "7", "8.1", "10"].includes(version.called));
    checked(moved.hive);
  });
});

test("README.md and fixtures/README.md tell what these runs did (else: npm run readme)", () => {
  const cycled = VERSION_NAMES.map((name) => ({ name, report: reportOf(name) }));
  expect(blockOf(readFileSync("README.md", "utf8"), "versions")).toBe(versionsTable(cycled));
  expect(blockOf(readFileSync("fixtures/README.md", "utf8"), "versions")).toBe(imagesTable());
});

/** Two images, built and changed, on a busy machine. */
const GENEROUS = { timeout: 120_000 };

test("Vista and Server 2008 get a record of an address that came from elsewhere, 7 does not", GENEROUS, () => {
  const elsewhere = { pintProfile: 1, connections: [{ name: "LAN", ipv4: { addresses: ["192.168.50.77/24"] } }] };
  const made = (["2008-x64", "2008-r2-x64"] as const).map((name) => {
    const { root, hive } = phonyImage(name);
    const profile = writeFileIn(root, "elsewhere.json", JSON.stringify(elsewhere));
    const what = withProfile(profile, "fixtures/moved-windows-7/inventory.json");
    expect(applyImage(applyOptions(root, what), SILENT)).toMatchObject({ exitCode: 0, written: true });
    const table = readHive(hive, ({ root: key }) =>
      [...(key.open(NSI_ADDRESSES)?.values() ?? [])].map((one) => one.name),
    );
    return table.filter((record) => record.endsWith("c0a8324d00000000"));
  });
  expect(made).toEqual([["0000000700000600c0a8324d00000000"], []]);
});

describeWithTools("a witness", ["hivexregedit"], () => {
  test("hivex reads every moved hive as we do", () => {
    const folder = newFolder();
    for (const name of VERSION_NAMES) {
      const { hive } = reportOf(name).moved;
      const path = writeFileIn(folder, name, hive);
      expect(hivexDump(path)).toEqual(ourDump(checked(hive).root));
    }
  });
});
