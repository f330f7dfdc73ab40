/** An address that would be active on two interfaces: refused, or, when a person forces it, done and told. */
import type { Warning } from "../../exit/warning.ts";
import type { MatchedConnection } from "../../match/model.ts";
import { type Decision, isMoving } from "../decision.ts";
import { connectionText, sourceText } from "../ends/end.ts";
import type { Mappings } from "../ends/mappings.ts";
import type { Source } from "../ends/source.ts";
import { targetText } from "../ends/target.ts";
import type { Premises, Situation, Verdict } from "./premises.ts";
import { hasSameSettings, ownAddresses, shareAddress } from "./same-settings.ts";
import { settleDhcp } from "./settle-dhcp.ts";

/** An interface that is no orphan has it and keeps it; an orphan's address is not active. */
export function conflictOverAddress(source: Source, situation: Situation): Verdict | undefined {
  const { request, mappings, toBeDhcp } = situation;
  if (request.options.allowConflict) return undefined;
  const user = request.match.connections.find(
    (matched) =>
      matched !== ignorable(source, mappings) &&
      matched.presence.verdict !== "orphan" &&
      shareAddress(source.settings, matched.connection.settings) &&
      !toBeDhcp.some((other) => isGivenUpBy(other, matched, situation)),
  );
  if (user === undefined) return undefined;
  const shared = sharedAddresses(source, user.connection.settings);
  return {
    outcome: "conflict",
    reason: `${shared} of ${sourceText(source)} is also on ${connectionText(user)}, which stays: ${user.presence.reason}`,
  };
}

/** Of an interface of which it cannot be told whether it is there, a person who maps the source has said that it is not. */
function ignorable(source: Source, mappings: Mappings): MatchedConnection | undefined {
  return mappings.has(source) && source.own?.presence.verdict === "unknown" ? source.own : undefined;
}

/** A connection that the profile makes DHCP gives its address up in the same run. */
function isGivenUpBy(source: Source, matched: MatchedConnection, premises: Premises): boolean {
  const { outcome, target } = settleDhcp(source, premises, []);
  return outcome === "moved" && target?.kind === "interface" && target.matched === matched;
}

/** Several orphans often have the same address, one for each machine that the image has been on. */
export function repetitionOfAnother(source: Source, { open, request }: Situation): Verdict | undefined {
  const { settings } = source;
  const other = open.find((candidate) => shareAddress(candidate.settings, settings));
  if (other === undefined) return undefined;
  if (hasSameSettings(other.settings, settings))
    return { outcome: "skipped", reason: `the same settings as ${sourceText(other)}` };
  if (request.options.allowConflict) return undefined;
  const shared = sharedAddresses(source, other.settings);
  return {
    outcome: "conflict",
    reason: `${shared} of ${sourceText(source)} is also of ${sourceText(other)}, with other settings: leave one of them out (--exclude)`,
  };
}

/** An address that is, or waits to be, on an interface when everything that was decided is done. */
interface Holding {
  readonly address: string;
  readonly text: string;
  /** Absent: the interface has it as it is. */
  readonly decision?: Decision | undefined;
}

/** Of two that end up with one address, at least one was moved there. */
interface Double {
  readonly mover: Decision;
  readonly address: string;
  readonly text: string;
  readonly other: string;
}

/**
 * The rules look at one source at a time, and what becomes of another may change: this looks at the end. What is found
 * is a conflict still, unless conflicts are allowed.
 */
export function refuseDoubles(decisions: readonly Decision[], premises: Premises): Decision[] {
  if (premises.request.options.allowConflict) return [...decisions];
  const doubles = doublesOf(decisions, premises);
  return decisions.map((decision) => {
    const double = doubles.find(({ mover }) => mover === decision);
    return double === undefined
      ? decision
      : {
          ...decision,
          outcome: "conflict",
          reason: `${double.address} of ${sourceText(decision.source)} would also be on ${double.other}`,
        };
  });
}

/** What was forced, each pair once. */
export function conflictWarnings(decisions: readonly Decision[], premises: Premises): Warning[] {
  return doublesOf(decisions, premises).map(({ address, text, other }) => ({
    code: "forced-conflict",
    message: `Forced: ${address} will be on ${text} and on ${other}: Windows uses an address on one of them only, and which one is not known`,
  }));
}

function doublesOf(decisions: readonly Decision[], premises: Premises): Double[] {
  const holdings = [...movedHoldings(decisions), ...stayingHoldings(decisions, premises)];
  return holdings.flatMap(({ address, text, decision: mover }, index) =>
    mover === undefined
      ? []
      : holdings
          .slice(index + 1)
          .filter((other) => other.address === address)
          .map((other) => ({ mover, address, text, other: other.text })),
  );
}

function movedHoldings(decisions: readonly Decision[]): Holding[] {
  return decisions.flatMap((decision) => {
    const { source, outcome, target } = decision;
    if (source.apply === "dhcp" || target === undefined || (outcome !== "moved" && outcome !== "pending")) return [];
    const text = `${targetText(target)} (from ${sourceText(source)})`;
    const there =
      isMoving(decision) || target.kind === "new-adapter" ? [] : ownAddresses(target.matched.connection.settings);
    return ownAddresses(source.settings)
      .filter((address) => !there.includes(address))
      .map((address) => ({ address, text, decision }));
  });
}

function stayingHoldings(decisions: readonly Decision[], { request, mappings }: Premises): Holding[] {
  const moved = decisions.filter(isMoving);
  const changed = new Set(moved.flatMap(({ target }) => (target?.kind === "interface" ? [target.matched] : [])));
  const givenUp = new Set(moved.map(({ source }) => ignorable(source, mappings)));
  return request.match.connections
    .filter((matched) => matched.presence.verdict !== "orphan" && !changed.has(matched) && !givenUp.has(matched))
    .flatMap((matched) =>
      ownAddresses(matched.connection.settings).map((address) => ({ address, text: connectionText(matched) })),
    );
}

function sharedAddresses(source: Source, settings: Source["settings"]): string {
  const others = ownAddresses(settings);
  return ownAddresses(source.settings)
    .filter((address) => others.includes(address))
    .join(", ");
}
