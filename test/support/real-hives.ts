/** Where the real registry hives are: not in the repository, because they are other people's machines. */
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { describeUnlessMissing } from "./missing.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** The folder of the real hives: `PINT_REAL_HIVES`, or `../shared/hives` beside the repository. */
export const REAL_HIVES: string = resolve(process.env["PINT_REAL_HIVES"] ?? join(repository, "..", "shared", "hives"));

export const hasRealHives: boolean = existsSync(join(REAL_HIVES, "system"));

/** The path of one real hive, `"system/win7-sp1-x86-esx.hiv"`; throws when it is not there. Never write to it: see `copyOfRealHive`. */
export function realHive(relativePath: string): string {
  const path = join(REAL_HIVES, relativePath);
  if (!existsSync(path)) {
    throw new Error(`there is no real hive ${path} (set PINT_REAL_HIVES to the folder that holds them)`);
  }
  return path;
}

/** A copy of a real hive (or of a folder of them) in a new folder of its own, removed when the running test ends. */
export function copyOfRealHive(relativePath: string): string {
  const folder = mkdtempSync(join(tmpdir(), "pint-hive-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const copy = join(folder, basename(relativePath));
  cpSync(realHive(relativePath), copy, { recursive: true });
  makeWritable(copy);
  return copy;
}

/** The originals may be read-only files, and a copy keeps their mode. */
function makeWritable(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder ? 0o755 : 0o644);
  for (const name of isFolder ? readdirSync(path) : []) {
    makeWritable(join(path, name));
  }
}

/** A `describe` that needs the real hives: skipped, and said, when they are missing; failed when CI=true. */
export function describeWithRealHives(title: string, tests: () => void): void {
  const missing = hasRealHives ? undefined : `no real hives in ${REAL_HIVES} (PINT_REAL_HIVES names another folder)`;
  describeUnlessMissing(title, missing, tests);
}
