/** The SOFTWARE hive beside SYSTEM: read with its logs, never written; whatever is wrong with it is a reason. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixtureHive } from "../../scripts/fixtures.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { locateImage } from "../../src/image/locate.ts";
import { lookIntoHive } from "../../src/image/other-hive.ts";
import { HIVE_BINS_START, openHive } from "../../src/regf/index.ts";
import { openFile } from "../../src/storage/file.ts";
import { makeDirty } from "../apply/cuts.ts";
import { contents, imageOptions, SILENT } from "../apply/support.ts";
import { makePipe, newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX } from "../support/hosts.ts";
import { withBaseBlock } from "../support/sample-hive.ts";
import { phonyImage } from "../support/phony-images.ts";

function image(): { root: string; software: string } {
  const { root } = phonyImage("moved-windows-7");
  return { root, software: join(root, "Windows/System32/config/SOFTWARE") };
}

const VERSION = "Microsoft\\Windows NT\\CurrentVersion";
const look = (root: string) =>
  lookIntoHive(
    locateImage(root, LINUX),
    "SOFTWARE",
    (key) => key.open(VERSION)?.value("CurrentBuildNumber")?.data.length,
  );

/** The list of the key's values leads nowhere. */
function damageVersion(software: string): void {
  const bytes = readFileSync(software);
  const key = openHive({ primary: openFile(software, "read"), logs: [] }).root.open(VERSION) ?? expect.fail();
  bytes.fill(0xff, HIVE_BINS_START + key.cell + 4 + 40, HIVE_BINS_START + key.cell + 4 + 44);
  writeFileSync(software, bytes);
}

function inPlaceOf(make: (file: string) => void): (file: string) => void {
  return (file) => {
    rmSync(file);
    make(file);
  };
}

function dirtyWithoutLogs(software: string): void {
  writeFileSync(software, withBaseBlock(readFileSync(software), { primarySequence: 77 }));
}

function windowsOf(root: string) {
  const { windows, exitCode } = inspectImage(imageOptions(root), SILENT);
  return { ...windows, exitCode };
}

test("is looked into, whatever the case of its name, and nothing is written", () => {
  const { root } = image();
  const before = contents(root);
  expect(look(root)).toEqual({ read: true, found: 10 });
  expect(contents(root)).toEqual(before);
  expect(look(phonyImage("moved-windows-xp").root)).toEqual({ read: true, found: 10 });
});

test("a hive file by itself has none; in its place it has", () => {
  const hive = writeFileIn(newFolder(), "SYSTEM", fixtureHive("moved-windows-7"));
  writeFileIn(join(hive, ".."), "SOFTWARE", fixtureHive("moved-windows-7", "SOFTWARE"));
  expect(look(hive)).toEqual({ read: false, reason: expect.stringContaining("only a hive file") });
  expect(look(join(image().root, "Windows/System32/config/SYSTEM"))).toMatchObject({ read: true });
});

describe("what is wrong with it is told, and the version is SYSTEM's", () => {
  test.each<[string, (software: string) => void, string]>([
    ["missing", (file) => rmSync(file), "there is none beside the SYSTEM hive"],
    ["a folder", inPlaceOf(mkdirSync), "it is a folder"],
    ["a link", inPlaceOf((file) => symlinkSync("SYSTEM", file)), "it is a link"],
    ["a pipe", inPlaceOf(makePipe), "it is a pipe"],
    ["empty", (file) => truncateSync(file, 0), "SOFTWARE hive of the image is empty"],
    ["cut", (file) => truncateSync(file, 5000), "5000"],
    ["something else", (file) => writeFileSync(file, "text"), 'does not begin with "regf"'],
    ["damaged where it is read", damageVersion, "SOFTWARE"],
    ["dirty without logs", dirtyWithoutLogs, "no log can complete it"],
    ["SYSTEM once more", (file) => writeFileSync(file, fixtureHive("moved-windows-7")), "holds no SOFTWARE hive"],
  ])("%s", (_, spoil, words) => {
    const { root, software } = image();
    spoil(software);
    const windows = windowsOf(root);
    expect(windows).toMatchObject({ exitCode: 0, version: "7", build: 7601, from: "SYSTEM" });
    expect(windows.notBySoftware).toContain(words);
  });
});

test("its logs are replayed in memory: the newest is believed", () => {
  const { root, software } = image();
  makeDirty(software, "HvLE", (edit) => void edit.setValue(VERSION, "CurrentBuildNumber", 1, encodeUtf16("7600\0")));
  expect(windowsOf(root)).toMatchObject({ from: "SOFTWARE", build: 7600 });
  rmSync(`${software}.LOG1`);
  expect(windowsOf(root)).toMatchObject({ from: "SYSTEM", build: 7601 });
});
