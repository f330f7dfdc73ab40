/** The volumes of a Linux: mounts that may hold a Windows or documents, and partitions that would have to be mounted. */
import { spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { buildFixture } from "../../../scripts/fixtures.ts";
import type { Execution, Host } from "../../../src/image/host.ts";
import { THIS_MACHINE } from "../../../src/image/machine.ts";
import { listVolumes } from "../../../src/image/volumes/list.ts";
import { lookForWindows } from "../../../src/image/volumes/look-for-windows.ts";
import { newFolder, writeFileIn } from "../../support/folders.ts";
import { LINUX } from "../../support/hosts.ts";
import { describeWithTools, findTool, runTool } from "../../support/tools.ts";
import { bitLockerVolume, ntfsVolume } from "../evidence/volumes.ts";

interface FakeLinux {
  readonly mounts?: readonly string[];
  /** Lines of /proc/partitions. */
  readonly partitions?: readonly string[];
  /** Files in the place of devices. */
  readonly devices?: Readonly<Record<string, string>>;
  /** "8:2" of what something stands on. */
  readonly held?: readonly string[];
  readonly answer?: (mountPoint: string) => Execution;
}

function linux({ mounts = [], partitions = [], devices = {}, held = [], answer }: FakeLinux): Host {
  const texts: Readonly<Record<string, string>> = {
    "/proc/self/mountinfo": ["22 1 8:1 / / rw - ext4 /dev/sda1 rw", ...mounts, ""].join("\n"),
    "/proc/partitions": ["major minor  #blocks  name", "", "   8        0  500000 sda", ...partitions, ""].join("\n"),
  };
  return {
    ...LINUX,
    machine: {
      ...LINUX.machine,
      readText: (path) => texts[path],
      listFolder: (path) => (held.some((numbers) => path === `/sys/dev/block/${numbers}/holders`) ? ["dm-0"] : []),
      execute: (_program, args) => answer?.(args.at(-1) ?? "") ?? { ended: true, status: 0 },
      openDevice: (path) => {
        const file = path === "/dev/sda" ? writeFileIn(newFolder(), "disk", new Uint8Array(4096)) : devices[path];
        if (file === undefined) throw Object.assign(new Error(`EACCES: ${path}`), { code: "EACCES" });
        return openSync(file, "r");
      },
    },
  };
}

const listed = (machine: FakeLinux) => listVolumes(linux(machine));

describe("what is mounted", () => {
  test.each(["ntfs", "ntfs3", "fuseblk", "fuse.ntfs-3g"])("with %s may hold a Windows", (fileSystem) => {
    expect(listed({ mounts: [`36 22 8:2 / /mnt/win rw - ${fileSystem} /dev/sda2 rw`] })).toEqual([
      { state: "readable", root: "/mnt/win", mayHoldWindows: true },
    ]);
  });

  test("as plain fuse may hold a Windows where a file was mounted", () => {
    const mounts = [
      "36 22 0:39 / /mnt/image rw - fuse /srv/windows.ntfs rw",
      "37 22 0:40 / /mnt/portal rw - fuse portal rw",
    ];
    expect(listed({ mounts })).toEqual([{ state: "readable", root: "/mnt/image", mayHoldWindows: true }]);
  });

  test.each(["vfat", "exfat", "iso9660", "udf", "ext4"])("with %s may hold documents only", (fileSystem) => {
    expect(listed({ mounts: [`36 22 8:17 / /media/stick\\040A rw - ${fileSystem} /dev/sdb1 rw`] })).toEqual([
      { state: "readable", root: "/media/stick A", mayHoldWindows: false },
    ]);
  });

  test("of the system itself, of a network, or twice is not taken again", () => {
    const mounts = [
      "30 22 0:4 / /proc rw - proc proc rw",
      "31 22 0:50 / /net rw - nfs4 server:/x rw",
      "32 22 0:51 / /cifs rw - cifs //server/x rw",
      "33 22 0:52 / /sshfs rw - fuse.sshfs me@server: rw",
      "34 22 8:1 /home /home rw - ext4 /dev/sda1 rw",
      "35 22 8:2 / /mnt/win rw - ntfs3 /dev/sda2 rw",
      "36 22 8:2 / /again rw - ntfs3 /dev/sda2 rw",
    ];
    expect(listed({ mounts })).toEqual([{ state: "readable", root: "/mnt/win", mayHoldWindows: true }]);
  });

  test("and does not answer is given up, and named with the reason", () => {
    const mounts = ["36 22 0:60 / /mnt/hung rw - fuseblk /dev/sda2 rw"];
    const answer = (): Execution => ({ ended: false, reason: "it had not ended after 20 seconds" });
    expect(listed({ mounts, answer })).toEqual([
      { state: "not-looked-at", place: "/mnt/hung", reason: "it does not answer: it had not ended after 20 seconds" },
    ]);
    expect(listed({ mounts, answer: () => ({ ended: true, status: 1 }) })).toEqual([
      { state: "not-looked-at", place: "/mnt/hung", reason: "it cannot be read" },
    ]);
  });
});

describeWithTools("an NTFS partition that is not mounted", ["mkntfs"], () => {
  test("is named, with how to mount it", () => {
    const partitions = ["   8        2  400000 sda2"];
    expect(listed({ partitions, devices: { "/dev/sda2": ntfsVolume("clean") } })).toEqual([
      {
        state: "not-mounted",
        place: "/dev/sda2",
        message: expect.stringContaining("NTFS"),
        advice: expect.stringContaining("mount -t ntfs3 /dev/sda2"),
      },
    ]);
  });
});

describe("what is not mounted", () => {
  const sda2 = "   8        2  400000 sda2";

  test("and is BitLocker is named, with how to unlock it, unless something stands on it", () => {
    const devices = { "/dev/sda2": bitLockerVolume() };
    expect(listed({ partitions: [sda2], devices })).toEqual([
      {
        state: "locked",
        place: "/dev/sda2",
        message: expect.stringContaining("BitLocker"),
        advice: expect.stringContaining("cryptsetup open --type bitlk /dev/sda2"),
      },
    ]);
    expect(listed({ partitions: [sda2], devices, held: ["8:2"] })).toEqual([]);
  });

  test("and is neither, or is mounted by its name, is not named", () => {
    const devices = { "/dev/sda2": writeFileIn(newFolder(), "swap", new Uint8Array(4096)) };
    expect(listed({ partitions: [sda2], devices })).toEqual([]);
    const mounts = ["36 22 0:77 / /mnt/win rw - fuse.ntfs-3g /dev/sda2 rw"];
    expect(listed({ mounts, partitions: [sda2], devices: { "/dev/sda2": bitLockerVolume() } })).toEqual([
      { state: "readable", root: "/mnt/win", mayHoldWindows: true },
    ]);
  });

  test("and may not be read is said once for all; memory, floppies and drives without a medium are not asked", () => {
    const partitions = [
      sda2,
      "   8        3  400000 sda3",
      "   1        0    8192 ram0",
      " 252        0    8192 zram0",
      "   2        0       4 fd0",
      "  11        0       0 sr0",
      "nonsense",
    ];
    expect(listed({ partitions })).toEqual([
      {
        state: "not-looked-at",
        place: "/dev/sda2, /dev/sda3",
        reason: "the device cannot be read: no permission (EACCES)",
      },
    ]);
  });
});

test("another system is not asked, and that is said", () => {
  expect(listVolumes({ ...LINUX, platform: "darwin" })).toEqual([
    { state: "not-looked-at", place: "all volumes", reason: "darwin is not asked for its volumes" },
  ]);
});

const mayMount = process.getuid?.() === 0 && existsSync("/dev/fuse") && findTool("ntfs-3g") !== undefined;

test.skipIf(!mayMount)("on this very machine: a Windows on a volume that ntfs-3g has mounted is found", () => {
  const folder = newFolder();
  const { status, stderr } = runTool("ntfs-3g", ["-o", "rw", ntfsVolume("clean"), folder]);
  if (status !== 0) throw new Error(stderr.toString());
  onTestFinished(() => void spawnSync("umount", [folder]));
  const host: Host = { ...LINUX, machine: THIS_MACHINE };
  const found = () => lookForWindows(listVolumes(host), host);
  expect(found().withoutWindows).toContain(folder);
  buildFixture("moved-windows-7", folder);
  expect(found().roots).toContain(folder);
});
