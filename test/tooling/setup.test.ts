/** Setup installs when, and only when, node_modules is not what the lock file says. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { whatIsMissing } from "../../scripts/setup.mjs";

type Packages = Readonly<Record<string, { readonly version: string; readonly optional?: boolean }>>;

const WANTED: Packages = {
  "": { version: "0.1.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/@s/b": { version: "2.0.0" },
  "node_modules/for-another-system": { version: "3.0.0", optional: true },
};

/** A folder with that lock file and, unless undefined, those packages installed. */
function folderWith(installed: Packages | undefined, onDisk: readonly string[] = Object.keys(installed ?? {})): string {
  const folder = mkdtempSync(join(tmpdir(), "pint-setup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: WANTED }));
  for (const path of onDisk) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, "package.json"), "{}");
  }
  if (installed !== undefined) {
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    writeFileSync(join(folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages: installed }));
  }
  return folder;
}

const a = { "node_modules/a": { version: "1.0.0" } };
const b = { "node_modules/@s/b": { version: "2.0.0" } };

describe("node_modules", () => {
  test("is right when everything that is not for another system is there", () => {
    expect(whatIsMissing(folderWith({ ...a, ...b }))).toBeUndefined();
  });

  test.each([
    ["nothing at all", undefined, undefined, "nothing is installed"],
    ["a package is missing", a, undefined, "node_modules/@s/b 2.0.0 is missing"],
    ["another version", { ...b, "node_modules/a": { version: "0.9.0" } }, undefined, "1.0.0 is there as 0.9.0"],
    ["one too many", { ...a, ...b, "node_modules/c": { version: "1.0.0" } }, undefined, "node_modules/c is not wanted"],
    ["a folder was deleted", { ...a, ...b }, Object.keys(a), "node_modules/@s/b is gone"],
  ])("%s: has to be installed", (_, installed, onDisk, why) => {
    expect(whatIsMissing(folderWith(installed, onDisk))).toContain(why);
  });
});
