/** Whether an image is the Windows that is running, by whatever path it was named. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runningWindows } from "../../../src/image/evidence/running-windows.ts";
import { type ImageLocation, locateImage } from "../../../src/image/locate.ts";
import { newFolder, writeFileIn } from "../../support/folders.ts";
import { LINUX, windowsHost } from "../../support/hosts.ts";

function volume(): { root: string; location: ImageLocation } {
  const root = newFolder();
  writeFileIn(root, "Windows/System32/config/SYSTEM");
  return { root, location: locateImage(root, LINUX) };
}

describe("the running Windows", () => {
  const windows = windowsHost("C:\\Windows");
  const at = (hivePath: string, root?: string): ImageLocation => ({
    kind: root === undefined ? "hive" : "folder",
    path: root ?? hivePath,
    hivePath,
    volume: root === undefined ? undefined : { root, windowsFolder: `${root}Windows` },
    links: [],
  });

  test.each(["C:\\", "c:\\", "\\\\?\\C:\\"])("its system drive, named %s", (root) => {
    expect(runningWindows(at(`${root}Windows\\System32\\config\\SYSTEM`, root), windows)).toContain("system drive");
  });

  test("a hive in its folder", () => {
    expect(runningWindows(at("c:\\windows\\system32\\CONFIG\\system"), windows)).toContain("that is running");
  });

  test.each(["D:\\", "E:\\"])("%s is another drive", (root) => {
    expect(runningWindows(at(`${root}Windows\\System32\\config\\SYSTEM`, root), windows)).toBeUndefined();
  });

  test("WinPE runs from X:, so that C: is an image and X: is none", () => {
    const winpe = windowsHost("X:\\Windows", "X:");
    expect(runningWindows(at("C:\\Windows\\System32\\config\\SYSTEM", "C:\\"), winpe)).toBeUndefined();
    expect(runningWindows(at("X:\\Windows\\System32\\config\\SYSTEM", "X:\\"), winpe)).toContain(
      "the system drive of the Windows that is running (X:)",
    );
  });

  test("by another path to the same folder", () => {
    const { root, location } = volume();
    const link = join(newFolder(), "link");
    symlinkSync(join(root, "Windows"), link);
    const host = windowsHost(link);
    expect(runningWindows(location, host)).toContain("by another path");
    expect(runningWindows(volume().location, host)).toBeUndefined();
  });

  test("there is none where no Windows runs", () => {
    const { location } = volume();
    expect(runningWindows(location, { ...LINUX, environment: { SystemRoot: "C:\\Windows" } })).toBeUndefined();
  });
});
