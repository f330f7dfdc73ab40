/** Reads `--map` and `--exclude`: which source goes to which target whatever the rules say, and what takes no part. */
import { Failure } from "../../exit/failure.ts";
import type { Match, MatchedConnection } from "../../match/model.ts";
import { endText } from "./end.ts";
import type { PlanEnd } from "../model.ts";
import { type Named, namedBy } from "./names.ts";
import type { PlanRequest } from "../options.ts";
import { shareAddress } from "../settle/same-settings.ts";
import { allMacs, type Source } from "./source.ts";
import {
  isEthernet,
  isSameTarget,
  macsOfConnection,
  type Target,
  targetOfConnection,
  targetOfNewAdapter,
  targetText,
  whyNoTarget,
} from "./target.ts";

export interface Exclusions {
  readonly sources: ReadonlySet<Source>;
  readonly connections: ReadonlySet<MatchedConnection>;
}

export type Mappings = ReadonlyMap<Source, Target>;

/** Throws Failure("usage") for what names nothing. A bare number is a source's; anything else leaves out whatever it names on either side. */
export function exclusionsOf({ match, options }: PlanRequest, sources: readonly Source[]): Exclusions {
  const namedSources = sources.map((source) => ({ ...named(source), source }));
  const namedConnections = match.connections.map((matched) => ({
    end: targetOfConnection(matched).end,
    macs: macsOfConnection(matched),
    matched,
  }));
  const excluded = { sources: new Set<Source>(), connections: new Set<MatchedConnection>() };
  for (const text of options.exclude) {
    const foundSources = namedBy(text, namedSources);
    const isNumber = /^\s*\d+\s*$/.test(text);
    const foundConnections = isNumber && foundSources.length > 0 ? [] : namedBy(text, namedConnections);
    if (foundSources.length + foundConnections.length === 0)
      throw namesNothing("--exclude", text, "connection", [...namedSources, ...namedConnections]);
    for (const { source } of foundSources) excluded.sources.add(source);
    for (const { matched } of foundConnections) excluded.connections.add(matched);
    // The image's own connections are one and the same on both sides.
    for (const { source } of foundSources)
      if (source.isOfImage && source.own !== undefined) excluded.connections.add(source.own);
  }
  return excluded;
}

/** Throws Failure("usage") for what names nothing, several, or the same twice; Failure("refused") for a target that may not be written to. */
export function mappingsOf(
  { match, options }: PlanRequest,
  sources: readonly Source[],
  excluded: Exclusions,
): Mappings {
  const mappings = new Map<Source, Target>();
  const namedSources = sources.map((source) => ({ ...named(source), source }));
  const targets = [...match.connections.map(targetOfConnection), ...match.newAdapters.map(targetOfNewAdapter)];
  for (const [sourceName, targetName] of options.map) {
    const text = `--map ${sourceName}=${targetName}`;
    const { source } = theOne(text, sourceName, "source", namedSources);
    const target = theOne(text, targetName, "target", withoutDoubles(targetName, targets, match));
    if (mappings.has(source))
      throw new Failure("usage", `${text}: the source ${endText(source.end)} is mapped twice`, {
        code: "source-mapped-twice",
      });
    if ([...mappings.values()].some((other) => isSameTarget(other, target))) {
      throw new Failure("usage", `${text}: two sources are mapped to ${targetText(target)}`, {
        code: "target-mapped-twice",
      });
    }
    needTaking(text, source, target, excluded);
    needEligible(text, source, target, match);
    mappings.set(source, target);
  }
  return mappings;
}

function needTaking(text: string, source: Source, target: Target, excluded: Exclusions): void {
  const isOut =
    excluded.sources.has(source) || (target.kind === "interface" && excluded.connections.has(target.matched));
  if (isOut)
    throw new Failure("usage", `${text} contradicts --exclude`, {
      code: "mapped-and-excluded",
      advice: "give one of the two",
    });
}

/** Where the source's settings already stand, or where they are to be taken away, nothing is overwritten. */
function needEligible(text: string, source: Source, target: Target, match: Match): void {
  if (target.kind === "new-adapter") {
    if (!isEthernet(target.adapter)) throw notEligible(text, target, "it is a Wi-Fi adapter");
    return;
  }
  const why = whyNoTarget(target.matched, match);
  const { settings } = target.matched.connection;
  const isInPlace = target.matched.presence.verdict === "present" && shareAddress(source.settings, settings);
  if (why === undefined || isInPlace) return;
  throw notEligible(text, target, why);
}

function notEligible(text: string, target: Target, why: string): Failure {
  return new Failure("refused", `${text}: ${targetText(target)} cannot be a target, because ${why}`, {
    code: "target-not-eligible",
    advice:
      "pint inspect lists the connections; a target is a physical adapter of the machine with DHCP and no addresses of its own",
  });
}

/** An orphan that has the same name or MAC address as an adapter of the machine is not meant. */
function withoutDoubles(text: string, targets: readonly Target[], match: Match): readonly Target[] {
  const found = namedBy(text, targets);
  const able = found.filter(
    (target) => target.kind === "new-adapter" || whyNoTarget(target.matched, match) === undefined,
  );
  return found.length > 1 && able.length === 1 ? able : targets;
}

function theOne<T extends Named>(text: string, name: string, role: string, candidates: readonly T[]): T {
  const [first, ...others] = namedBy(name, candidates);
  if (first === undefined) throw namesNothing(text, name, role, candidates);
  if (others.length === 0) return first;
  const list = [first, ...others].map(({ end }) => detailText(end)).join("; ");
  throw new Failure("usage", `${text}: "${name}" names ${others.length + 1} ${role}s: ${list}`, {
    code: "ambiguous-name",
    advice: "name it by its GUID",
  });
}

function namesNothing(text: string, name: string, role: string, candidates: readonly Named[]): Failure {
  const list = [...new Set(candidates.map(({ end }) => detailText(end)))].join("; ");
  return new Failure("usage", `${text}: there is no ${role} "${name}"`, {
    code: "unknown-name",
    advice: list === "" ? `there are no ${role}s at all` : `one of: ${list}`,
  });
}

function named(source: Source): Named {
  return { end: source.end, macs: allMacs(source) };
}

function detailText(end: PlanEnd): string {
  const details = [end.number === undefined ? undefined : `number ${end.number}`, end.guid, end.mac].filter(
    (part) => part !== undefined,
  );
  return details.length === 0 ? endText(end) : `${endText(end)} (${details.join(", ")})`;
}
