/** `firstboot`: finishes, inside the Windows that has started, the moves that waited for its adapters, and takes itself out. */
import { Failure } from "../../exit/failure.ts";
import type { Host } from "../../image/host.ts";
import type { Clock } from "../../image/surroundings.ts";
import { isWindowsPe } from "../../inventory/windows/machine.ts";
import type { Emit } from "../events.ts";
import type { FirstBootRun } from "../first-boot-results.ts";
import { attemptMoves } from "./attempt-moves.ts";
import { attemptOf, countAttempt } from "./attempts.ts";
import { isCutShort } from "./changes-file.ts";
import { conclude, concludeAgain, concludeUntried } from "./conclude.ts";
import { type BootedWindows, thisBootedWindows } from "./machine.ts";
import { formerResult, placesOf, standingOf } from "./standing.ts";

export interface FirstBootOptions {
  readonly host: Host;
  readonly clock: Clock;
  /** A test's; absent: this one. */
  readonly machine?: BootedWindows | undefined;
  /** The first-boot document; absent: the one in the finisher's folder. */
  readonly document?: string | undefined;
  /** How long adapters are waited for. */
  readonly waitMs: number;
  /** Whether Windows is restarted when something was written. */
  readonly restart: boolean;
  /** For the result: "pint-offline 0.1.0". */
  readonly tool: string;
}

/**
 * What keeps an attempt from its end is in the result; before one has begun it throws Failure: usage (2) where no installed Windows runs,
 * noImage (21) without the document, invalidDocument (20), refused (24) for another computer's, writeFailed (29), timedOut (31).
 */
export function finishFirstBoot(options: FirstBootOptions, emit: Emit): FirstBootRun {
  const machine = machineOf(options);
  const { tool, waitMs, restart } = options;
  const notes: string[] = [];
  const places = placesOf(machine, options.document);
  const standing = standingOf(machine, places, notes);
  const { id, pending, attempts } = standing.document;
  emit({ kind: "noted", message: `read ${places.document}: ${pending.length} of its sources wait (${id})` });
  const changesFile = { path: places.changes, id, tool };
  const attempt = attemptOf(standing, isCutShort(changesFile));
  const ending = { machine, places, standing, attempt, tool, restart, notes };
  const former = formerResult(places, id);
  if (former?.removed === true) return concludeAgain(former, ending, emit);
  if (attempt.isOver) return concludeUntried(ending, emit);
  countAttempt(machine, standing, attempt, notes);
  emit({ kind: "noted", message: `attempt ${attempt.number} of ${attempts}` });
  const attempted = attemptMoves(machine, { places, standing, changesFile, waitMs }, notes, emit);
  const isLast = attemptOf(standing, isCutShort(changesFile)).isLast;
  return conclude(attempted, { ...ending, attempt: { ...attempt, isLast } }, emit);
}

function machineOf({ host, machine, clock }: FirstBootOptions): BootedWindows {
  if (machine === undefined && host.platform !== "win32") {
    throw notHere(`this is ${host.platform}`);
  }
  const found = machine ?? thisBootedWindows(host.environment, clock);
  if (isWindowsPe(found)) {
    throw notHere("this is WinPE");
  }
  return found;
}

function notHere(what: string): Failure {
  return new Failure("usage", `firstboot runs inside the Windows that was moved, once it has started, and ${what}`, {
    code: "no-running-windows",
    advice: "leave it to the service that pint apply --first-boot arranges in the image",
  });
}
