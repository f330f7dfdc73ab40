/** `firstboot`: finishes, inside the Windows that has started, the moves that waited for its adapters, and takes itself out. */
import { Failure } from "../../exit/failure.ts";
import type { FirstBootResult } from "../../firstboot/result.ts";
import type { Host } from "../../image/host.ts";
import type { Clock } from "../../image/surroundings.ts";
import { isWindowsPe } from "../../inventory/windows/machine.ts";
import { removeLeftFolders } from "../../inventory/windows/temporary-folder.ts";
import type { Emit } from "../events.ts";
import type { FirstBootRun } from "../first-boot-results.ts";
import { asEnd } from "./as-end.ts";
import { attemptMoves } from "./attempt-moves.ts";
import { type Attempt, attemptOf, attemptText } from "./attempts.ts";
import { type ChangesFile, isCutShort } from "./changes-file.ts";
import { conclude, concludeAgain, concludeUntried, isConcluded } from "./conclude.ts";
import { tellFailedStart } from "./failed-start.ts";
import { takeBackOnGivingUp } from "./give-up.ts";
import { type FinisherLock, lockFinisher } from "./lock-finisher.ts";
import { type BootedWindows, thisBootedWindows } from "./machine.ts";
import { countStart, type OwnService } from "./own-service.ts";
import { documentOf, formerResult, placesOf, refused, standingOf, type WorkingPlaces } from "./standing.ts";

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
 * What keeps an attempt from its end is in the result; before one has begun it throws Failure, which a start by the service has in the
 * event log and in a result too: usage (2) where no installed Windows runs, noImage (21) without the document, invalidDocument (20), refused (24) for another
 * computer's, writeFailed (29), timedOut (31), internal (1) for a fault of its own. While another finisher is at work: refused (24, "in-use"), and nothing is counted or written.
 */
export function finishFirstBoot(options: FirstBootOptions, emit: Emit): FirstBootRun {
  const machine = machineOf(options);
  const lock = lockFinisher(machine, options.host, emit);
  try {
    return finishAlone({ ...options, machine }, lock, emit);
  } finally {
    lock.release();
  }
}

/** What is in the way of a lock fails at once, but a start of the service is counted and told all the same, whatever ends it. */
function finishAlone(
  options: FirstBootOptions & Pick<Run, "machine">,
  { failure: obstacle, notes }: Pick<FinisherLock, "failure" | "notes">,
  emit: Emit,
): FirstBootRun {
  const { machine, tool } = options;
  // With a document of one's own there is somebody who tries, and reads what becomes of it: the service's attempts are not his.
  const service = options.document === undefined ? countStart(machine) : undefined;
  const places = placesOf(machine);
  const run: Run = { ...options, places, service, notes: [...notes], limit: undefined };
  try {
    if (obstacle !== undefined) throw obstacle;
    if (service?.uncounted !== undefined) throw notCounted(service.uncounted);
    return finish(run, emit);
  } catch (error) {
    const failure = asEnd(error);
    for (const message of run.notes) emit({ kind: "noted", message });
    if (service !== undefined) tellFailedStart(failure, { machine, places, service, limit: run.limit, tool }, emit);
    throw failure;
  }
}

interface Run extends FirstBootOptions {
  readonly machine: BootedWindows;
  readonly places: WorkingPlaces;
  readonly service: OwnService | undefined;
  /** What is noted while the registry is read. */
  readonly notes: string[];
  /** How many starts there may be, once it is known. */
  limit: number | undefined;
}

function finish(run: Run, emit: Emit): FirstBootRun {
  const { machine, service, notes, tool, waitMs, restart } = run;
  const places = { ...run.places, document: documentOf(run.places, run.document, service?.id) };
  removeLeftFolders(machine.temporaryFolder, notes);
  const standing = standingOf(machine, places, notes);
  const { document, whyAnothers } = standing;
  const { id, pending } = document;
  emit({ kind: "noted", message: `read ${places.document}: ${pending.length} of its sources wait (${id})` });
  const changesFile = { path: places.changes, id, tool };
  const attemptNow = (): Attempt => attemptOf(standing, service?.attempt, isCutShort(changesFile));
  const attempt = attemptNow();
  if (attempt.byHand && whyAnothers !== undefined) throw refused(places.document, whyAnothers);
  run.limit = attempt.limit;
  const ending = { machine, places, standing, attempt, tool, restart, notes };
  const former = formerResult(places, id);
  const isUntried = former !== undefined && !attempt.byHand && isGivenUpUntried(former, changesFile);
  if (former !== undefined && !isUntried && isConcluded(former, attempt)) return concludeAgain(former, ending, emit);
  if (isUntried || attempt.isOver || whyAnothers !== undefined) {
    return concludeUntried(takeBackOnGivingUp(machine, changesFile, notes, emit), ending, emit);
  }
  emit({ kind: "noted", message: attemptText(attempt) });
  const attempted = attemptMoves(machine, { places, standing, changesFile, waitMs }, notes, emit);
  const last = attemptNow();
  const warnings = last.isLast ? takeBackOnGivingUp(machine, changesFile, notes, emit) : [];
  return conclude({ ...attempted, warnings: [...attempted.warnings, ...warnings] }, { ...ending, attempt: last }, emit);
}

/** Given up by a start that could not even begin: what an earlier one has begun stands yet, and its record goes with the folder. */
function isGivenUpUntried({ state, sources }: FirstBootResult, file: ChangesFile): boolean {
  return state === "gave-up" && (sources.length === 0 || isCutShort(file));
}

function notCounted(why: string): Failure {
  return new Failure("writeFailed", `This start of Windows cannot be counted: ${why}`, {
    code: "registry-not-written",
    advice: "run pint firstboot as administrator, or arrange the first boot anew, offline",
  });
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
