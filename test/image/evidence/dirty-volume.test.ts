/** The dirty mark of an NTFS volume, read from volumes that mkntfs made, on Linux and as Windows would give them out. */
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDirt, type VolumeDirt } from "../../../src/image/evidence/dirty-volume.ts";
import { volumeSourceOf } from "../../../src/image/evidence/volume-source.ts";
import type { Host } from "../../../src/image/host.ts";
import { newFolder, writeFileIn } from "../../support/folders.ts";
import { LINUX } from "../../support/hosts.ts";
import { describeWithTools } from "../../support/tools.ts";
import { bitLockerVolume, folderLocation, linuxWith, ntfsVolume, windowsWithDrive } from "./volumes.ts";

const CLEAN: VolumeDirt = { checked: true, dirty: false };
const DIRTY: VolumeDirt = { checked: true, dirty: true };

function dirtOf(root: string, host: Host): VolumeDirt {
  return readDirt(volumeSourceOf(folderLocation(root), host), host);
}

function reasonOf(dirt: VolumeDirt): string {
  return dirt.checked ? "" : dirt.reason;
}

describeWithTools("an NTFS volume", ["mkntfs", "ntfsfix"], () => {
  describe.each([
    ["of the usual shape", []],
    ["with clusters of 64 KiB", ["-c", "65536"]],
    ["with sectors and clusters of 4 KiB", ["-s", "4096", "-c", "4096"]],
    ["with clusters of one sector", ["-c", "512"]],
  ])("%s", (_, options) => {
    test("is clean when it was made, and dirty when it is marked; on Linux and on Windows alike", () => {
      for (const [state, expected] of [
        ["clean", CLEAN],
        ["dirty", DIRTY],
      ] as const) {
        const file = ntfsVolume(state, options);
        expect(dirtOf("/mnt/win", linuxWith({ fileSystem: "fuse", source: file }))).toEqual(expected);
        expect(dirtOf("D:\\", windowsWithDrive(file))).toEqual(expected);
      }
    });
  });

  test("mounted by Linux' ntfs3, which sets the mark itself: the mount says what it was", () => {
    const source = ntfsVolume("dirty");
    const mounted = (options: string, superOptions: string) =>
      dirtOf("/mnt/win", linuxWith({ fileSystem: "ntfs3", source, options, superOptions }));
    expect(mounted("rw,relatime", "rw,uid=0")).toEqual(CLEAN);
    expect(mounted("ro,relatime", "ro,uid=0")).toEqual(DIRTY);
    expect(reasonOf(mounted("rw,relatime", "rw,force"))).toContain("by force");
    expect(
      dirtOf("/mnt/win", linuxWith({ fileSystem: "ntfs3", source: ntfsVolume("clean"), superOptions: "rw,force" })),
    ).toEqual(CLEAN);
  });

  test("a source whose path has a blank, and a mount point that only begins alike", () => {
    const source = writeFileIn(newFolder(), "my volume", readFileSync(ntfsVolume("dirty")));
    const host = linuxWith({ fileSystem: "fuseblk", source });
    expect(dirtOf("/mnt/win", host)).toEqual(DIRTY);
    expect(dirtOf("/mnt/win/below", host)).toEqual(DIRTY);
    expect(dirtOf("/mnt/windows", host)).toEqual(CLEAN); // a tmpfs
  });

  test("bytes of any kind give an answer or a reason, never an error", () => {
    const file = ntfsVolume("clean");
    const bytes = readFileSync(file);
    const record = bytes.indexOf("FILE") + 3 * 1024;
    const host = linuxWith({ fileSystem: "fuse", source: file });
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.oneof(fc.integer({ min: 11, max: 80 }), fc.integer({ min: record, max: record + 1023 })),
            byte: fc.integer({ min: 0, max: 255 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        (changes) => {
          const damaged = Buffer.from(bytes);
          for (const { at, byte } of changes) damaged[at] = byte;
          writeFileSync(file, damaged);
          const dirt = dirtOf("/mnt/win", host);
          expect(dirt.checked || dirt.reason !== "").toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a record written in part, and one of another file", () => {
    const file = ntfsVolume("clean");
    const bytes = readFileSync(file);
    const record = bytes.indexOf("FILE") + 3 * 1024;
    for (const [at, byte] of [
      [record + 510, 0xaa],
      [record, 0x42],
    ] as const) {
      const damaged = Buffer.from(bytes);
      damaged[at] = byte ^ (damaged[at] ?? 0) ^ 0xff;
      writeFileSync(file, damaged);
      expect(reasonOf(dirtOf("D:\\", windowsWithDrive(file)))).toContain("is not that of $Volume");
    }
  });
});

describe("not checked, with the reason", () => {
  test.each<[string, Host, string]>([
    ["a character device", linuxWith({ fileSystem: "fuse.wimfs", source: "/dev/null" }), "is no device"],
    ["a network share", linuxWith({ fileSystem: "cifs", source: "//server/share" }), "//server/share"],
    [
      "a FUSE file system that names nothing",
      linuxWith({ fileSystem: "fuse.guestmount", source: "guestmount" }),
      "guestmount is no device",
    ],
    [
      "a device that has gone",
      linuxWith({ fileSystem: "fuseblk", source: "/dev/gone" }),
      "there is no such file or folder",
    ],
    ["no mountinfo", { ...LINUX, machine: { ...LINUX.machine, readText: () => undefined } }, "does not say from what"],
    ["another system", { ...LINUX, platform: "darwin" }, "darwin"],
  ])("%s", (_, host, words) => {
    expect(reasonOf(dirtOf("/mnt/win", host))).toContain(words);
  });

  test("a device that may not be read", () => {
    const source = writeFileIn(newFolder(), "volume");
    const host = linuxWith({ fileSystem: "fuseblk", source });
    const denied = () => {
      throw Object.assign(new Error("EACCES"), { code: "EACCES" });
    };
    const deaf = { ...host, machine: { ...host.machine, openDevice: denied } };
    expect(reasonOf(dirtOf("/mnt/win", deaf))).toMatch(/cannot be read: no permission \(EACCES\)$/);
  });

  test("a volume that is no NTFS, or ends too early", () => {
    for (const source of [bitLockerVolume(), writeFileIn(newFolder(), "short", "NTFS")]) {
      expect(reasonOf(dirtOf("/mnt/win", linuxWith({ fileSystem: "fuseblk", source })))).toContain(
        "as an NTFS volume does",
      );
    }
  });

  test("a hive file by itself, and a Windows share", () => {
    const { volume: _, ...location } = folderLocation("/mnt/win");
    expect(volumeSourceOf(location, LINUX)).toMatchObject({
      kind: "unknown",
      reason: expect.stringContaining("only a hive file"),
    });
    expect(volumeSourceOf(folderLocation("\\\\server\\share\\"), windowsWithDrive(""))).toMatchObject({
      kind: "unknown",
    });
  });
});

test("the names under which Windows gives out a volume", () => {
  const device = (root: string) => volumeSourceOf(folderLocation(root), windowsWithDrive(""));
  for (const root of ["D:\\", "d:\\", "\\\\?\\D:\\", "\\\\.\\D:\\"]) {
    expect(device(root)).toMatchObject({ kind: "device", path: expect.stringMatching(/^\\\\\.\\d:$/i) });
  }
  const volume = "Volume{01234567-89ab-cdef-0123-456789abcdef}";
  expect(device(`\\\\?\\${volume}\\`)).toEqual({ kind: "device", path: `\\\\.\\${volume}` });
});

test("what was copied to a file system of another kind has no volume that could be dirty", () => {
  expect(dirtOf("/anywhere", LINUX)).toEqual(CLEAN);
});
