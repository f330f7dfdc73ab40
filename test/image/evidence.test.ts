/** Hibernation and the running Windows: what is seen, what is not, and what could not be looked at. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import fs from "fs-extra";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { readHibernation, runningWindows } from "../../src/image/evidence.ts";
import { type ImageLocation, locateImage } from "../../src/image/locate.ts";
import { LINUX, windowsHost } from "../support/hosts.ts";
import { makePipe, newFolder, writeFileIn } from "../support/folders.ts";

function volume(): { root: string; location: ImageLocation } {
  const root = newFolder();
  writeFileIn(root, "Windows/System32/config/SYSTEM");
  return { root, location: locateImage(root, LINUX) };
}

describe("hibernation", () => {
  test.each([
    ["hibr", "hibernated"],
    ["HIBR", "hibernated"],
    ["RSTR", "resuming"],
    ["rstr", "resuming"],
    ["wake", "resume-failed"],
    ["WAKE", "resume-failed"],
  ])("hiberfil.sys that begins with %s: %s", (signature, state) => {
    const { root, location } = volume();
    writeFileIn(root, "HiberFil.sys", `${signature}\0\0rest`);
    expect(readHibernation(location)).toEqual({ checked: true, state, signature });
  });

  test.each([
    ["zeros", new Uint8Array(4096)],
    ["nothing", new Uint8Array()],
    ["three bytes", Buffer.from("hib")],
    ["anything else", Buffer.from("hibx")],
  ])("hiberfil.sys with %s is no hibernated Windows", (_what, content) => {
    const { root, location } = volume();
    writeFileIn(root, "hiberfil.sys", content);
    expect(readHibernation(location)).toEqual({ checked: true, state: "none" });
  });

  test("no hiberfil.sys", () => {
    expect(readHibernation(volume().location)).toEqual({ checked: true, state: "none" });
  });

  test.each<[string, (file: string) => void]>([
    ["a folder", (file) => mkdirSync(file)],
    ["a link", (file) => symlinkSync(writeFileIn(newFolder(), "elsewhere", "hibr"), file)],
    ["a link", (file) => symlinkSync("gone", file)],
    ["a pipe", makePipe],
  ])("one that is no file was not checked, and why is said: %s", (what, make) => {
    const { root, location } = volume();
    make(join(root, "hiberfil.sys"));
    expect(readHibernation(location)).toEqual({ checked: false, reason: expect.stringContaining(`it is ${what}`) });
  });

  test("nor was one that cannot be read", () => {
    const { root, location } = volume();
    writeFileIn(root, "hiberfil.sys", "hibr");
    const spy = vi.spyOn(fs, "openSync").mockImplementation(() => {
      throw Object.assign(new Error("EACCES"), { code: "EACCES" });
    });
    onTestFinished(() => spy.mockRestore());
    expect(readHibernation(location)).toEqual({ checked: false, reason: expect.stringContaining("EACCES") });
  });

  test("a hive without a volume was not checked; in its place it was", () => {
    const hive = writeFileIn(newFolder(), "SYSTEM");
    expect(readHibernation(locateImage(hive, LINUX))).toEqual({ checked: false, reason: expect.any(String) });
    const { root, location } = volume();
    writeFileIn(root, "hiberfil.sys", "hibr");
    expect(readHibernation(locateImage(location.hivePath, LINUX))).toMatchObject({
      checked: true,
      state: "hibernated",
    });
  });
});

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
