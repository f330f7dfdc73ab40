/** The registry changes of what was decided: targets get their settings, orphans whose addresses have moved are cleared. */
import type { Warning } from "../exit/warning.ts";
import type { MatchedConnection } from "../match/model.ts";
import type { ConnectionSettings } from "../windows/model/settings.ts";
import type { NameWish } from "../windows/write/connection-names.ts";
import { NetworkWriter } from "../windows/write/network-writer.ts";
import { type Decision, isMoving } from "./decision.ts";
import { connectionText } from "./ends/end.ts";
import type { Step } from "./model.ts";
import type { PlanRequest } from "./options.ts";
import { ownAddresses, recordsAsTheyStand } from "./settle/same-settings.ts";
import { formerOf, type Source } from "./ends/source.ts";

export interface Move {
  readonly source: Source;
  readonly target: MatchedConnection;
}

export interface Work {
  /** Sources that go to a target. */
  readonly moves: readonly Move[];
  /** Interfaces that become plain DHCP because the profile says so. */
  readonly madeDhcp: readonly MatchedConnection[];
  /** Orphans that lose the addresses that have moved. */
  readonly cleared: readonly MatchedConnection[];
  /** Orphans that have a moved address and more, or are kept. */
  readonly left: readonly MatchedConnection[];
  /** Names that targets are to have. */
  readonly names: readonly NameWish[];
}

export function workOf(decisions: readonly Decision[], { match, options }: PlanRequest): Work {
  const moved = decisions
    .filter(isMoving)
    .flatMap(({ source, target }) => (target?.kind === "interface" ? [{ source, target: target.matched }] : []));
  const moves = moved.filter(({ source }) => source.apply !== "dhcp");
  const addresses = new Set(moves.flatMap(({ source }) => ownAddresses(source.settings)));
  const targets = new Set(moves.map(({ target }) => target));
  const doubles = match.connections.filter(
    (matched) =>
      !targets.has(matched) &&
      isGivenUp(matched, moves) &&
      (ownAddresses(matched.connection.settings).some((address) => addresses.has(address)) ||
        movedAsTheyStand(matched, moves)),
  );
  const isWhollyMoved = ({ connection }: MatchedConnection): boolean =>
    ownAddresses(connection.settings).every((address) => addresses.has(address));
  const isCleared = (matched: MatchedConnection): boolean => options.orphans === "clear" && isWhollyMoved(matched);
  return {
    moves,
    madeDhcp: moved.filter(({ source }) => source.apply === "dhcp").map(({ target }) => target),
    cleared: doubles.filter(isCleared),
    left: doubles.filter((matched) => !isCleared(matched)),
    names: options.rename ? decisions.flatMap(nameWish) : [],
  };
}

/** Whether IPv6 records that are not understood go from it to another interface. */
function movedAsTheyStand({ connection }: MatchedConnection, moves: readonly Move[]): boolean {
  return moves.some(
    ({ source }) =>
      source.isOfImage && source.own?.connection === connection && recordsAsTheyStand(source.settings).length > 0,
  );
}

/** Of a source that is in place already too, so that a run with --rename after one without gives the name. */
function nameWish(decision: Decision): NameWish[] {
  const { source, outcome, target, pendingParts } = decision;
  const isThere = outcome === "already" || pendingParts !== undefined;
  if ((outcome !== "moved" && !isThere) || target?.kind !== "interface" || source.name === undefined) return [];
  return [{ guid: target.matched.connection.guid, name: source.name }];
}

/** A proven orphan; or what a person has mapped away although it cannot be told whether it is one. */
function isGivenUp(matched: MatchedConnection, moves: readonly Move[]): boolean {
  if (!matched.connection.hasInterfaceKey) return false;
  return (
    matched.presence.verdict === "orphan" ||
    moves.some(({ source }) => source.own === matched && matched.presence.verdict === "unknown")
  );
}

export function stepsOf(
  work: Work,
  { root, windows, match, options }: PlanRequest,
): { readonly steps: readonly Step[]; readonly warnings: readonly Warning[] } {
  const writer = new NetworkWriter(root, windows);
  const warnings = work.moves.flatMap(({ source, target }) =>
    writer.configure(target.connection, source.settings, formerOf(source, target)),
  );
  for (const matched of work.madeDhcp) warnings.push(...writer.clear(matched.connection));
  for (const matched of work.cleared) {
    const carried = work.moves.find(({ source }) => source.own === matched)?.source.settings;
    warnings.push(...writer.clear(matched.connection, carried));
  }
  const gone = [...work.madeDhcp, ...work.cleared].flatMap(({ connection }) => gatewaysOf(connection.settings));
  const remaining = new Set(match.connections.flatMap((matched) => gatewaysOf(settingsAfter(matched, work))));
  for (const gateway of new Set(gone)) if (!remaining.has(gateway)) writer.dropDefaultRoute(gateway);
  const orphans = match.connections.filter(({ presence }) => presence.verdict === "orphan");
  warnings.push(...writer.rename(work.names, new Set(orphans.map(({ connection }) => connection.guid))));
  const steps = writer.changes();
  return { steps, warnings: [...warnings, ...work.left.map((matched) => keepsAddress(matched, options.orphans))] };
}

function settingsAfter(matched: MatchedConnection, { moves, madeDhcp, cleared }: Work): ConnectionSettings | undefined {
  if (madeDhcp.includes(matched) || cleared.includes(matched)) return undefined;
  return moves.find(({ target }) => target === matched)?.source.settings ?? matched.connection.settings;
}

function gatewaysOf(settings: ConnectionSettings | undefined): string[] {
  return settings?.ipv4.gateways.map(({ address }) => address) ?? [];
}

function keepsAddress(matched: MatchedConnection, orphans: "clear" | "keep"): Warning {
  const why = orphans === "keep" ? "--orphans keep was given" : "it has addresses that were not moved too";
  return {
    code: "orphan-keeps-address",
    message: `${connectionText(matched)}, an orphan, keeps an address that was moved, because ${why}. Windows will say that the address is assigned to another adapter.`,
  };
}
