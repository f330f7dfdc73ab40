/** Whether a task sequence is at work in this Windows: it restarts the machine itself, and another restart would break it off. */
import { folderOfTaskSequence, variableOfTaskSequence } from "../auto/restart.ts";
import type { Emit } from "../events.ts";
import type { BootedWindows } from "./machine.ts";
import { runningPrograms } from "./running-programs.ts";

/**
 * What runs a task sequence inside Windows, of Configuration Manager and of MDT: TsmBootstrap.exe by the logs that administrators have
 * published (`C:\Windows\CCM\TSMBootstrap.exe /env:Gina`, `C:\MININT\Tools\X64\TsmBootstrap.exe /env:SAContinue`), TsManager.exe from memory.
 */
const PROGRAMS: ReadonlySet<string> = new Set(["TSMBOOTSTRAP.EXE", "TSMANAGER.EXE"]);

/**
 * Why Windows is not to be restarted, as a sentence without its full stop. A folder alone is none: a deployment that ended long ago has left it, and there would
 * never be a restart. Only where the programs cannot be listed does it count, for then nothing speaks against it. MDT's script that calls
 * TsmBootstrap.exe is one of many in a script host, and not to be told: it begins when somebody logs on, and is made to bear restarts (not confirmed).
 */
export function whyTaskSequence(machine: BootedWindows, emit: Emit): string | undefined {
  const variable = variableOfTaskSequence(machine.environment);
  if (variable !== undefined) return runsHere(variable);
  const programs = runningPrograms(machine);
  const folder = folderOfTaskSequence(machine.environment);
  if ("whyNot" in programs) {
    emit({ kind: "noted", message: `whether a task sequence runs is told by folders alone: ${programs.whyNot}` });
    return folder === undefined
      ? undefined
      : `a task sequence may run here, and would restart the machine itself (${folder}, and what runs cannot be listed)`;
  }
  const name = programs.names.find((one) => PROGRAMS.has(one.toUpperCase()));
  if (name !== undefined) return runsHere(`${name} runs`);
  if (folder !== undefined) emit({ kind: "noted", message: `${folder}, and no task sequence runs: it was left there` });
  return undefined;
}

function runsHere(sign: string): string {
  return `a task sequence runs here, which restarts the machine itself (${sign})`;
}
