/** The plan made anew, by the same rules, of what can be moved now: only the pending sources, only to the adapters that they wait for. */
import { type FirstBootDocument, profileOf } from "../../firstboot/document.ts";
import type { Inventory } from "../../inventory/model.ts";
import { matchAdapters } from "../../match/match-adapters.ts";
import type { Match } from "../../match/model.ts";
import type { Plan } from "../../plan/model.ts";
import { DEFAULT_PLAN_OPTIONS, type PlanRequest } from "../../plan/options.ts";
import { planMoves } from "../../plan/plan-moves.ts";
import { whyNoTarget } from "../../plan/ends/target.ts";
import type { Key } from "../../regf/index.ts";
import { readWindows } from "../../windows/read-windows.ts";
import type { WantedAdapter } from "./wanted.ts";

export interface NowRequest {
  readonly document: FirstBootDocument;
  /** Those that are ready. */
  readonly ready: readonly WantedAdapter[];
  /** The whole machine's: by the wanted adapters alone every other one would be an orphan. */
  readonly inventory: Inventory;
  readonly root: Key;
  /** The folder of Windows. */
  readonly place: string;
}

/** Throws Failure as planMoves does. */
export function planMovesNow(request: NowRequest): Plan {
  const planRequest = requestOf(request);
  const mapped = request.ready.filter(({ move }) => move.matchedBy === "map");
  const byRules = planMoves(withMap(planRequest, mapped));
  // By order another adapter can be the next one now. What was arranged, and seen by a person, is what counts.
  return isAsArranged(byRules, request.ready) ? byRules : planMoves(withMap(planRequest, request.ready));
}

function requestOf({ document, ready, inventory, root, place }: NowRequest): PlanRequest {
  const windows = readWindows(root);
  const match = matchAdapters(windows, inventory);
  const { pairBy, orphans, rename, allowConflict } = document.options;
  const numbers = new Set(ready.map(({ move }) => move.connection.number));
  const profile = profileOf(document);
  return {
    image: { path: place, hiveSha256: "" },
    root,
    windows,
    match,
    profile: { ...profile, connections: profile.connections.filter(({ number }) => numbers.has(number)) },
    options: {
      ...DEFAULT_PLAN_OPTIONS,
      ...{ pairBy, orphans, rename, allowConflict },
      exclude: excluded(document, ready, match),
    },
  };
}

/** What was left out then, and every other interface that could be a target now. */
function excluded({ options }: FirstBootDocument, ready: readonly WantedAdapter[], match: Match): string[] {
  const wanted = new Set(ready.map(({ guid }) => guid));
  const known = new Set(match.connections.map(({ connection }) => connection.guid));
  // To leave out a source's own interface would leave the source out.
  const own = new Set(ready.map(({ move }) => move.connection.guid));
  const others = match.connections.filter(
    (matched) =>
      !wanted.has(matched.connection.guid) &&
      !own.has(matched.connection.guid) &&
      whyNoTarget(matched, match) === undefined,
  );
  const left = options.exclude.filter((guid) => known.has(guid));
  return [...new Set([...left, ...others.map(({ connection }) => connection.guid)])];
}

function withMap(request: PlanRequest, mapped: readonly WantedAdapter[]): PlanRequest {
  const map = mapped.flatMap(({ move, guid }): [string, string][] =>
    guid === undefined ? [] : [[String(move.connection.number), guid]],
  );
  return { ...request, options: { ...request.options, map } };
}

function isAsArranged({ sources }: Plan, ready: readonly WantedAdapter[]): boolean {
  return sources.every(
    ({ source, outcome, target, pendingParts, matchedBy }) =>
      (outcome !== "moved" && pendingParts === undefined) ||
      ready.some(
        ({ move, guid }) =>
          move.connection.number === source.number &&
          guid === target?.guid &&
          !(move.matchedBy === "mac" && matchedBy === "order"),
      ),
  );
}
