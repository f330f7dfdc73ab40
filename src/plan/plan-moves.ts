/** Makes the plan: what becomes of every source, and every registry change that takes. It reads models and a hive, and changes nothing. */
import { Failure } from "../exit/failure.ts";
import { belongingOf, refuseFoundProfileOfOthers } from "./settle/belonging.ts";
import { conflictWarnings } from "./settle/conflict.ts";
import { decideAll } from "./decide.ts";
import { type Decision, isMoving } from "./decision.ts";
import { connectionText } from "./ends/end.ts";
import { exitCodeOfSources } from "./exit-of-sources.ts";
import type { Plan, PlannedSource } from "./model.ts";
import type { PlanRequest } from "./options.ts";
import { exclusionsOf, mappingsOf } from "./ends/mappings.ts";
import { sourcesOf } from "./ends/source.ts";
import { stepsOf, type Work, workOf } from "./steps.ts";
import { targetsOf } from "./ends/target.ts";
import { warningsOf } from "./warnings.ts";

/**
 * Throws Failure: "noImage" without a profile, or with one that was found and is another machine's; "usage" and "refused" for `--map` and
 * `--exclude` that cannot be followed.
 */
export function planMoves(request: PlanRequest): Plan {
  return planWithDecisions(request).plan;
}

/** The same with what it rests on: a decision for each of the plan's sources, in their order. */
export function planWithDecisions(request: PlanRequest): {
  readonly plan: Plan;
  readonly decisions: readonly Decision[];
} {
  const { image, windows, match, profile, options } = request;
  const usesProfile = options.sources === "profile";
  if (usesProfile && profile === undefined) {
    throw new Failure("noImage", "There is no profile to take the settings from", {
      code: "no-profile",
      advice: "name one with --profile, or use the image's own orphaned interfaces with --sources orphans",
    });
  }
  const belonging = usesProfile && profile !== undefined ? belongingOf(profile, windows) : undefined;
  if (belonging !== undefined && options.profileWasFound) refuseFoundProfileOfOthers(belonging);
  const sources = sourcesOf(request);
  const excluded = exclusionsOf(request, sources);
  const mappings = mappingsOf(request, sources, excluded);
  const premises = { request, mappings, excluded, belonging };
  const decisions = decideAll(sources, premises);
  const work = workOf(decisions, request);
  const { steps, warnings } = stepsOf(work, request);
  const plan: Plan = {
    pintPlan: 1,
    image,
    sources: decisions.map((decision) => planned(decision, work)),
    steps,
    warnings: distinct([
      ...conflictWarnings(decisions, premises),
      ...warningsOf(decisions, targetsOf(match, excluded.connections), request),
      ...warnings,
    ]),
    exitCode: exitCodeOfSources(decisions),
  };
  return { plan, decisions };
}

function planned(decision: Decision, { cleared }: Work): PlannedSource {
  const { source, outcome, reason, target, matchedBy, pendingParts } = decision;
  const isCleared = isMoving(decision) && source.own !== undefined && cleared.includes(source.own);
  const addition =
    isCleared && source.own !== undefined ? `; the orphan ${connectionText(source.own)} gives its addresses up` : "";
  const predicted = isPredicted(target);
  // The reasons of the others that have a target are those of its presence, and say it.
  const doubt = predicted && isMoving(decision) ? "; that Windows knows this adapter again is a prediction" : "";
  const why = `${reason}${addition}${doubt}`;
  return {
    source: source.end,
    outcome,
    reason: why,
    target: target?.end,
    matchedBy,
    ...(predicted && { predicted }),
    ...(pendingParts && { pendingParts }),
  };
}

function isPredicted(target: Decision["target"]): boolean {
  return target?.kind === "interface" && target.matched.adapter?.predicted === true;
}

function distinct<T extends { readonly message: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.message, item])).values()];
}
