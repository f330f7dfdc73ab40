/** The end of a run: the result, the event, the restart, and the finisher's own removal, in the order that bears a cut. */
import type { ExitCode } from "../../exit/codes.ts";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { type FirstBootResult, formatFirstBootResult } from "../../firstboot/result.ts";
import { exitCodeOfSources } from "../../plan/exit-of-sources.ts";
import type { Emit } from "../events.ts";
import type { FirstBootRun } from "../first-boot-results.ts";
import { tellWarnings } from "../open-windows.ts";
import type { Attempted, ResultSource } from "./attempt-moves.ts";
import { type Attempt, attemptText } from "./attempts.ts";
import type { BootedWindows } from "./machine.ts";
import { publish } from "./publish.ts";
import { removeItself } from "./remove-itself.ts";
import { restartWindows } from "./restart-windows.ts";
import { writeResultEvent } from "./result-event.ts";
import { saveDocumentOf } from "./save-document.ts";
import type { FirstBootPlaces, Standing } from "./standing.ts";

export interface Ending {
  readonly machine: BootedWindows;
  readonly places: FirstBootPlaces;
  readonly standing: Standing;
  readonly attempt: Attempt;
  readonly tool: string;
  readonly restart: boolean;
  /** What was noted while the registry was read. */
  readonly notes: readonly string[];
}

const AGAIN_BY_HAND = "no service is there to try again: run pint firstboot again";

/** Of a warning. */
const NOT_REMOVED = "not-removed";

const DONE: ReadonlySet<string> = new Set(["moved", "already", "kept", "skipped"]);

export function conclude(attempted: Attempted, ending: Ending, emit: Emit): FirstBootRun {
  const { attempt, standing } = ending;
  const isDone = attempted.failure === undefined && attempted.sources.every(({ outcome }) => DONE.has(outcome));
  const state = isDone
    ? "finished"
    : attempt.isLast && !attempt.byHand
      ? "gave-up"
      : attempted.failure === undefined
        ? "waiting"
        : "failed";
  const stays = state === "waiting" || state === "failed";
  const result: FirstBootResult = {
    pintFirstBootResult: 1,
    id: standing.document.id,
    tool: ending.tool,
    at: ending.machine.clock.now().toISOString(),
    state,
    reason: reasonOf(state, attempted, ending),
    attempt: attempt.number,
    removed: !stays,
    restart: attempted.wrote,
    sources: attempted.sources.map((source) => (stays && !attempt.isLast ? arranged(source) : source)),
    warnings: [...attempted.warnings, ...ending.notes.map(asWarning)],
  };
  const exitCode = attempted.failure?.exitCode ?? exitCodeOfSources(result.sources);
  return carryOut(result, exitCode, ending, emit);
}

/** It was concluded before, and cut short then: what is left is to take it out. This start of Windows is the restart that was wanted. */
export function concludeAgain(former: FirstBootResult, ending: Ending, emit: Emit): FirstBootRun {
  emit({ kind: "noted", message: `concluded before (${former.state}): only the service and the files are left` });
  const exitCode = exitCodeOfSources(former.sources);
  publish(ending.machine, ending.places); // while the working files are there
  const reason = `${former.reason} (an earlier start of Windows came to that, and only the finisher was left to be removed)`;
  // That start may have been cut short before its event: rather two than none.
  const event = listOf("event-not-written", writeResultEvent(ending.machine, { ...former, reason }, []));
  const failed = [...event, ...remove(ending)];
  tellWarnings(failed, emit);
  const result = { ...former, removed: isRemoved(failed) };
  if (result.removed !== former.removed) save(result, ending);
  return runOf(result, exitCode, failed, ending);
}

/** Whatever happens after it, it is not tried again; but a person may try what was given up. */
export function isConcluded({ state, removed }: FirstBootResult, { byHand }: Attempt): boolean {
  return state === "finished" || (!byHand && (removed || state === "gave-up"));
}

