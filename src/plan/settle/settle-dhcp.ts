/** The connections that are to be DHCP: they need no adapter, but the adapter that is theirs is made, or left, DHCP. */
import type { MatchedConnection } from "../../match/model.ts";
import type { Decision } from "../decision.ts";
import { connectionText, sourceText } from "../ends/end.ts";
import { ownAddresses } from "./same-settings.ts";
import { NEEDS_INVENTORY } from "../model.ts";
import type { Premises } from "./premises.ts";
import { skippedByExclude } from "./skipped.ts";
import { hasMacOf, type Source } from "../ends/source.ts";
import { targetOfConnection } from "../ends/target.ts";

/** `decided` are the other sources: an adapter that one of them goes to, or would if it was free, is that one's. */
export function settleDhcp(source: Source, premises: Premises, decided: readonly Decision[]): Decision {
  const excluded = skippedByExclude(source, premises);
  if (excluded !== undefined) return { source, ...excluded };
  const adapter = adapterOf(source, premises);
  if (adapter === undefined) {
    return { source, outcome: "skipped", reason: "DHCP is all it wants, and a new adapter is DHCP by itself" };
  }
  const user = decided.find(
    (other) => other.source.apply === "move" && (goesTo(other, adapter) || hasMacOf(other.source, adapter)),
  );
  if (user !== undefined && !premises.mappings.has(source)) {
    return {
      source,
      outcome: "skipped",
      reason: `${connectionText(adapter)} is the adapter of ${sourceText(user.source)} too, which is to be moved`,
    };
  }
  const target = targetOfConnection(adapter);
  const { settings } = adapter.connection;
  if (settings.ipv4.mode === "dhcp") {
    const outcome = adapter === source.own ? "kept" : "already";
    return {
      source,
      outcome,
      target,
      reason: `${connectionText(adapter)} is DHCP, as the profile says; ${adapter.presence.reason}`,
    };
  }
  const found = ownAddresses(settings);
  const { ipv4, ipv6 } = source.settings;
  if (!found.every((address) => [...ipv4.addresses, ...ipv6.addresses].some((own) => own.address === address))) {
    const reason = `${connectionText(adapter)} is static with ${found.join(", ")}, which the profile does not have: it is not taken away`;
    return { source, outcome: "unplaced", target, reason };
  }
  const blocked = whyNotTouched(source, premises);
  if (blocked !== undefined) return { source, outcome: "unplaced", target, reason: blocked };
  return {
    source,
    outcome: "moved",
    target,
    reason: `it goes to no other adapter: the profile says dhcp, and its own, ${connectionText(adapter)}, is made DHCP (instead of static with ${found.join(", ") || "no address"})`,
  };
}

function goesTo({ target }: Decision, adapter: MatchedConnection): boolean {
  return target?.kind === "interface" && target.matched === adapter;
}

/** By `--map`, by its interface, by its MAC address; never by order. */
function adapterOf(source: Source, { request, mappings }: Premises): MatchedConnection | undefined {
  const mapped = mappings.get(source);
  if (mapped !== undefined) return mapped.kind === "interface" ? mapped.matched : undefined;
  if (source.own?.presence.verdict === "present") return source.own;
  const [found, ...others] = presentHardware(request.match.connections).filter((matched) => hasMacOf(source, matched));
  return others.length === 0 ? found : undefined;
}

function whyNotTouched(source: Source, { request, excluded }: Premises): string | undefined {
  if (source.own !== undefined && excluded.connections.has(source.own)) return "its interface is left out by --exclude";
  return request.match.byInventory
    ? undefined
    : `nothing static is changed without an inventory of the new machine ${NEEDS_INVENTORY}`;
}

function presentHardware(connections: readonly MatchedConnection[]): readonly MatchedConnection[] {
  return connections.filter(
    ({ connection, presence }) => presence.verdict === "present" && connection.adapter?.physical === true,
  );
}
