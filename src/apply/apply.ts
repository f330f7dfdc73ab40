/** `apply`: does what the plan says to an image, so that a power cut at any moment leaves the old state or the new one. */
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import type { ImageSession } from "../image/session.ts";
import { parsePlan } from "../plan/document.ts";
import { exitCodeOfSources } from "../plan/exit-of-sources.ts";
import type { Plan } from "../plan/model.ts";
import type { Windows } from "../windows/model/windows.ts";
import { findCutRun } from "./receipt/choose.ts";
import { commitChanges, type Committed } from "./writing/commit.ts";
import { completeRun } from "./writing/complete.ts";
import { readDocumentFile } from "./document-file.ts";
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
import { makePlan, type PlanningOptions, withWarnings } from "./planning.ts";
import { refuseAltered } from "./plan-seal.ts";
import type { ApplyResult } from "./results.ts";

export interface ApplyOptions extends ImageOptions {
  /** What to plan, or a plan document that was made before. */
  readonly what: PlanningOptions | { readonly planFile: string };
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
    const { windows, verdict, warnings } = openWeighed(session, options.force, emit);
    refuseBlocked(verdict);
    const made = withWarnings(obtainPlan(session, windows, options, emit), warnings);
    const plan = { ...made, warnings: withoutHiveDirty(made.warnings) };
    tellWarnings(plan.warnings, emit);
    const { completed, receipt, sha256, remarks } = write(session, windows, plan, options, emit);
    tellWarnings(remarks, emit);
    return {
      image: summariseImage(session),
      sources: plan.sources,
      steps: plan.steps,
      warnings: [...plan.warnings, ...remarks],
      written: receipt !== null,
      completed,
      receipt,
      hiveSha256: { before: session.hiveSha256, after: sha256 },
      exitCode: plan.exitCode,
    };
  });
}

interface Written extends Committed {
  /** When the run began that was completed. */
  readonly completed: string | null;
  readonly remarks: readonly Warning[];
}

/** The plan's changes; without any, the rest of a run of this program that was cut short. Another reason to be dirty is left to Windows, and told. */
function write(session: ImageSession, windows: Windows, plan: Plan, options: ApplyOptions, emit: Emit): Written {
  const { family } = windows.version;
  const { tool, now } = options;
  if (plan.steps.length > 0) {
    const { sources, exitCode, warnings } = plan;
    const about = { tool, forced: forcedBy(warnings), sources, exitCode, undoes: undefined };
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
      remarks: warnings,
    };
  }
  return {
    completed: null,
    receipt: null,
    sha256: session.hiveSha256,
    remarks: [...dirtyWarnings(session.hive), ...warnings],
  };
}

function obtainPlan(session: ImageSession, windows: Windows, { what }: ApplyOptions, emit: Emit): Plan {
  if (!("planFile" in what)) {
    return makePlan(session, windows, what, emit);
  }
  const plan = parsePlan(readDocumentFile(what.planFile, "plan"), what.planFile);
  emit({ kind: "plan-read", path: what.planFile });
  refuseAltered(plan, what.planFile);
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
  return { ...plan, warnings, exitCode: exitCodeOfSources(plan.sources) };
}
