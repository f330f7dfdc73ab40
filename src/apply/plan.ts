/** `plan`: what `apply` would do to an image, and every registry change that takes; writes nothing to the image. */
import { EXIT_CODES } from "../exit/codes.ts";
import { formatPlan } from "../plan/document.ts";
import type { Plan } from "../plan/model.ts";
import { saveDocument } from "./document-file.ts";
import type { Emit } from "./events.ts";
import type { GuardVerdict } from "./guards/weigh.ts";
import { openWeighed } from "./open-weighed.ts";
import { type ImageOptions, tellWarnings, withImage } from "./open-windows.ts";
import { sealed } from "./plan-seal.ts";
import { makePlan, type PlanningOptions, withWarnings } from "./planning.ts";
import type { PlanResult } from "./results.ts";

export interface PlanImageOptions extends ImageOptions, PlanningOptions {
  /** Where the plan is saved, for `apply --plan`. */
  readonly output?: string | undefined;
}

/**
 * Throws Failure (2, 20, 21, 22, 23; 29 when the plan cannot be saved). A guard that would refuse `apply` does not keep
 * a plan from being made: it is among the warnings, and the exit code is apply's.
 */
export function planImage(options: PlanImageOptions, emit: Emit): PlanResult {
  return withImage(options, "read", emit, (session) => {
    const { windows, verdict, warnings } = openWeighed(session, options.force, emit);
    const made = makePlan(session, windows, options, emit);
    const plan = sealed(withVerdict(withWarnings(made, warnings), verdict));
    tellWarnings(plan.warnings, emit);
    const text = formatPlan(plan);
    if (options.output !== undefined) {
      saveDocument(options.output, text, "plan");
      emit({ kind: "saved", what: "plan", path: options.output });
    }
    return { plan, text, savedTo: options.output ?? null, exitCode: plan.exitCode };
  });
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
