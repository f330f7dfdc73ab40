/** `apply`: does what the plan says to an image, so that a power cut at any moment leaves the old state or the new one. */
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import type { ImageSession } from "../image/session.ts";
import { parsePlan } from "../plan/document.ts";
import { exitCodeOfSources } from "../plan/exit-of-sources.ts";
import type { Plan } from "../plan/model.ts";
import type { Windows } from "../windows/model/windows.ts";
import type { ComposedFile } from "./answer-file/compose.ts";
import {
  type AnswerFileTarget,
  answerFileResult,
  type PreparedAnswerFile,
  prepareAnswerFile,
  withoutSetup,
} from "./answer-file/prepare.ts";
import { writeIntoImage, writeNamedFile, type WrittenFile } from "./answer-file/write.ts";
import { withFinisher } from "./first-boot/carry-out.ts";
import { type FirstBootRequest, prepareFirstBoot, type PreparedFirstBoot } from "./first-boot/prepare.ts";
import { arrangedFirstBoot } from "./first-boot/summary.ts";
import { findCutRun } from "./receipt/choose.ts";
import { commitChanges, type Committed } from "./writing/commit.ts";
import { completeRun } from "./writing/complete.ts";
import { readDocumentFile } from "./document-file.ts";
import { withDrivers } from "./drivers/with-drivers.ts";
import type { Emit } from "./events.ts";
import { forcedBy, isGuardWarning, refuseBlocked } from "./guards/weigh.ts";
import {
  dirtyWarnings,
  type ImageOptions,
  summariseImage,
  tellWarnings,
  withImage,
  withoutHiveDirty,
} from "./open-windows.ts";
import { openWeighed } from "./open-weighed.ts";
import { preparePlan, type PlanningOptions, tellSources, withWarnings } from "./planning.ts";
import { refuseAltered } from "./plan-seal.ts";
import type { FirstBootFiles } from "./receipt/receipt.ts";
import type { ApplyResult } from "./results.ts";

export interface ApplyOptions extends ImageOptions {
  /** What to plan, or a plan document that was made before. */
  readonly what: PlanningOptions | { readonly planFile: string };
  /** An answer file beside the changes; "in-image", of a generalized one: instead of them. Not with a plan file. */
  readonly unattend?: AnswerFileTarget | undefined;
  /** A finisher for the sources that stay pending. Not with a plan file or an answer file. */
  readonly firstBoot?: FirstBootRequest | undefined;
  /** For the receipt: "pint-offline 0.1.0". */
  readonly tool: string;
  readonly now: Date;
}

/**
 * Open, replay, check, guards, plan, edit, check, receipt, commit, read back, compare; in this order. With nothing to
 * do nothing is written at all, but for the rest of an earlier run that was cut short. Throws Failure (2, 20 to 24, 28, 29, 30).
 */
export function applyImage(options: ApplyOptions, emit: Emit): ApplyResult {
  return withImage(options, "read-write", emit, (session) => {
    const weighed = openWeighed(session, options.force, emit);
    const { windows, warnings } = weighed;
    const isInImage = options.unattend === "in-image";
    refuseBlocked(isInImage ? withoutSetup(weighed.verdict) : weighed.verdict);
    const { plan: obtained, composed, firstBoot } = obtainPlan(session, windows, options, emit);
    const made = withWarnings(obtained, warnings);
    const plan = { ...made, warnings: withoutHiveDirty(made.warnings) };
    tellSources(plan.sources, emit);
    tellWarnings(plan.warnings, emit);
    // Before the hive: when it cannot be written, nothing is.
    const file = composed === undefined ? undefined : writeAnswerFile(session, composed, plan, options, emit);
    const carriedOut = withFinisher(firstBoot, { session, ...options }, emit, (files) =>
      write(session, windows, plan, { ...options, files }, emit),
    );
    const { completed, receipt, sha256 } = carriedOut.committed;
    const remarks = [...carriedOut.committed.remarks, ...newWarnings(carriedOut.put?.warnings ?? [], plan)];
    tellWarnings(remarks, emit);
    return {
      image: summariseImage(session),
      sources: plan.sources,
      steps: plan.steps,
      drivers: plan.drivers ?? null,
      warnings: [...plan.warnings, ...(file?.warnings ?? []), ...carriedOut.committed.warnings, ...remarks],
      written: receipt !== null,
      completed,
      receipt,
      answerFile: answerFileResult(composed, file),
      firstBoot: arrangedFirstBoot(firstBoot, receipt !== null || carriedOut.put?.isWritten ? "written" : "as-it-was"),
      hiveSha256: { before: session.hiveSha256, after: sha256 },
      exitCode: plan.exitCode,
    };
  });
}

