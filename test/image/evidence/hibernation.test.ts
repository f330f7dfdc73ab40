/** Hibernation: every beginning that hiberfil.sys can have, and what could not be looked at. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import fs from "fs-extra";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { readHibernation } from "../../../src/image/evidence/hibernation.ts";
import { type ImageLocation, locateImage } from "../../../src/image/locate.ts";
import { LINUX } from "../../support/hosts.ts";
import { makePipe, newFolder, writeFileIn } from "../../support/folders.ts";

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
