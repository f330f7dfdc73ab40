/** Machines that a test runs on. */
import type { Host } from "../../src/image/evidence.ts";

/** No process but this one is there. */
export const LINUX: Host = {
  platform: "linux",
  environment: {},
  run: { pid: process.pid, hostName: "test-machine", isRunning: (pid) => pid === process.pid },
};

/** A Windows of which `systemRoot` is the folder. */
export function windowsHost(systemRoot: string, systemDrive = "C:"): Host {
  return { ...LINUX, platform: "win32", environment: { SystemRoot: systemRoot, SystemDrive: systemDrive } };
}
