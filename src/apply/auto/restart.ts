/** `--reboot`: WinPE starts the machine anew when all is done; nothing else is ever restarted. */
import path from "node:path";
import { Failure } from "../../exit/failure.ts";
import type { Host } from "../../image/host.ts";
import { findInVolume } from "../../image/volume-path.ts";
import { isWindowsPe } from "../../inventory/windows/machine.ts";
import type { Emit } from "../events.ts";

/** wpeutil gives the order and ends; Windows then ends the programs. */
const WPEUTIL_TIMEOUT_MS = 60_000;

/**
 * Where a task sequence leaves its traces on WinPE's own drive: the boot images of Configuration Manager and of MDT bring
 * these folders along. By what Microsoft documents only its COM object (Microsoft.SMS.TSEnvironment) tells, which needs a
 * script host. (Not confirmed on a real boot image.)
 */
const TASK_SEQUENCE_FOLDERS = [["sms", "bin"], ["_SMSTaskSequence"], ["MININT"], ["Deploy", "Scripts"]] as const;

/**
 * Before anything is done. Throws Failure: usage (2) outside WinPE, refused (24) inside a task sequence, which restarts the
 * machine itself and would be lost.
 */
export function assertMayRestart({ platform, environment }: Host): void {
  if (platform !== "win32" || !isWindowsPe({ environment })) {
    throw new Failure("usage", "--reboot is for WinPE, and this is none: it has no wpeutil.exe", {
      code: "not-in-winpe",
      advice: "leave --reboot out, and restart the machine when the run has ended with 0 or 27",
    });
  }
  const trace = traceOfTaskSequence(environment);
  if (trace !== undefined) {
    throw new Failure("refused", `--reboot would break off the task sequence that runs here (${trace})`, {
      code: "in-task-sequence",
      advice: "leave --reboot out, and let a step of the task sequence restart the machine",
    });
  }
}

/** What shows that a task sequence runs in this WinPE; undefined where nothing does. */
function traceOfTaskSequence(environment: Host["environment"]): string | undefined {
  return variableOfTaskSequence(environment) ?? folderOfTaskSequence(environment);
}

/** Of the environment that a task sequence gives to its steps. */
export function variableOfTaskSequence(environment: Host["environment"]): string | undefined {
  const variable = Object.keys(environment).find((name) => /^_?SMSTS/i.test(name));
  return variable === undefined ? undefined : `the environment has ${variable}`;
}

/** On the drive of the system that runs. In WinPE it shows a task sequence; in Windows it may be left of one that has ended. */
export function folderOfTaskSequence(environment: Host["environment"]): string | undefined {
  const drive = environment["SystemDrive"];
  const root = drive === undefined ? undefined : path.join(drive, path.sep);
  const folders = root === undefined ? [] : TASK_SEQUENCE_FOLDERS.map((names) => find(root, names));
  const folder = folders.find((one) => one !== undefined);
  return folder === undefined ? undefined : `there is ${folder}`;
}

function find(root: string, names: readonly string[]): string | undefined {
  try {
    return findInVolume(root, names)?.path;
  } catch {
    return undefined; // what cannot be read is no trace
  }
}

/** Why it was not done; undefined when WinPE has taken the order. */
export function restart({ environment, machine }: Host, emit: Emit): string | undefined {
  const program = path.join(environment["SystemRoot"] ?? "", "System32", "wpeutil.exe");
  emit({ kind: "restarting", program: `${program} reboot` });
  const run = machine.execute(program, ["reboot"], WPEUTIL_TIMEOUT_MS);
  if (!run.ended) {
    return `${program}: ${run.reason}`;
  }
  return run.status === 0 ? undefined : `${program} ended with ${run.status}`;
}
