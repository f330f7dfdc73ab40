/** Volumes for the tests of evidence: NTFS made by mkntfs, a BitLocker boot sector, and machines that have them as devices. */
import { openSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Execution, Host } from "../../../src/image/host.ts";
import type { ImageLocation } from "../../../src/image/locate.ts";
import { newFolder } from "../../support/folders.ts";
import { LINUX, windowsHost } from "../../support/hosts.ts";
import { runTool } from "../../support/tools.ts";

/** The smallest that mkntfs makes without complaint, mostly a hole. */
const VOLUME_SIZE = 8 << 20;

/** A file with an NTFS volume; dirty as ntfsfix leaves one, which marks it for Windows to check. */
export function ntfsVolume(state: "clean" | "dirty", options: readonly string[] = []): string {
  const file = join(newFolder(), "volume.ntfs");
  writeFileSync(file, "");
  truncateSync(file, VOLUME_SIZE);
  succeed(runTool("mkntfs", ["-q", "-F", "-Q", ...options, file]));
  if (state === "dirty") {
    succeed(runTool("ntfsfix", [file]));
  }
  return file;
}

function succeed({ status, stderr }: { readonly status: number; readonly stderr: Buffer }): void {
  if (status !== 0) throw new Error(`it ended with ${status}: ${stderr.toString()}`);
}

/** A locked volume, as far as anybody can see: its first sector. */
export function bitLockerVolume(): string {
  const sector = Buffer.alloc(8192);
  sector.set([0xeb, 0x58, 0x90]);
  sector.write("-FVE-FS-", 3, "latin1");
  sector.set([0x55, 0xaa], 510);
  const file = join(newFolder(), "volume.bitlocker");
  writeFileSync(file, sector);
  return file;
}

export function folderLocation(root: string): ImageLocation {
  return {
    kind: "folder",
    path: root,
    hivePath: `${root}/Windows/System32/config/SYSTEM`,
    volume: { root, windowsFolder: `${root}/Windows` },
    links: [],
  };
}

/** `fuseblk`, `rw,relatime`, `/dev/sdb2` */
export interface FakeMount {
  readonly fileSystem: string;
  readonly source: string;
  readonly options?: string;
  readonly superOptions?: string;
}

/** Linux with something mounted at /mnt/win (device 253:7); `texts` are further files of /sys and /proc. */
export function linuxWith(
  { fileSystem, source, options = "rw,relatime", superOptions = "rw" }: FakeMount,
  texts: Readonly<Record<string, string>> = {},
): Host {
  const mountInfo = [
    "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw",
    `36 22 253:7 / /mnt/win ${options} shared:1 - ${fileSystem} ${source.replaceAll(" ", String.raw`\040`)} ${superOptions}`,
    "37 22 0:50 / /mnt/windows rw - tmpfs tmpfs rw",
    "",
  ].join("\n");
  const all: Readonly<Record<string, string>> = { "/proc/self/mountinfo": mountInfo, ...texts };
  return {
    ...LINUX,
    machine: { ...LINUX.machine, readText: (path) => all[path], openDevice: (path) => openSync(path, "r") },
  };
}

/** Windows or WinPE whose D: is a file; every read must be of whole sectors at whole sectors, as Windows demands. */
export function windowsWithDrive(file: string, execution?: Execution): Host & { readonly ran: string[][] } {
  const ran: string[][] = [];
  const host = windowsHost("X:\\Windows", "X:");
  return {
    ...host,
    ran,
    machine: {
      ...host.machine,
      openDevice: (path) => {
        if (path.toUpperCase() !== "\\\\.\\D:") throw Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
        return openSync(file, "r");
      },
      execute: (program, args, timeoutMs) => {
        ran.push([program, ...args, String(timeoutMs)]);
        return execution ?? { ended: false, reason: "there is no such file or folder (ENOENT)" };
      },
    },
  };
}
