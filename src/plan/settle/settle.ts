/** The sources that need no pairing: rules in their order, the first that has something to say decides. */
import type { MatchedConnection } from "../../match/model.ts";
import type { WindowsAdapter } from "../../windows/model/windows.ts";
import type { Decision } from "../decision.ts";
import { connectionText } from "../ends/end.ts";
import { conflictOverAddress, repetitionOfAnother } from "./conflict.ts";
import { differingDetails } from "./details.ts";
import type { Rule, Situation, Verdict } from "./premises.ts";
import { hasSameSettings, isStatic, lackingIpv6, lacksOnlyIpv6, ownAddresses } from "./same-settings.ts";
import { skippedByExclude } from "./skipped.ts";
import { NEEDS_INVENTORY } from "../model.ts";
import { hasUnreadableAddress, type Source } from "../ends/source.ts";
import { type Target, targetOfConnection } from "../ends/target.ts";

const RULES: readonly Rule[] = [
  skippedByExclude,
  skippedByProfile,
  skippedAsEmpty,
  leftUnlessOrphan,
  keptInPlace,
  skippedAsManagement,
  unplacedAsUnreadable,
  alreadyInPlace,
  pendingInPart,
  unplacedAsOwnIsStatic,
  unplacedWithoutInventory,
  unplacedWhileInDoubt,
  conflictOverAddress,
  repetitionOfAnother,
];

/** Undefined for a source that is to be paired. Those with `apply` "dhcp" are not for here. */
export function settle(source: Source, situation: Situation): Decision | undefined {
  for (const rule of RULES) {
    const verdict = rule(source, situation);
    if (verdict !== undefined) return { source, ...verdict };
  }
  return undefined;
}

/** A person who maps a source wants it moved, whatever the profile says. */
function skippedByProfile(source: Source, { mappings }: Situation): Verdict | undefined {
  if (source.apply !== "skip" || mappings.has(source)) return undefined;
  return {
    outcome: "skipped",
    reason: source.note === undefined ? "the profile says skip" : `the profile says skip: ${source.note}`,
  };
}

function skippedAsEmpty({ settings, hasSettings }: Source): Verdict | undefined {
  if (hasSettings) return undefined;
  const reason =
    settings.ipv4.mode === "static"
      ? "static, but without an address: there is nothing to move"
      : "DHCP without settings of its own: there is nothing to move";
  return { outcome: "skipped", reason };
}

/** Of the image's own static interfaces only proven orphans are sources; what is software is none, but for teams and virtual switches. */
function leftUnlessOrphan(source: Source, { mappings, request }: Situation): Verdict | undefined {
  const { isOfImage, own } = source;
  if (!isOfImage || own === undefined || own.presence.verdict === "orphan") return undefined;
  const { connection, presence } = own;
  const { byInventory } = request.match;
  if (presence.verdict === "present" || (byInventory && mappings.has(source))) return undefined;
  if (!couldBeGone(connection.adapter)) {
    return {
      outcome: "skipped",
      reason: `a ${connection.adapter?.kind ?? "software"} adapter, of which nothing proves that it is an orphan: ${presence.reason}`,
    };
  }
  const wayOut = byInventory
    ? "; --map says where it belongs, --exclude leaves it out"
    : ` without an inventory of the new machine ${NEEDS_INVENTORY}`;
  return { outcome: "unplaced", reason: `it cannot be told whether it is an orphan: ${presence.reason}${wayOut}` };
}

/** Hardware, a team, and a switch with uplinks; a switch without any is internal, and software like the rest. */
function couldBeGone(adapter: WindowsAdapter | undefined): boolean {
  if (adapter === undefined) return false;
  return adapter.physical || adapter.kind === "team" || (adapter.foundation?.members.length ?? 0) > 0;
}

/** Windows will know the same device again, and has the settings on it. */
function keptInPlace(source: Source, { mappings }: Situation): Verdict | undefined {
  const { own, settings } = source;
  const mapped = mappings.get(source);
  if (own === undefined || own.presence.verdict !== "present") return undefined;
  if (mapped !== undefined && !isTarget(mapped, own)) return undefined;
  if (!hasSameSettings(settings, own.connection.settings)) return undefined;
  const isFounded = own.connection.adapter?.foundation !== undefined;
  return {
    outcome: "kept",
    reason: isFounded ? own.presence.reason : `it is in place on its own adapter; ${own.presence.reason}`,
    target: targetOfConnection(own),
  };
}

/** Its address is the old server's end of a line to its management controller: no network card is to have it. */
function skippedAsManagement(source: Source, { mappings }: Situation): Verdict | undefined {
  const { own } = source;
  if (own?.connection.adapter?.kind !== "management-controller" || mappings.has(source)) return undefined;
  return {
    outcome: "skipped",
    reason: "it was the server's line to its management controller, which is no network (--map moves it all the same)",
  };
}

