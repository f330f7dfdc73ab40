/** Decides what becomes of every source: first those that need no pairing, then the pairs, then whether anything is done at all. */
import { MAC_SOURCE_WORDS } from "../match/mac-warnings.ts";
import type { Match, MatchedConnection } from "../match/model.ts";
import { isShareOf } from "../match/twins.ts";
import type { MacAddress } from "../notation/mac.ts";
import type { Windows, WindowsConnection } from "../windows/model/windows.ts";
import { NetworkWriter } from "../windows/write/network-writer.ts";
import { type Decision, isMoving } from "./decision.ts";
import { sourceText } from "./ends/end.ts";
import { type Pair, type Pairing, pair } from "./pair.ts";
import { refuseDoubles } from "./settle/conflict.ts";
import type { Premises } from "./settle/premises.ts";
import { recordsAsTheyStand } from "./settle/same-settings.ts";
import { settle } from "./settle/settle.ts";
import { settleDhcp } from "./settle/settle-dhcp.ts";
import { formerOf, hasMacOf, type Source, unreadableIpv6 } from "./ends/source.ts";
import {
  macsOfConnection,
  type Target,
  targetOfNewAdapter,
  type Targets,
  targetsOf,
  targetText,
} from "./ends/target.ts";
import { whyHeld, whyUnplaced } from "./why-unplaced.ts";

/** In the order of the sources. */
export function decideAll(sources: readonly Source[], premises: Premises): Decision[] {
  const decided: Decision[] = [];
  const open: Source[] = [];
  const toBeDhcp = sources.filter(({ apply }) => apply === "dhcp");
  for (const source of sources.filter(({ apply }) => apply !== "dhcp")) {
    const decision = settle(source, { ...premises, open, toBeDhcp });
    if (decision === undefined) open.push(source);
    else decided.push(decision);
  }
  decided.push(...pairOpen(open, sources, premises));
  for (const source of toBeDhcp) {
    decided.push(settleDhcp(source, premises, decided));
  }
  const inOrder = decided.toSorted((left, right) => sources.indexOf(left.source) - sources.indexOf(right.source));
  return holdBack(refuseDoubles(inOrder, premises), premises.request.options.allOrNothing);
}

function pairOpen(open: readonly Source[], all: readonly Source[], premises: Premises): Decision[] {
  const { request, mappings, excluded } = premises;
  const targets = targetsOf(request.match, excluded.connections);
  const others = all.filter((source) => !open.includes(source) && !source.isOfImage);
  const pairing = pair({
    sources: open,
    targets,
    mappings,
    pairBy: request.options.pairBy,
    holderCount: (mac) => holderCount(mac, request.match),
    isClaimed: (target) => others.some((source) => isItsAdapter(source, target)),
    whyNotByOrder: (source) => whyHeld(source, request.match, excluded.connections),
  });
  return open.map((source) => decisionOf(source, pairing, targets, premises));
}

function holderCount(mac: MacAddress, { connections, newAdapters }: Match): number {
  const holders = connections.filter(
    (matched) =>
      matched.connection.adapter?.physical === true &&
      matched.presence.verdict !== "orphan" &&
      !isShareOf(matched, connections) &&
      macsOfConnection(matched).includes(mac),
  );
  return holders.length + newAdapters.filter((adapter) => targetOfNewAdapter(adapter).macs.includes(mac)).length;
}

/** What the profile knows as another connection's, left as it is, is not taken by order. */
function isItsAdapter(source: Source, target: Target): boolean {
  return target.kind === "interface" && (source.own === target.matched || hasMacOf(source, target.matched));
}

function decisionOf(source: Source, { pairs, held }: Pairing, targets: Targets, premises: Premises): Decision {
  const found = pairs.get(source);
  if (found === undefined) {
    return {
      source,
      outcome: "unplaced",
      reason: held.get(source) ?? whyUnplaced(premises.request, premises.excluded, targets),
    };
  }
  const { target, by } = found;
  if (target.kind === "interface")
    return movedTo(
      target.matched,
      { source, outcome: "moved", reason: whyPaired(found), target, matchedBy: by },
      premises,
    );
  const reason = `${whyPaired(found)}, but Windows has no interface for it yet: it must start once with that adapter`;
  return { source, outcome: "pending", reason, target, matchedBy: by };
}

/** What of it the image's own records do not show how to write waits for Windows. */
function movedTo(matched: MatchedConnection, decision: Decision, { request }: Premises): Decision {
  const { source } = decision;
  const writer = new NetworkWriter(request.root, request.windows);
  const missing = writer.missingIpv6(matched.connection, source.settings, formerOf(source, matched));
  const doubt = doubtOverIpv6(source, matched.connection, request.windows);
  if (missing.length === 0 && doubt !== undefined) {
    const reason = `${decision.reason}, perhaps without some of its static IPv6: ${doubt}`;
    return { ...decision, outcome: "pending", pendingParts: ["ipv6"], reason };
  }
  if (missing.length === 0) return decision;
  const why =
    request.windows.version.family === "xp"
      ? "where this Windows keeps static IPv6 is not known"
      : "no NSI record in this image shows how Windows would write it";
  const reason = `${decision.reason}, with all but its static IPv6 (${missing.join(", ")}), which waits for Windows: ${why}`;
  return { ...decision, outcome: "pending", pendingParts: ["ipv6"], reason };
}

/** What may be static IPv6 of the source in this image and does not go along, in words. */
function doubtOverIpv6(
  { isOfImage, own }: Source,
  target: WindowsConnection,
  { ownerlessIpv6 }: Windows,
): string | undefined {
  if (!isOfImage || own === undefined) return undefined;
  if (own.connection.luid === undefined && ownerlessIpv6.length > 0)
    return "its LUID is gone from the image, and there are IPv6 records of which cannot be told whose they are";
  const left = unreadableIpv6(own.connection.settings).filter(({ ipv6Record }) => ipv6Record === "left");
  if (left.length > 0) return left.map(({ name, reason }) => `${name} ${reason}`).join("; ");
  if (recordsAsTheyStand(own.connection.settings).length === 0) return undefined;
  return target.luid === undefined ? "the target has no LUID that its records could be given to" : undefined;
}

function whyPaired({ target, by, mac }: Pair): string {
  const name = targetText(target);
  switch (by) {
    case "map":
      return `${name} as --map says`;
    case "guid":
      return `${name} is its own interface, which is DHCP now`;
    case "mac":
      return `${name} has its ${mac?.kind === "user" ? "user-defined" : (mac?.kind ?? "")} MAC address ${mac?.address ?? ""}${mac === undefined ? "" : whereFound(mac.address, target)}`;
    case "order":
      return `${name} by order: no adapter that could be its target has one of its MAC addresses, and this one is next`;
  }
}

/** The rung of the target's address; the source's own is from the profile, or from the same places of the image. */
function whereFound(mac: MacAddress, target: Target): string {
  if (target.kind === "new-adapter") return " (by the inventory)";
  const { connection } = target.matched;
  const { permanent, source } = connection.mac;
  if (permanent === mac && source !== undefined) return ` (by ${MAC_SOURCE_WORDS[source]})`;
  return connection.mac.current === mac ? " (the one that it answers to)" : " (by the inventory)";
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
    isMoving(decision)
      ? {
          ...decision,
          pendingParts: undefined,
          outcome: "unplaced",
          reason: `nothing is moved, because ${why} (it would go: ${decision.reason})`,
        }
      : decision,
  );
}
