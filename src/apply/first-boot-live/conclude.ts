/** The end of a run: the result, the event, the restart, and the finisher's own removal, in the order that bears a cut. */
import type { ExitCode } from "../../exit/codes.ts";
import type { Warning } from "../../exit/warning.ts";
import { type FirstBootResult, formatFirstBootResult } from "../../firstboot/result.ts";
import { exitCodeOfSources } from "../../plan/exit-of-sources.ts";
import type { Emit } from "../events.ts";
import type { FirstBootRun } from "../first-boot-results.ts";
import { tellWarnings } from "../open-windows.ts";
import type { Attempted, ResultSource } from "./attempt-moves.ts";
import { asEnd } from "./as-end.ts";
import { type Attempt, attemptText } from "./attempts.ts";
import type { BootedWindows } from "./machine.ts";
import { asWarning, isOfLastSteps, isRemoved, type LastSteps, lastSteps, RESTART_NEEDED } from "./last-steps.ts";
import { publish } from "./publish.ts";
import { saveDocumentOf } from "./save-document.ts";
import type { Standing } from "./standing.ts";

export interface Ending extends LastSteps {
  readonly standing: Standing;
  readonly attempt: Attempt;
  readonly tool: string;
  /** What was noted while the registry was read. */
  readonly notes: readonly string[];
}

const AGAIN_BY_HAND = "no service is there to try again: run pint firstboot again";

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

/**
 * It was concluded before, and cut short then: what is left is to take it out. A start of Windows since then is the restart that was wanted;
 * a run that was only ended, in this very start, may not have come to it.
 */
export function concludeAgain(former: FirstBootResult, ending: Ending, emit: Emit): FirstBootRun {
  emit({ kind: "noted", message: `concluded before (${former.state}): only the service and the files are left` });
  const { machine } = ending;
  const isOfThisStart = isSinceStart(former, machine);
  const which = isOfThisStart ? "an earlier run" : "an earlier start of Windows";
  const reason = `${former.reason} (${which} came to that, and only the finisher was left to be removed)`;
  // The former run may have been cut short before its event: rather two than none.
  const again = { ...former, reason, restart: isOfThisStart && mayWantRestart(former) };
  const failed = lastSteps({ ...again, removed: true }, ending, emit);
  const warnings = [...former.warnings.filter((one) => !isOfLastSteps(one)), ...failed];
  const result = { ...former, removed: isRemoved(failed), warnings };
  if (formatFirstBootResult(result) !== formatFirstBootResult(former)) saveLast(result, ending, emit);
  return runOf(result, exitCodeOfSources(former.sources), ending);
}

/** One that says that it could not be removed has come to its last steps, the restart among them: not again at every start. */
function mayWantRestart({ restart, removed, warnings }: FirstBootResult): boolean {
  return restart && (removed || warnings.some(({ code }) => code === RESTART_NEEDED));
}

/** A time to come was told by another clock: it must not lead to a restart at every start. */
function isSinceStart({ at }: FirstBootResult, machine: BootedWindows): boolean {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  return time > machine.systemStart().getTime() && time <= machine.clock.now().getTime();
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

/** The result before all else, so that a run after a cut knows. */
function carryOut(result: FirstBootResult, exitCode: ExitCode, ending: Ending, emit: Emit): FirstBootRun {
  save(result, ending);
  emit({ kind: "noted", message: `${result.state}: ${result.reason}` });
  tellWarnings(result.warnings, emit);
  const failed = lastSteps(result, ending, emit);
  if (failed.length === 0) return runOf(result, exitCode, ending);
  const removed = result.removed && isRemoved(failed);
  const last = { ...result, removed, warnings: [...result.warnings, ...failed] };
  saveLast(last, ending, emit);
  return runOf(last, exitCode, ending);
}

function runOf(result: FirstBootResult, exitCode: ExitCode, { places }: Ending): FirstBootRun {
  return {
    ...{ document: places.document, result, savedTo: places.published.result },
    ...{ warnings: result.warnings, exitCode },
  };
}

function save(result: FirstBootResult, { machine, places }: Ending): void {
  saveDocumentOf(machine, places.result, formatFirstBootResult(result));
}

/** With what was not done of the last steps. All is done by then: where even that cannot be saved, the former result stays. */
function saveLast(result: FirstBootResult, ending: Ending, emit: Emit): void {
  try {
    save(result, ending);
    for (const { message } of publish(ending.machine, ending.places)) emit({ kind: "noted", message });
  } catch (error) {
    emit({ kind: "noted", message: asEnd(error).message });
  }
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