/** Every attempt that was allowed has been made, and none came to an end; or it is another computer's. */
export function concludeUntried(warnings: readonly Warning[], ending: Ending, emit: Emit): FirstBootRun {
  const { document, whyAnothers } = ending.standing;
  const sources = document.pending.map(({ connection, reason }): ResultSource => {
    return { number: connection.number, name: connection.name, outcome: "pending", reason: whyAnothers ?? reason };
  });
  const attempt = { ...ending.attempt, isLast: true };
  return conclude({ sources, warnings, wrote: false, failure: undefined }, { ...ending, attempt }, emit);
}

/**
 * The result before all else, so that a run after a cut knows; the restart before the removal, so that there is one after a cut; the
 * event between them, for it tells whether Windows restarts.
 */
function carryOut(result: FirstBootResult, exitCode: ExitCode, ending: Ending, emit: Emit): FirstBootRun {
  const { machine } = ending;
  save(result, ending);
  emit({ kind: "noted", message: `${result.state}: ${result.reason}` });
  tellWarnings(result.warnings, emit);
  const unrestarted = result.restart ? restart(ending, emit) : [];
  const failed = [
    ...unrestarted,
    ...listOf("event-not-written", writeResultEvent(machine, result, unrestarted)),
    ...(result.removed ? remove(ending) : []),
  ];
  tellWarnings(failed, emit);
  if (failed.length === 0) return runOf(result, exitCode, [], ending);
  const removed = result.removed && isRemoved(failed);
  const last = { ...result, removed, warnings: [...result.warnings, ...failed] };
  save(last, ending);
  return runOf(last, exitCode, failed, ending);
}

function runOf(
  result: FirstBootResult,
  exitCode: ExitCode,
  failed: readonly Warning[],
  { places }: Ending,
): FirstBootRun {
  const warnings = result.warnings.length === 0 ? failed : result.warnings;
  return { document: places.document, result, savedTo: places.published.result, warnings, exitCode };
}

function save(result: FirstBootResult, { machine, places }: Ending): void {
  saveDocumentOf(machine, places.result, formatFirstBootResult(result));
  publish(machine, places);
}

function restart({ machine, restart: isWanted }: Ending, emit: Emit): readonly Warning[] {
  if (!isWanted)
    return listOf(
      "restart-needed",
      "Windows was not restarted (--no-restart), and only a restart makes the settings count",
    );
  const why = restartWindows(machine, emit);
  return why === undefined
    ? []
    : listOf("restart-needed", `Windows was not restarted, and only a restart makes the settings count: ${why}`);
}

function remove({ machine }: Ending): readonly Warning[] {
  const notes: string[] = [];
  try {
    const failed = removeItself(machine, notes);
    return [...failed.flatMap((why) => listOf(NOT_REMOVED, why)), ...notes.map(asWarning)];
  } catch (error) {
    if (error instanceof Failure) return [...listOf(NOT_REMOVED, error.message), ...notes.map(asWarning)];
    throw error;
  }
}

function isRemoved(failed: readonly Warning[]): boolean {
  return !failed.some(({ code }) => code === NOT_REMOVED);
}

function listOf(code: string, message: string | undefined): Warning[] {
  return message === undefined ? [] : [{ code, message }];
}

function asWarning(message: string): Warning {
  return { code: "registry-copy", message };
}

/** The service stays, so that what waits is arranged still. */
function arranged(source: ResultSource): ResultSource {
  return source.outcome === "pending" ? { ...source, outcome: "arranged" } : source;
}

function reasonOf(state: FirstBootResult["state"], { sources, failure }: Attempted, { attempt }: Ending): string {
  const open = sources.filter(({ outcome }) => !DONE.has(outcome));
  const why = failure?.message ?? open.map(({ number, reason }) => `source ${number}: ${reason}`).join("; ");
  switch (state) {
    case "finished":
      return sources
        .map(
          ({ number, outcome, target }) => `source ${number} ${outcome}${target === undefined ? "" : ` (${target})`}`,
        )
        .join("; ");
    case "gave-up":
      return `${why} (${attemptText(attempt)}: no more are made, and the service is removed)`;
    default:
      return `${why} (${attemptText(attempt)}: ${attempt.isLast ? AGAIN_BY_HAND : "the next start of Windows tries again"})`;
  }
}
