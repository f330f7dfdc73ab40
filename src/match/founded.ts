/** The verdict on a team or a virtual switch: it is there as long as one of the adapters that it stands on is. */
import type { Guid } from "../notation/guid.ts";
import type { Foundation, FoundedKind, WindowsConnection } from "../windows/model/windows.ts";
import { orphan, present, unknown } from "./evidence.ts";
import type { MatchedConnection, Presence } from "./model.ts";
import { nameAndGuid } from "./words.ts";

/** More members than these are counted, not named. */
const NAMED_COUNT = 4;

export const FOUNDED_WORDS: Readonly<Record<FoundedKind, string>> = {
  team: "team",
  "virtual-switch": "virtual switch",
};

interface Member {
  readonly name: string;
  readonly presence: Presence;
}

/** Replaces what a team's or a switch's own device says: it is software, and comes along wherever Windows goes. */
export function judgeFounded(connections: readonly MatchedConnection[]): readonly MatchedConnection[] {
  const byGuid = new Map(connections.map((matched) => [matched.connection.guid, matched]));
  return connections.map((matched) => {
    const { foundation } = matched.connection.adapter ?? {};
    if (foundation === undefined || isRemoved(matched.connection)) return matched;
    return { ...matched, presence: presenceOf(matched, byGuid, new Set()) };
  });
}

function isRemoved({ adapter }: WindowsConnection): boolean {
  return adapter?.instanceId === undefined;
}

/** A switch can stand on a team. `above` are those that are being judged: no hive should have a circle, and one may. */
function presenceOf(
  matched: MatchedConnection,
  byGuid: ReadonlyMap<Guid, MatchedConnection>,
  above: ReadonlySet<Guid>,
): Presence {
  const { guid, adapter } = matched.connection;
  if (adapter?.foundation === undefined || isRemoved(matched.connection)) return matched.presence;
  if (above.has(guid)) return unknown("it stands on itself");
  const below = new Set([...above, guid]);
  const members = adapter.foundation.members.map((member): Member => {
    const found = byGuid.get(member);
    if (found === undefined) return { name: member, presence: orphan("Windows has no such adapter any more") };
    return { name: nameAndGuid(found.connection), presence: presenceOf(found, byGuid, below) };
  });
  return judge(adapter.kind === "team" ? "team" : "virtual-switch", adapter.foundation, members);
}

function judge(kind: FoundedKind, { attributed }: Foundation, members: readonly Member[]): Presence {
  const word = FOUNDED_WORDS[kind];
  const parts = kind === "team" ? "members" : "uplinks";
  if (members.length === 0) return withoutMembers(kind);
  const having = (verdict: Presence["verdict"]): Member[] =>
    members.filter(({ presence }) => presence.verdict === verdict);
  const [there, gone] = [having("present"), having("orphan")];
  const [first] = there;
  if (gone.length === members.length) {
    return orphan(`all ${parts} of its ${word} are gone: ${named(members)} (${members[0]?.presence.reason ?? ""})`);
  }
  if (first !== undefined && (attributed || there.length === members.length)) {
    const others = gone.length === 0 ? "" : `; gone: ${named(gone)}`;
    return present(`its ${word} is here: ${named(there)} (${first.presence.reason})${others}`);
  }
  if (first !== undefined) {
    return unknown(
      `this Windows has several of its kind, and whose ${parts} are here cannot be told: here ${named(there)}; not ${named(members.filter((member) => !there.includes(member)))}`,
    );
  }
  return unknown(
    `whether its ${word} is here cannot be told, because that of ${named(having("unknown"))} cannot: ${having("unknown")[0]?.presence.reason ?? ""}`,
  );
}

function withoutMembers(kind: FoundedKind): Presence {
  return unknown(
    kind === "team"
      ? "which adapters are the members of its team is not found in the registry"
      : "no adapter is found that is an uplink of its virtual switch: it is an internal one, which moves with Windows, or its uplink is gone",
  );
}

function named(members: readonly Member[]): string {
  const rest = members.length - NAMED_COUNT;
  const names = members.slice(0, NAMED_COUNT).map(({ name }) => name);
  return [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