/** Those of a kind of which the plan has not warned already. */
function newWarnings(warnings: readonly Warning[], plan: Plan): readonly Warning[] {
  return warnings.filter((warning) => !plan.warnings.some(({ code }) => code === warning.code));
}

function writeAnswerFile(
  session: ImageSession,
  composed: ComposedFile,
  { sources }: Plan,
  { unattend, tool, now }: ApplyOptions,
  emit: Emit,
): WrittenFile | undefined {
  if (!composed.isChanged) return undefined;
  return unattend === "in-image"
    ? writeIntoImage(session, composed, { tool, now, sources }, emit)
    : writeNamedFile(composed, now, session.host, emit);
}

interface Written extends Committed {
  /** When the run began that was completed. */
  readonly completed: string | null;
  readonly remarks: readonly Warning[];
}

/** The plan's changes; without any, the rest of a run of this program that was cut short. Another reason to be dirty is left to Windows, and told. */
function write(
  session: ImageSession,
  windows: Windows,
  plan: Plan,
  options: Pick<ApplyOptions, "tool" | "now"> & { readonly files: FirstBootFiles | undefined },
  emit: Emit,
): Written {
  const { family } = windows.version;
  const { tool, now, files: firstBoot } = options;
  if (plan.steps.length > 0) {
    const { sources, exitCode, warnings } = plan;
    const about = { tool, forced: forcedBy(warnings), sources, exitCode, undoes: undefined, firstBoot };
    const committed = commitChanges({ session, family, changes: plan.steps, now, about }, emit);
    const remarks = committed.receipt === null ? dirtyWarnings(session.hive) : [];
    return { ...committed, completed: null, remarks };
  }
  const { run, warnings } = findCutRun(session);
  if (run !== undefined) {
    return {
      completed: run.receipt.at,
      receipt: run.path,
      sha256: completeRun(session, run, emit),
      warnings: [],
      remarks: warnings,
    };
  }
  return {
    completed: null,
    receipt: null,
    sha256: session.hiveSha256,
    warnings: [],
    remarks: [...dirtyWarnings(session.hive), ...warnings],
  };
}

interface Obtained extends PreparedAnswerFile {
  readonly firstBoot: PreparedFirstBoot | undefined;
}

function obtainPlan(session: ImageSession, windows: Windows, options: ApplyOptions, emit: Emit): Obtained {
  const { what, unattend } = options;
  if (!("planFile" in what)) {
    const prepared = withDrivers(session, windows, preparePlan(session, windows, what, emit));
    if (unattend !== undefined) {
      return { ...prepareAnswerFile(session, windows, prepared, unattend), firstBoot: undefined };
    }
    const { plan, firstBoot, refusal } = prepareFirstBoot(prepared, options.firstBoot, {
      session,
      windows,
      ...options,
    });
    if (refusal !== undefined) throw refusal;
    return { plan, composed: undefined, firstBoot };
  }
  const plan = parsePlan(readDocumentFile(what.planFile, "plan"), what.planFile);
  emit({ kind: "plan-read", path: what.planFile });
  refuseAltered(plan, what.planFile);
  refuseArranged(plan, what.planFile);
  if (plan.image.hiveSha256 !== session.hiveSha256) {
    throw new Failure(
      "refused",
      "The plan was made from another state of the hive: it changed since, or this is another image",
      {
        at: `${what.planFile}: $.image.hiveSha256`,
        code: "changed-since-plan",
        advice: "make the plan again; nothing was written",
      },
    );
  }
  // What the guards said then is of no interest: they have been weighed again, and the exit code is that of the sources.
  const warnings = plan.warnings.filter(({ code }) => !isGuardWarning(code));
  return {
    plan: { ...plan, warnings, exitCode: exitCodeOfSources(plan.sources) },
    composed: undefined,
    firstBoot: undefined,
  };
}

/** What such a plan is about are files, which are no part of it. */
function refuseArranged({ sources }: Plan, planFile: string): void {
  if (sources.some(({ outcome }) => outcome === "arranged")) {
    throw new Failure(
      "refused",
      "The plan was made for files beside the hive (--unattend in-image, --first-boot), which a plan does not hold",
      {
        at: planFile,
        code: "plan-of-answer-file",
        advice: "run apply with the options of that plan, and without --plan",
      },
    );
  }
}
