/** Windows is told to start anew, once, so that what it reads at its start counts. */
import type { Emit } from "../events.ts";
import type { BootedWindows } from "./machine.ts";
import { carryOut } from "./programs.ts";
import { whyTaskSequence } from "./task-sequence.ts";

const TIMEOUT_MS = 60_000;

/** Time for the finisher to take itself out; it is only asked for what may be done again. */
const DELAY_SECONDS = "30";

/** Planned, operating system, reconfiguration (Microsoft, "shutdown": /d [p:]xx:yy). */
const REASON = "p:2:4";

/**
 * A shutdown is in progress, or has been scheduled already (Microsoft, "System Error Codes"), as by a finisher that was ended after it; that
 * shutdown.exe ends with them is from memory.
 */
const ON_ITS_WAY = [1115, 1190];

/**
 * Before the finisher takes itself out, so that one that is killed in between is started again and ends its work. Returns why
 * it was not done, as a sentence without its full stop.
 */
export function restartWindows(machine: BootedWindows, emit: Emit): string | undefined {
  const why = whyTaskSequence(machine, emit);
  if (why !== undefined) return why;
  const comment = "PINT: the network configuration was moved to this machine's adapters.";
  emit({ kind: "restarting", program: `shutdown.exe /r /t ${DELAY_SECONDS}` });
  const args = ["/r", "/t", DELAY_SECONDS, "/d", REASON, "/c", comment];
  return carryOut(machine, { program: "shutdown.exe", args, timeoutMs: TIMEOUT_MS, alsoGood: ON_ITS_WAY });
}
