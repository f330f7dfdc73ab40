/** Why a source has no target, with what keeps the nearest candidates from being one. */
import type { Match, MatchedConnection } from "../match/model.ts";
import { macsOfAdapter } from "../match/relation.ts";
import { isShareOf } from "../match/twins.ts";
import { isManagementController } from "../windows/adapters/known-devices.ts";
import { connectionText } from "./ends/end.ts";
import type { PlanRequest } from "./options.ts";
import type { Exclusions } from "./ends/mappings.ts";
import { allMacs, hasMacOf, type Source } from "./ends/source.ts";
import { isEthernet, type Targets, whyNotChosen } from "./ends/target.ts";

/** More candidates than these are counted, not listed. */
const LISTED_COUNT = 5;

/** For a source whose MAC address belongs to an adapter of the machine that cannot be its target: another adapter would be the wrong one. */
export function whyHeld(source: Source, match: Match, excluded: ReadonlySet<MatchedConnection>): string | undefined {
  const wanted = allMacs(source);
  const unclear = match.unclear.find(({ adapter }) => macsOfAdapter(adapter).some((mac) => wanted.includes(mac)));
  if (unclear !== undefined) return `the inventory has its MAC address, but ${unclear.reason}`;
  const controller = match.newAdapters.find(
    (adapter) => isManagementController(adapter) && macsOfAdapter(adapter).some((mac) => wanted.includes(mac)),
  );
  if (controller !== undefined)
    return "the inventory has its MAC address, but on the adapter of a management controller, which is no target";
  const wifi = match.newAdapters.find(
    (adapter) => !isEthernet(adapter) && macsOfAdapter(adapter).some((mac) => wanted.includes(mac)),
  );
  if (wifi !== undefined) return "the inventory has its MAC address, but on a Wi-Fi adapter, which is no target";
  const holder = match.connections.find(
    (matched) =>
      matched.presence.verdict === "present" &&
      matched !== source.own &&
      hasMacOf(source, matched) &&
      !isShareOf(matched, match.connections),
  );
  if (holder === undefined) return undefined;
  const why = excluded.has(holder) ? "it is left out by --exclude" : whyNotChosen(holder, match);
  return why === undefined
    ? undefined
    : `${connectionText(holder)} has its MAC address, but cannot be its target, because ${why}`;
}

export function whyUnplaced({ match, options }: PlanRequest, excluded: Exclusions, targets: Targets): string {
  if (!options.pairBy.includes("order"))
    return "no adapter has its MAC address, and --match mac leaves out the pairing by order";
  const count = targets.interfaces.length + targets.newAdapters.length;
  const start = count === 0 ? "there is no target for it" : `no target is left for it (${count} in all)`;
  const others = match.connections
    .filter(({ connection, presence }) => connection.adapter?.physical === true && presence.verdict !== "orphan")
    .flatMap((matched) => {
      const why = excluded.connections.has(matched) ? "it is left out by --exclude" : whyNotChosen(matched, match);
      return why === undefined ? [] : [`${connectionText(matched)}: ${why}`];
    });
  const unclear = match.unclear.map(({ reason }) => reason);
  const listed = [...others, ...unclear];
  const rest = listed.length > LISTED_COUNT ? [`and ${listed.length - LISTED_COUNT} more`] : [];
  return [start, ...listed.slice(0, LISTED_COUNT), ...rest].join("; ");
}
