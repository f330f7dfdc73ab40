/** BitLocker: an unlocked volume is known by who unlocked it, a locked one by its first sector. */
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkImage } from "../../../src/apply/check.ts";
import { type BitLocker, readBitLocker } from "../../../src/image/evidence/bitlocker.ts";
import { isLockedByBitLocker } from "../../../src/image/evidence/locked-volume.ts";
import { volumeSourceOf } from "../../../src/image/evidence/volume-source.ts";
import type { Execution, Host } from "../../../src/image/host.ts";
import { locateImage } from "../../../src/image/locate.ts";
import { THIS_MACHINE } from "../../../src/image/machine.ts";
import { openImage } from "../../../src/image/session.ts";
import { failureOf } from "../../support/failures.ts";
import { newFolder, writeFileIn } from "../../support/folders.ts";
import { LINUX } from "../../support/hosts.ts";
import { bitLockerVolume, folderLocation, linuxWith, windowsWithDrive } from "./volumes.ts";

const ENCRYPTED: BitLocker = { checked: true, encrypted: true };
const PLAIN: BitLocker = { checked: true, encrypted: false };

function bitLockerOf(root: string, host: Host): BitLocker {
  return readBitLocker(volumeSourceOf(folderLocation(root), host), host);
}

describe("an unlocked volume on Linux", () => {
  const device = (): string => writeFileIn(newFolder(), "device");
  const block = "/sys/dev/block/253:7";

  test("opened by cryptsetup", () => {
    const mount = { fileSystem: "ntfs3", source: device() };
    expect(bitLockerOf("/mnt/win", linuxWith(mount, { [`${block}/dm/uuid`]: "CRYPT-BITLK-win\n" }))).toEqual(ENCRYPTED);
    expect(bitLockerOf("/mnt/win", linuxWith(mount, { [`${block}/dm/uuid`]: "LVM-abc\n" }))).toEqual(PLAIN);
    expect(bitLockerOf("/mnt/win", linuxWith(mount, { [`${block}/dm/uuid`]: "CRYPT-LUKS2-x\n" }))).toEqual(PLAIN);
  });

  test.each(["dislocker-file", "bde1"])("shown as a file: %s, mounted itself or by a loop device", (name) => {
    const file = writeFileIn(newFolder(), name);
    expect(bitLockerOf("/mnt/win", linuxWith({ fileSystem: "fuse", source: file }))).toEqual(ENCRYPTED);
    const loop = { fileSystem: "fuseblk", source: device() };
    expect(bitLockerOf("/mnt/win", linuxWith(loop, { [`${block}/loop/backing_file`]: `${file}\n` }))).toEqual(
      ENCRYPTED,
    );
    expect(bitLockerOf("/mnt/win", linuxWith(loop, { [`${block}/loop/backing_file`]: "/images/disk.raw\n" }))).toEqual(
      PLAIN,
    );
  });

  test("a plain device; a copy; what cannot be told", () => {
    expect(bitLockerOf("/mnt/win", linuxWith({ fileSystem: "fuseblk", source: device() }))).toEqual(PLAIN);
    expect(bitLockerOf("/anywhere", LINUX)).toEqual(PLAIN);
    expect(bitLockerOf("/mnt/win", linuxWith({ fileSystem: "nfs4", source: "server:/images" }))).toEqual({
      checked: false,
      reason: expect.stringContaining("server:/images"),
    });
  });
});

describe("a volume on Windows is asked of manage-bde", () => {
  test.each<[string, Execution, BitLocker]>([
    ["protected", { ended: true, status: 0 }, ENCRYPTED],
    ["not protected, or suspended", { ended: true, status: 1 }, PLAIN],
    [
      "something else",
      { ended: true, status: -1 },
      { checked: false, reason: expect.stringContaining("ended with -1") },
    ],
    [
      "no answer",
      { ended: false, reason: "it had not ended after 20 seconds" },
      { checked: false, reason: expect.stringContaining("20 seconds") },
    ],
  ])("%s", (_, execution, expected) => {
    const host = windowsWithDrive("", execution);
    expect(bitLockerOf("D:\\", host)).toEqual(expected);
    expect(host.ran).toEqual([
      ["X:\\Windows\\System32\\manage-bde.exe", "-status", "D:", "-protectionaserrorlevel", expect.any(String)],
    ]);
    expect(Number(host.ran[0]?.at(-1))).toBeLessThanOrEqual(30_000);
  });

  test("which is not everywhere, and not for every volume", () => {
    expect(bitLockerOf("D:\\", windowsWithDrive(""))).toEqual({
      checked: false,
      reason: expect.stringContaining("manage-bde.exe does not answer"),
    });
    const host = windowsWithDrive("", { ended: true, status: 0 });
    expect(bitLockerOf("\\\\?\\Volume{01234567-89ab-cdef-0123-456789abcdef}\\", host)).toMatchObject({
      checked: false,
    });
    expect(host.ran).toEqual([]);
    expect(bitLockerOf("D:\\", { ...host, environment: {} })).toMatchObject({ checked: false });
  });
});

describe("a locked volume", () => {
  const locked = { exit: "refused", exitCode: 24, code: "bitlocker-locked", advice: expect.stringContaining("unlock") };

  test("that is named as a file is told for what it is, by every operation", () => {
    const file = bitLockerVolume();
    expect(failureOf(() => openImage(file, { access: "read", force: [], host: LINUX }))).toMatchObject(locked);
    expect(failureOf(() => checkImage({ image: file, force: [], host: LINUX }, () => {}))).toMatchObject(locked);
  });

  test("whose drive is named on Windows, which says nothing but that it cannot be read", () => {
    const drive = windowsWithDrive(bitLockerVolume());
    expect(isLockedByBitLocker("D:\\", drive)).toBe(true);
    expect(isLockedByBitLocker("d:\\Windows\\System32\\config\\SYSTEM", drive)).toBe(true);
    expect(isLockedByBitLocker("E:\\", drive)).toBe(false);
    expect(isLockedByBitLocker("\\\\server\\share\\x", drive)).toBe(false);
  });

  test("that is named as a device on Linux", () => {
    const file = bitLockerVolume();
    const folder = newFolder();
    symlinkSync("/dev/null", join(folder, "sdb2"));
    const machine = { ...LINUX.machine, openDevice: () => THIS_MACHINE.openDevice(file) };
    expect(failureOf(() => locateImage(join(folder, "sdb2"), { ...LINUX, machine }))).toMatchObject(locked);
    expect(failureOf(() => locateImage(join(folder, "sdb2"), LINUX)).code).toBe("disk-image-not-supported");
  });

  test("is not seen in a folder, a missing path or another volume", () => {
    const other = writeFileIn(newFolder(), "other", readFileSync(bitLockerVolume()).fill(0x20, 3, 11));
    for (const place of [newFolder(), "/gone", other]) {
      const machine = { ...LINUX.machine, openDevice: THIS_MACHINE.openDevice };
      expect(isLockedByBitLocker(place, { ...LINUX, machine })).toBe(false);
    }
  });
});
