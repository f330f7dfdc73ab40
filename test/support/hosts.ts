/** Machines that a test runs on. */
import type { Host, Machine } from "../../src/image/host.ts";

/** Everything lies on one ext4 file system; there is no other device, and no program. */
const PLAIN_MACHINE: Machine = {
  readText: (path) => (path === "/proc/self/mountinfo" ? "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw" : undefined),
  listFolder: () => [],
  isThere: () => true,
  openDevice: (path) => {
    throw Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
  },
  execute: () => ({ ended: false, reason: "there is no such file or folder (ENOENT)" }),
  ask: () => ({ ended: false, reason: "there is no such file or folder (ENOENT)" }),
};

/** No process but this one is there. */
export const LINUX: Host = {
  platform: "linux",
  environment: {},
  machine: PLAIN_MACHINE,
  run: { pid: process.pid, hostName: "test-machine", isRunning: (pid) => pid === process.pid },
};

/** A Windows of which `systemRoot` is the folder. */
export function windowsHost(systemRoot: string, systemDrive = "C:"): Host {
  return { ...LINUX, platform: "win32", environment: { SystemRoot: systemRoot, SystemDrive: systemDrive } };
}
