/** What a plan says of the sources for which the first boot is arranged, is arranged already, or cannot be. */
import type { FirstBootDocument, PendingMove } from "../../firstboot/document.ts";
import { adapterInOrder } from "../../inventory/document.ts";
import { exitCodeOfSources } from "../../plan/exit-of-sources.ts";
import type { Plan, PlannedSource, Step } from "../../plan/model.ts";
import { connectionInOrder } from "../../profile/document.ts";
import type { PreparedPlan } from "../planning.ts";
import { type Composition, moveOf } from "./compose.ts";

/** The plan with the service's steps behind its own. */
export function arrangedPlan(plan: Plan, { served, unserved }: Composition, steps: readonly Step[]): Plan {
  const sources = plan.sources.map((planned, index) => {
    const why = unserved.get(index);
    if (served.has(index)) return arranged(planned);
    return why === undefined ? planned : withReason(planned, why);
  });
  return { ...plan, sources, steps: [...plan.steps, ...steps], exitCode: exitCodeOfSources(sources) };
}

/** Where nothing can be arranged: every source that waits says why. */
export function unservedPlan(plan: Plan, why: string): Plan {
  const sources = plan.sources.map((planned) => (planned.outcome === "pending" ? withReason(planned, why) : planned));
  return { ...plan, sources };
}

/** A run that was not asked for a first boot, on an image for which one is arranged: what that one serves is no longer pending. */
export function withPresent({ plan, decisions, request }: PreparedPlan, document: FirstBootDocument | undefined): Plan {
  if (document === undefined) return plan;
  const known = new Set(document.pending.map(textOf));
  const sources = plan.sources.map((planned, index) => {
    const decision = decisions[index];
    if (decision === undefined || planned.outcome !== "pending") return planned;
    const move = moveOf(decision, request, document.way);
    return typeof move !== "string" && known.has(textOf(move)) ? arranged(planned) : planned;
  });
  return { ...plan, sources, exitCode: exitCodeOfSources(sources) };
}

/** The settings and the adapter; why and by what they were paired may have another wording now. */
function textOf({ connection, adapter }: PendingMove): string {
  return JSON.stringify([connectionInOrder(connection), adapterInOrder({ ...adapter, known: undefined })]);
}

function arranged(planned: PlannedSource): PlannedSource {
  return { ...planned, outcome: "arranged", reason: `the first boot finishes it: ${planned.reason}` };
}

function withReason(planned: PlannedSource, why: string): PlannedSource {
  return { ...planned, reason: `${planned.reason}; the first boot cannot finish it, because ${why}` };
}
