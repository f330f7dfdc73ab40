/** One attempt: waits for the adapters, moves what can be moved, and says of every source what became of it. */
import type { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { FirstBootResult } from "../../firstboot/result.ts";
import { systemFolder } from "../../inventory/windows/machine.ts";
import { readWindowsInventory } from "../../inventory/windows/read.ts";
import type { PlannedSource } from "../../plan/model.ts";
import { endText } from "../../plan/ends/end.ts";
import type { Emit } from "../events.ts";
import { withAdviceForLive } from "../live-advice.ts";
import { tellSources } from "../planning.ts";
import { asEnd } from "./as-end.ts";
import { awaitAdapters } from "./await-adapters.ts";
import { type ChangesFile, isCutShort } from "./changes-file.ts";
import { addIpv6 } from "./ipv6-by-netsh.ts";
import type { BootedWindows } from "./machine.ts";
import type { FirstBootPlaces, Standing } from "./standing.ts";
import type { WantedAdapter } from "./wanted.ts";
import { writeMoves } from "./write-moves.ts";

export type ResultSource = FirstBootResult["sources"][number];

export interface Attempted {
  /** Those that wait still are "pending". */
  readonly sources: readonly ResultSource[];
  readonly warnings: readonly Warning[];
  /** Whether something was written that Windows reads at its start. */
  readonly wrote: boolean;
  /** What kept the attempt from its end. */
  readonly failure: Failure | undefined;
}

export interface AttemptRequest {
  readonly places: FirstBootPlaces;
  readonly standing: Standing;
  readonly changesFile: ChangesFile;
  readonly waitMs: number;
}

/** What it throws is part of what it returns. */
export function attemptMoves(machine: BootedWindows, request: AttemptRequest, notes: string[], emit: Emit): Attempted {
  try {
    return withAdviceForLive(() => attempt(machine, request, notes, emit));
  } catch (error) {
    const failure = asEnd(error);
    const sources = request.standing.document.pending.map(({ connection }): ResultSource => {
      return { number: connection.number, name: connection.name, outcome: "pending", reason: failure.message };
    });
    return { sources, warnings: [], wrote: false, failure };
  }
}

function attempt(
  machine: BootedWindows,
  { places, standing: { document }, changesFile, waitMs }: AttemptRequest,
  notes: string[],
  emit: Emit,
): Attempted {
  const wanted = awaitAdapters(machine, document, places.document, waitMs, notes, emit);
  const ready = wanted.filter(({ whyNot }) => whyNot === undefined);
  if (ready.length === 0 && !isCutShort(changesFile)) {
    return { sources: wanted.map(waitingSource), warnings: [], wrote: false, failure: undefined };
  }
  const inventory = readWindowsInventory(machine);
  const request = { document, ready, inventory, place: systemFolder(machine), changesFile };
  const { plan, wrote, wanting, left } = writeMoves(machine, request, notes, emit);
  tellSources(plan.sources, emit);
  const sources = wanted.map((one) => {
    const planned = plan.sources.find(({ source }) => source.number === one.move.connection.number);
    if (planned === undefined) return waitingSource(one);
    const isIpv6Wanting = waitsForIpv6(planned) || (wanting.length > 0 && planned.outcome === "moved");
    return plannedSource(isIpv6Wanting ? withIpv6(planned, addIpv6(machine, one, notes, emit)) : planned);
  });
  const lacks = wanting.map((what): Warning => ({ code: "nsi-not-written", message: `${what} could not be written` }));
  return { sources, warnings: [...plan.warnings, ...left, ...lacks], wrote, failure: undefined };
}

function waitsForIpv6({ outcome, pendingParts }: PlannedSource): boolean {
  return outcome === "pending" && pendingParts?.includes("ipv6") === true;
}

/** All but its IPv6 is in place. */
function withIpv6(planned: PlannedSource, { added, wanting }: ReturnType<typeof addIpv6>): PlannedSource {
  if (wanting.length > 0) {
    return {
      ...planned,
      outcome: "pending",
      reason: `all but its static IPv6 is in place; ${wanting.join(", ")} could not be set`,
    };
  }
  if (added.length === 0 && planned.outcome === "moved") return planned;
  const what = added.length === 0 ? "its static IPv6 is there" : `netsh.exe has set ${added.join(", ")}`;
  return { ...planned, outcome: "moved", reason: `${planned.reason}; ${what}` };
}

function waitingSource({ move: { connection, reason }, whyNot }: WantedAdapter): ResultSource {
  return { number: connection.number, name: connection.name, outcome: "pending", reason: whyNot ?? reason };
}

function plannedSource({ source, outcome, reason, target }: PlannedSource): ResultSource {
  const settled = outcome === "moved" || outcome === "already" || outcome === "kept";
  return {
    number: source.number ?? 1,
    name: source.name,
    outcome,
    reason,
    target: settled && target !== undefined ? (target.name ?? endText(target)) : undefined,
  };
}