/** Half of the addresses would be moved, and the other half cleared. */
function unplacedAsUnreadable({ settings, isOfImage }: Source): Verdict | undefined {
  const list = (settings.unreadable ?? []).map(({ name, reason }) => `${name} ${reason}`).join("; ");
  if (isOfImage && !isStatic(settings))
    return { outcome: "unplaced", reason: `its IPv6 cannot be read, and it has nothing else that is static: ${list}` };
  if (!hasUnreadableAddress(settings)) return undefined;
  return {
    outcome: "unplaced",
    reason: `not all of its addresses can be read: ${list}. Capture a profile, correct it, and apply that`,
  };
}

/**
 * Several sources may be in place on one interface: orphans that once had the same settings. An address tells one from another; without one, plain
 * DHCP beside it, every detail counts: else whatever adapter is DHCP would pass for the one that has them.
 */
function alreadyInPlace(source: Source, { request, mappings }: Situation): Verdict | undefined {
  const mapped = mappings.get(source);
  const alike = request.match.connections.filter(
    ({ presence, connection }) =>
      presence.verdict === "present" && hasSameSettings(source.settings, connection.settings),
  );
  const homes = isStatic(source.settings)
    ? alike
    : alike.filter((matched) => differingDetails(source, matched, request).length === 0);
  const home = mapped === undefined ? homes[0] : homes.find((matched) => isTarget(mapped, matched));
  if (home === undefined) return undefined;
  const reason = `${connectionText(home)} has these settings; ${home.presence.reason}`;
  return { outcome: "already", reason, target: targetOfConnection(home) };
}

/** What a run left that could not write the static IPv6: that waits still, and what is there is not overwritten. */
function pendingInPart(source: Source, { request, mappings }: Situation): Verdict | undefined {
  const mapped = mappings.get(source);
  const homes = request.match.connections.filter(
    ({ presence, connection }) => presence.verdict === "present" && lacksOnlyIpv6(source.settings, connection.settings),
  );
  const home = homes.find((matched) => mapped === undefined || isTarget(mapped, matched));
  if (home === undefined) return undefined;
  const lacking = lackingIpv6(source.settings, home.connection.settings).join(", ");
  return {
    outcome: "pending",
    pendingParts: ["ipv6"],
    reason: `${connectionText(home)} has these settings but for its static IPv6: ${lacking}; ${home.presence.reason}`,
    target: targetOfConnection(home),
  };
}

/** A static configuration that somebody gave the source's own adapter since is not overwritten. */
function unplacedAsOwnIsStatic(source: Source, { mappings }: Situation): Verdict | undefined {
  const { own, settings } = source;
  if (own === undefined || own.presence.verdict !== "present" || !isStatic(own.connection.settings)) return undefined;
  if (mappings.has(source)) return undefined;
  const found = ownAddresses(own.connection.settings).join(", ") || "no address";
  const difference =
    ownAddresses(settings).join() === ownAddresses(own.connection.settings).join()
      ? "with other gateways, servers or options"
      : `with ${found}`;
  return {
    outcome: "unplaced",
    reason: `its own adapter is there and is static ${difference}; a static configuration is never overwritten (${own.presence.reason})`,
  };
}

/** The safety rule: an image that was never booted on the new machine shows only its old adapters as present. */
function unplacedWithoutInventory(source: Source, { request, belonging }: Situation): Verdict | undefined {
  if (request.match.byInventory) return undefined;
  const unplaced = (reason: string): Verdict => ({
    outcome: "unplaced",
    reason: `nothing is moved without an inventory of the new machine ${NEEDS_INVENTORY}, because ${reason}`,
  });
  if (belonging !== undefined && !belonging.isThisMachines) return unplaced(belonging.reason);
  const { own } = source;
  if (own === undefined || own.presence.verdict === "orphan") return undefined;
  if (own.presence.verdict === "present")
    return unplaced(`the hive does not show that its adapter is gone: ${own.presence.reason}`);
  return unplaced(`it cannot be told whether its adapter is gone: ${own.presence.reason}`);
}

function unplacedWhileInDoubt(source: Source, { mappings }: Situation): Verdict | undefined {
  const { own } = source;
  if (own?.presence.verdict !== "unknown" || mappings.has(source)) return undefined;
  return {
    outcome: "unplaced",
    reason: `it cannot be told whether its own adapter is part of the machine: ${own.presence.reason}. --map says where it belongs`,
  };
}

function isTarget(target: Target, matched: MatchedConnection): boolean {
  return target.kind === "interface" && target.matched === matched;
}
