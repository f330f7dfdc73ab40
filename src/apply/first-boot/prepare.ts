/** `--first-boot`: from a plan to the finisher that goes with it, and to what the plan then means. */
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { FirstBootDocument } from "../../firstboot/document.ts";
import { arrangeService } from "../../firstboot/service.ts";
import { wayFor } from "../../firstboot/way.ts";
import { planWithDecisions } from "../../plan/plan-moves.ts";
import type { Plan } from "../../plan/model.ts";
import { type PreparedPlan, withWarnings } from "../planning.ts";
import { arrangedPlan, unservedPlan, withPresent } from "./arranged-plan.ts";
import { composeFirstBoot } from "./compose.ts";
import type { FirstBootContext } from "./context.ts";
import { type FinisherFiles, finisherFiles } from "./finisher-files.ts";
import { leftoversOf, lookAtFirstBoot, type PresentFirstBoot } from "./present.ts";
import { servingDocument } from "./problems.ts";
import { noVolume, refuseGeneralized, refuseUnproven, whyCutShort } from "./refusals.ts";
import { firstBootWarnings } from "./warnings.ts";

export interface FirstBootRequest {
  /** Where pint.exe and nssm.exe are. */
  readonly filesFolder: string;
  /** A person asked for it: what cannot be arranged is a failure. Else it is a warning, and the sources stay pending. */
  readonly insisted: boolean;
}

export interface PreparedFirstBoot extends FinisherFiles {
  readonly present: PresentFirstBoot;
  /** What earlier arrangements, or somebody, have left: it goes when this one stands. */
  readonly stale: readonly string[];
}

export interface PlanWithFirstBoot {
  readonly plan: Plan;
  /** Undefined when nothing is to be put into the image. */
  readonly firstBoot: PreparedFirstBoot | undefined;
  /** What was asked for is refused: apply throws it, a plan foresees it. */
  readonly refusal?: Failure;
}

/** Without a request, what is arranged already is told as such. Throws Failure("usage") for a hive that was named by itself. */
export function prepareFirstBoot(
  prepared: PreparedPlan,
  request: FirstBootRequest | undefined,
  context: FirstBootContext,
): PlanWithFirstBoot {
  const present = lookAtFirstBoot(context.session, context.windows.controlSets);
  const serving = servingDocument(present);
  const plan = withPresent(prepared, serving);
  const refusal = present && whyCutShort(present);
  if (refusal !== undefined) return { plan, firstBoot: undefined, refusal };
  const isWanted = prepared.decisions.some(({ outcome }) => outcome === "pending");
  if (request === undefined || !isWanted) return { plan: told(plan, prepared, serving), firstBoot: undefined };
  try {
    return arrange(prepared, request, context, present);
  } catch (error) {
    if (!(error instanceof Failure) || error.exit === "usage") throw error;
    if (request.insisted) return { plan, firstBoot: undefined, refusal: error };
    const message = `Nothing is arranged for the first boot: ${error.message}`;
    return { plan: withWarnings(plan, [{ code: "first-boot-not-arranged", message }]), firstBoot: undefined };
  }
}

/** What is arranged already, and nothing new is wanted. */
function told(plan: Plan, { decisions, request }: PreparedPlan, document: FirstBootDocument | undefined): Plan {
  if (document === undefined) return plan;
  const served = decisions.filter((_, index) => plan.sources[index]?.outcome === "arranged");
  return withWarnings(plan, [...staying(plan, document), ...firstBootWarnings(served, request, document.way)]);
}

/** An earlier run's finisher begins at the next start whatever this run does; it plans anew then, and overwrites nothing that is static. */
function staying({ sources }: Plan, document: FirstBootDocument): Warning[] {
  const served = sources.filter(({ outcome }) => outcome === "arranged").length;
  if (served === document.pending.length) return [];
  const numbers = document.pending.map(({ connection }) => connection.number).join(", ");
  const message = `The image has a first boot that was arranged at ${document.arrangedAt} (sources: ${numbers}), and it stays; pint undo takes that run back`;
  return [{ code: "first-boot-stays", message }];
}

/** With --all-or-nothing what waits for the first boot has a place: whether that holds for all is seen when they have been served. */
function withoutHolding(prepared: PreparedPlan): PreparedPlan {
  const { request } = prepared;
  if (!request.options.allOrNothing) return prepared;
  const free = planWithDecisions({ ...request, options: { ...request.options, allOrNothing: false } });
  return free.plan.sources.some(({ outcome }) => outcome === "unplaced") ? prepared : { ...prepared, ...free };
}

function arrange(
  prepared: PreparedPlan,
  { filesFolder }: FirstBootRequest,
  context: FirstBootContext,
  present: PresentFirstBoot | undefined,
): PlanWithFirstBoot {
  const { session, windows, tool, now } = context;
  if (present === undefined) throw noVolume(session);
  refuseGeneralized(session, windows);
  const chosen = wayFor(windows);
  if (!chosen.possible) return { plan: unservedPlan(prepared.plan, chosen.reason), firstBoot: undefined };
  const free = withoutHolding(prepared);
  const composition = composeFirstBoot(free, { way: chosen.way, tool, now });
  const isHeld = prepared.request.options.allOrNothing && composition.unserved.size > 0;
  if (composition.document === undefined || isHeld) {
    return { plan: arrangedPlan(prepared.plan, { ...composition, served: new Map() }, []), firstBoot: undefined };
  }
  const warnings = refuseUnproven(context);
  const files = finisherFiles(composition.document, filesFolder, present);
  const firstBoot = { ...files, present, stale: files.isNew ? leftoversOf(session, present) : [] };
  const steps = arrangeService(session.hive.root, windows.controlSets.written, {
    way: chosen.way,
    id: firstBoot.document.id,
    documentSha256: firstBoot.documentSha256,
    staged: firstBoot.staged,
  });
  const served = free.decisions.filter((_, index) => composition.served.has(index));
  const all = [...warnings, ...firstBoot.warnings, ...firstBootWarnings(served, free.request, chosen.way)];
  return { plan: withWarnings(arrangedPlan(free.plan, composition, steps), all), firstBoot };
}
