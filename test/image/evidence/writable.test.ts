/** Whether a volume takes writes: asked of the mount and of the system, never by writing. */
import { join } from "node:path";
import fs from "fs-extra";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { readWritability } from "../../../src/image/evidence/writable.ts";
import { locateImage } from "../../../src/image/locate.ts";
import { newFolder, writeFileIn } from "../../support/folders.ts";
import { LINUX } from "../../support/hosts.ts";
import { folderLocation, linuxWith, windowsWithDrive } from "./volumes.ts";

const WRITABLE = { checked: true, readOnly: false };
const READ_ONLY = { checked: true, readOnly: true };
const MOUNT = { fileSystem: "ntfs3", source: "/dev/sdb2" };

test.each([
  ["ro,relatime", "rw"],
  ["rw,relatime", "ro,uid=0"],
])("a mount with %s, %s is read-only", (options, superOptions) => {
  expect(readWritability(folderLocation("/mnt/win"), linuxWith({ ...MOUNT, options, superOptions }), "read")).toEqual(
    READ_ONLY,
  );
});

describe("a hive that is there", () => {
  const location = () => {
    const root = newFolder();
    writeFileIn(root, "Windows/System32/config/SYSTEM");
    return locateImage(root, LINUX);
  };

  test("can be written", () => {
    expect(readWritability(location(), LINUX, "read")).toEqual(WRITABLE);
  });

  test.each([
    ["EROFS", READ_ONLY],
    ["EACCES", { checked: false, reason: expect.stringContaining("no permission") }],
  ])("or the system says %s", (code, expected) => {
    const spy = vi.spyOn(fs, "accessSync").mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
    onTestFinished(() => spy.mockRestore());
    expect(readWritability(location(), LINUX, "read")).toEqual(expected);
  });

  test("on Windows only opening it for writing tells, as apply does first", () => {
    const windows = windowsWithDrive("");
    expect(readWritability(location(), windows, "read")).toMatchObject({ checked: false });
    expect(readWritability(location(), windows, "read-write")).toEqual(WRITABLE);
  });
});

test("nothing is written by asking", () => {
  const root = newFolder();
  const hive = writeFileIn(root, "Windows/System32/config/SYSTEM", "as it is");
  const before = fs.statSync(hive, { bigint: true });
  readWritability(locateImage(root, LINUX), LINUX, "read");
  expect(fs.statSync(join(hive), { bigint: true })).toEqual(before);
});
