/** The machine and the run that Node's own `process` is part of, for whoever has it: the command line, and programs that use the library. */
import os from "node:os";
import type { Host } from "./host.ts";
import { THIS_MACHINE } from "./machine.ts";

/** Of Node's `process`, what a host is made of. */
export interface RunningProcess {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  kill(pid: number, signal: 0): true;
}

/** `hostOf(process)`. */
export function hostOf(own: RunningProcess): Host {
  return {
    platform: own.platform,
    environment: own.env,
    machine: THIS_MACHINE,
    run: { pid: own.pid, hostName: os.hostname(), isRunning: (pid) => isRunning(pid, own) },
  };
}

/** Signal 0 only asks; whoever is not allowed to ask learns by that that somebody is there. */
function isRunning(pid: number, own: RunningProcess): boolean {
  try {
    own.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
