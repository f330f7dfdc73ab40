/** The machine that this process runs on, as the other layers are told of it. */
import os from "node:os";
import type { Host } from "../image/host.ts";
import { THIS_MACHINE } from "../image/machine.ts";

export function thisHost(): Host {
  return {
    platform: process.platform,
    environment: process.env,
    machine: THIS_MACHINE,
    run: { pid: process.pid, hostName: os.hostname(), isRunning },
  };
}

/** Signal 0 only asks; whoever is not allowed to ask learns by that that somebody is there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
