/** Decides what becomes of every source: first those that need no pairing, then the pairs, then whether anything is done at all. */
import type { Decision } from "./decision.ts";
import { sourceText } from "./ends.ts";
import { type Pair, type Pairing, pair } from "./pair.ts";
import { settle, type Situation } from "./settle.ts";
import { hasMacOf, settleDhcp } from "./settle-dhcp.ts";
import type { Source } from "./source.ts";
import { type Target, type Targets, targetsOf, targetText } from "./target.ts";
import { whyHeld, whyUnplaced } from "./why-unplaced.ts";

/** In the order of the sources. */
export function decideAll(sources: readonly Source[], given: Omit<Situation, "decided" | "open">): Decision[] {
  const decided: Decision[] = [];
  const open: Source[] = [];
  for (const source of sources) {
    const situation: Situation = { ...given, decided, open };
    const wantsDhcp = source.apply === "dhcp";
    const decision = wantsDhcp ? settleDhcp(source, situation) : settle(source, situation);
    if (decision === undefined) open.push(source);
    else decided.push(decision);
  }
  const paired = pairOpen(open, sources, given);
  const all = [...decided, ...paired].toSorted(
    (left, right) => sources.indexOf(left.source) - sources.indexOf(right.source),
  );
  return holdBack(all, given.request.options.allOrNothing);
}

function pairOpen(
  open: readonly Source[],
  all: readonly Source[],
  given: Omit<Situation, "decided" | "open">,
): Decision[] {
  const { request, pins, excluded } = given;
  const targets = targetsOf(request.match, excluded.connections);
  const others = all.filter((source) => !open.includes(source) && !source.isOfImage);
  const pairing = pair({
    sources: open,
    targets,
    pins,
    match: request.options.match,
    isClaimed: (target) => others.some((source) => isItsAdapter(source, target)),
    whyNotByOrder: (source) => whyHeld(source, request.match, excluded.connections),
  });
  return open.map((source) => decisionOf(source, pairing, targets, given));
}

/** What the profile knows as another connection's, left as it is, is not taken by order. */
function isItsAdapter(source: Source, target: Target): boolean {
  return target.kind === "interface" && (source.own === target.matched || hasMacOf(source, target.matched));
}

function decisionOf(
  source: Source,
  { pairs, held }: Pairing,
  targets: Targets,
  given: Omit<Situation, "decided" | "open">,
): Decision {
  const found = pairs.get(source);
  if (found === undefined) {
    return {
      source,
      outcome: "unplaced",
      reason: held.get(source) ?? whyUnplaced(given.request, given.excluded, targets),
    };
  }
  const { target, by } = found;
  if (target.kind === "interface") return { source, outcome: "moved", reason: whyPaired(found), target, matchedBy: by };
  const reason = `${whyPaired(found)}, but Windows has no interface for it yet: it must start once with that adapter`;
  return { source, outcome: "pending", reason, target, matchedBy: by };
}

function whyPaired({ target, by, mac }: Pair): string {
  const name = targetText(target);
  switch (by) {
    case "map":
      return `${name} as --map says`;
    case "guid":
      return `${name} is its own interface, which is DHCP now`;
    case "mac":
      return `${name} has its ${mac?.kind === "user" ? "user-defined" : (mac?.kind ?? "")} MAC address ${mac?.address ?? ""}`;
    case "order":
      return `${name} by order: no adapter has a MAC address of it, and this is the next that is free`;
  }
}

/** With a conflict the image is left as it is (exit "refused" means that nothing was changed), and so it is with --all-or-nothing. */
function holdBack(decisions: readonly Decision[], allOrNothing: boolean): Decision[] {
  const conflicts = decisions.filter(({ outcome }) => outcome === "conflict");
  const open = allOrNothing ? decisions.filter(({ outcome }) => outcome === "unplaced" || outcome === "pending") : [];
  const [first] = [...conflicts, ...open];
  if (first === undefined) return [...decisions];
  const why =
    first.outcome === "conflict"
      ? `${sourceText(first.source)} is in conflict: solve that, or leave it out with --exclude`
      : `${sourceText(first.source)} has no place, and --all-or-nothing was given`;
  return decisions.map((decision) =>
    decision.outcome === "moved"
      ? {
          ...decision,
          outcome: "unplaced",
          reason: `nothing is moved, because ${why} (it would go: ${decision.reason})`,
        }
      : decision,
  );
}
