/** `plan`: what `apply` would do to an image, and every registry change that takes; writes nothing to the image. */
import { EXIT_CODES } from "../exit/codes.ts";
import { worstOf } from "../exit/precedence.ts";
import type { ImageSession } from "../image/session.ts";
import { formatPlan } from "../plan/document.ts";
import type { Plan } from "../plan/model.ts";
import type { Windows } from "../windows/model/windows.ts";
import { type AnswerFileTarget, answerFileResult, prepareAnswerFile, withoutSetup } from "./answer-file/prepare.ts";
import { writeNamedFile } from "./answer-file/write.ts";
import { saveDocument } from "./document-file.ts";
import { withDrivers } from "./drivers/with-drivers.ts";
import type { Emit } from "./events.ts";
import { type FirstBootRequest, prepareFirstBoot, type PreparedFirstBoot } from "./first-boot/prepare.ts";
import { arrangedFirstBoot } from "./first-boot/summary.ts";
import type { GuardVerdict } from "./guards/weigh.ts";
import { openWeighed } from "./open-weighed.ts";
import { type ImageOptions, tellWarnings, withImage } from "./open-windows.ts";
import { sealed } from "./plan-seal.ts";
import { type PreparedPlan, preparePlan, type PlanningOptions, tellSources, withWarnings } from "./planning.ts";
import type { PlanResult } from "./results.ts";

export interface PlanImageOptions extends ImageOptions, PlanningOptions {
  /** Where the plan is saved, for `apply --plan`. */
  readonly output?: string | undefined;
  /** An answer file: one in a file is written now, for it is no part of the image; one in the image is only foreseen. */
  readonly unattend?: { readonly target: AnswerFileTarget; readonly now: Date } | undefined;
  /** What apply would arrange for the sources that stay pending; `tool` and `now` are for the document. */
  readonly firstBoot?: (FirstBootRequest & { readonly tool: string; readonly now: Date }) | undefined;
}

/**
 * Throws Failure (2, 20, 21, 22, 23; 29 when the plan cannot be saved). A guard that would refuse `apply` does not keep
 * a plan from being made: it is among the warnings, and the exit code is apply's.
 */
export function planImage(options: PlanImageOptions, emit: Emit): PlanResult {
  return withImage(options, "read", emit, (session) => {
    const { unattend } = options;
    const weighed = openWeighed(session, options.force, emit);
    const { windows, warnings } = weighed;
    const verdict = unattend?.target === "in-image" ? withoutSetup(weighed.verdict) : weighed.verdict;
    const prepared = withDrivers(session, windows, preparePlan(session, windows, options, emit));
    const {
      plan: made,
      composed,
      firstBoot,
    } = unattend === undefined
      ? foreseeFirstBoot(session, windows, prepared, options)
      : { ...prepareAnswerFile(session, windows, prepared, unattend.target), firstBoot: undefined };
    const plan = sealed(withVerdict(withWarnings(made, warnings), verdict));
    tellSources(plan.sources, emit);
    for (const step of plan.steps) {
      emit({ kind: "step", step });
    }
    tellWarnings(plan.warnings, emit);
    const text = formatPlan(plan);
    if (options.output !== undefined) {
      saveDocument(options.output, text, "plan");
      emit({ kind: "saved", what: "plan", path: options.output });
    }
    const isToBeWritten = composed?.isChanged === true && unattend !== undefined && unattend.target !== "in-image";
    const written = isToBeWritten ? writeNamedFile(composed, unattend.now, session.host, emit) : undefined;
    return {
      plan: withWarnings(plan, written?.warnings ?? []),
      answerFile: answerFileResult(composed, written),
      firstBoot: arrangedFirstBoot(firstBoot, "foreseen"),
      text,
      savedTo: options.output ?? null,
      exitCode: plan.exitCode,
    };
  });
}

/** What would be refused is a warning here, and the exit code is apply's. */
function foreseeFirstBoot(
  session: ImageSession,
  windows: Windows,
  prepared: PreparedPlan,
  { firstBoot: request, host, force }: PlanImageOptions,
): { readonly plan: Plan; readonly composed: undefined; readonly firstBoot: PreparedFirstBoot | undefined } {
  const about = { tool: request?.tool ?? "", now: request?.now ?? new Date(0) };
  const { plan, firstBoot, refusal } = prepareFirstBoot(prepared, request, { session, windows, host, force, ...about });
  if (refusal === undefined) return { plan, composed: undefined, firstBoot };
  const warning = { code: `refused-${refusal.code}`, message: `apply refuses --first-boot: ${refusal.message}` };
  const exitCode = worstOf([plan.exitCode, refusal.exitCode]);
  return { plan: { ...withWarnings(plan, [warning]), exitCode }, composed: undefined, firstBoot: undefined };
}

/** What stands in the way of apply, foreseen. */
function withVerdict(plan: Plan, { blocking }: GuardVerdict): Plan {
  const [first] = blocking;
  if (first === undefined) {
    return plan;
  }
  const refusals = blocking.map(({ name, message }) => ({
    code: `refused-${name}`,
    message: `apply refuses this image: ${message}`,
  }));
  return { ...withWarnings(plan, refusals), exitCode: EXIT_CODES[first.refusal.exit] };
}
