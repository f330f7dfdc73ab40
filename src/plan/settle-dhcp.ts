/** The connections that are to be DHCP: they need no adapter, but the adapter that is theirs is made, or left, DHCP. */
import type { MatchedConnection } from "../match/model.ts";
import type { Decision } from "./decision.ts";
import { connectionText, sourceText } from "./ends.ts";
import { ownAddresses } from "./same-settings.ts";
import { isExcluded, type Premises } from "./settle.ts";
import type { Source } from "./source.ts";
import { macsOf, targetOfConnection } from "./target.ts";

/** `decided` are the other sources: an adapter that one of them goes to, or would if it was free, is that one's. */
export function settleDhcp(source: Source, premises: Premises, decided: readonly Decision[]): Decision {
  const excluded = isExcluded(source, premises);
  if (excluded !== undefined) return { source, ...excluded };
  const adapter = adapterOf(source, premises);
  if (adapter === undefined) {
    return { source, outcome: "skipped", reason: "DHCP is all it wants, and a new adapter is DHCP by itself" };
  }
  const user = decided.find(
    (other) => other.source.apply === "move" && (goesTo(other, adapter) || hasMacOf(other.source, adapter)),
  );
  if (user !== undefined && !premises.pins.has(source)) {
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
  if (!found.every((address) => source.settings.ipv4.addresses.some((own) => own.address === address))) {
    const reason = `${connectionText(adapter)} is static with ${found.join(", ")}, which the profile does not have: it is not taken away`;
    return { source, outcome: "unplaced", target, reason };
  }
  const blocked = whyNotTouched(source, premises);
  if (blocked !== undefined) return { source, outcome: "unplaced", target, reason: blocked };
  return { source, outcome: "moved", target, reason: `the profile says dhcp: ${connectionText(adapter)} becomes DHCP` };
}

function goesTo({ target }: Decision, adapter: MatchedConnection): boolean {
  return target?.kind === "interface" && target.matched === adapter;
}

/** By `--map`, by its interface, by its MAC address; never by order. */
function adapterOf(source: Source, { request, pins }: Premises): MatchedConnection | undefined {
  const pin = pins.get(source);
  if (pin !== undefined) return pin.kind === "interface" ? pin.matched : undefined;
  if (source.own?.presence.verdict === "present") return source.own;
  const [found, ...others] = present(request.match.connections).filter((matched) => hasMacOf(source, matched));
  return others.length === 0 ? found : undefined;
}

function whyNotTouched(source: Source, { request, excluded }: Premises): string | undefined {
  if (source.own !== undefined && excluded.connections.has(source.own)) return "its interface is left out by --exclude";
  return request.match.byInventory
    ? undefined
    : "nothing static is changed without an inventory of the new machine (--inventory)";
}

/** Whether the connection's adapter has one of the source's MAC addresses. */
export function hasMacOf({ macs }: Source, matched: MatchedConnection): boolean {
  const wanted = [...macs.permanent, ...macs.current, ...macs.user];
  return macsOf(matched).some((mac) => wanted.includes(mac));
}

function present(connections: readonly MatchedConnection[]): readonly MatchedConnection[] {
  return connections.filter(
    ({ connection, presence }) => presence.verdict === "present" && connection.adapter?.physical === true,
  );
}
