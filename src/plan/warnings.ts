/** What a person should know of a plan that no outcome says. */
import type { Warning } from "../exit/warning.ts";
import type { MatchedConnection } from "../match/model.ts";
import { TCPIP6_BINDING } from "../windows/settings/adapter-settings.ts";
import { type Decision, isInPlace, isMoving } from "./decision.ts";
import { connectionText, sourceText } from "./ends/end.ts";
import { formerOf } from "./ends/source.ts";
import type { PlanRequest } from "./options.ts";
import { compareLocations, locationOf, type Targets, targetText } from "./ends/target.ts";
import { differingDetails } from "./settle/details.ts";
import { hasSameSettings, isStatic } from "./settle/same-settings.ts";
import {
  adapterSettingWarnings,
  gatewayWarnings,
  newNetworkWarning,
  notInProfileWarnings,
  unreadableWarning,
} from "./source-warnings.ts";

export function warningsOf(decisions: readonly Decision[], targets: Targets, request: PlanRequest): Warning[] {
  return [
    ...request.match.warnings,
    ...presenceWarning(decisions, request),
    ...decisions.flatMap((decision) => [
      ...(isMoving(decision) ? gatewayWarnings(decision.source) : []),
      ...detailWarnings(decision, request),
      ...orderWarnings(decision, targets),
      ...unreadableWarnings(decision),
      ...settingsLeftBehind(decision, request),
      ...untickedWarnings(decision),
    ]),
    ...newNetworkWarning(
      decisions
        .filter((decision) => isMoving(decision) && decision.source.apply !== "dhcp")
        .map(({ source }) => source),
      request.windows.version.family,
    ),
    ...dhcpOrphanWarnings(request),
  ];
}

/** What the image's interface holds and cannot be read is not moved, unless it goes along as it stands. */
function unreadableWarnings(decision: Decision): Warning[] {
  const { source } = decision;
  if (!isMoving(decision)) return [];
  return (source.settings.unreadable ?? []).map((setting) =>
    setting.ipv6Record === "as-it-stands"
      ? {
          code: "ipv6-record-not-understood",
          message: `${sourceText(source)}: ${setting.name} ${setting.reason}; it goes along as it stands, its data not understood: look at the address after the first start`,
        }
      : unreadableWarning(source, setting),
  );
}

function settingsLeftBehind(decision: Decision, request: PlanRequest): Warning[] {
  const { source, target } = decision;
  if (!isMoving(decision) || source.apply === "dhcp" || target?.kind !== "interface") return [];
  const { matched } = target;
  return [
    ...notInProfileWarnings(source, formerOf(source, matched), request),
    ...adapterSettingWarnings(source, target, matched.connection.settings.adapterSettings ?? []),
  ];
}

/** Static IPv6 on an adapter without IPv6 has no effect until somebody ticks it. */
function untickedWarnings(decision: Decision): Warning[] {
  const { source, target } = decision;
  if (!isMoving(decision) || target?.kind !== "interface" || source.settings.ipv6.addresses.length === 0) return [];
  const there = target.matched.connection.settings.adapterSettings ?? [];
  if (!there.some(({ kind, name }) => kind === "binding" && name === TCPIP6_BINDING)) return [];
  const message = `${sourceText(source)} has static IPv6 addresses, but IPv6 is unticked on ${targetText(target)}: they have no effect until it is ticked there.`;
  return [{ code: "ipv6-unticked-on-target", message }];
}

/** Without an inventory everything rests on the last boot, and that may have been on the old machine. */
function presenceWarning(decisions: readonly Decision[], { match }: PlanRequest): Warning[] {
  const rests = decisions.find((decision) => isMoving(decision) || isInPlace(decision));
  if (match.byInventory || rests === undefined || rests.target?.kind !== "interface") return [];
  const { target } = rests;
  const message = `No inventory: which adapters are there is what the hive says of the last boot (${connectionText(target.matched)}: ${target.matched.presence.reason}). If the image goes to another machine now, give --inventory.`;
  return [{ code: "presence-by-last-boot", message }];
}

/** In place by all that a person sees; values that only the registry shows are left as they are. */
function detailWarnings(decision: Decision, request: PlanRequest): Warning[] {
  const { source, target } = decision;
  if (!isInPlace(decision) || source.apply === "dhcp" || target?.kind !== "interface") return [];
  const names = differingDetails(source, target.matched, request);
  if (names.length === 0) return [];
  return [
    {
      code: "details-differ",
      message: `${connectionText(target.matched)} has the settings of ${sourceText(source)}, but other values for ${names.join(", ")}; they are left as they are.`,
    },
  ];
}

/** Of the image's own orphans only static ones are sources; what a DHCP one has of its own is told. A cleared one has no servers left. */
function dhcpOrphanWarnings({ match, options }: PlanRequest): Warning[] {
  if (options.sources !== "orphans") return [];
  return match.connections.flatMap((matched) => {
    const { adapter, settings } = matched.connection;
    const servers = [...settings.ipv4.dnsServers, ...settings.ipv6.dnsServers];
    if (matched.presence.verdict !== "orphan" || adapter?.physical !== true || adapter.kind !== "ethernet") return [];
    if (isStatic(settings) || servers.length === 0 || isInPlaceElsewhere(matched, match)) return [];
    const message = `${connectionText(matched)}, an orphan, is DHCP with DNS servers of its own (${servers.join(", ")}), which are not moved: of the image's own orphans only static ones are sources. To move them, capture a profile, let it say "move" for that connection, and apply that.`;
    return [{ code: "dhcp-orphan-not-moved", message }];
  });
}

function isInPlaceElsewhere(orphan: MatchedConnection, { connections }: PlanRequest["match"]): boolean {
  return connections.some(
    ({ presence, connection }) =>
      presence.verdict === "present" && hasSameSettings(orphan.connection.settings, connection.settings),
  );
}

/** By order a source might belong to an adapter that Windows does not know yet. */
function orderWarnings(decision: Decision, { newAdapters }: Targets): Warning[] {
  const { source, target, matchedBy } = decision;
  if (!isMoving(decision) || matchedBy !== "order" || target === undefined) return [];
  const [first] = newAdapters.filter((adapter) => compareLocations(locationOf(adapter), locationOf(target)) < 0);
  if (first === undefined) return [];
  return [
    {
      code: "order-passes-unknown-adapter",
      message: `${sourceText(source)} goes to ${targetText(target)} by order, although ${targetText(first)} comes before it; Windows has no interface for that one yet. If it was meant, use --map.`,
    },
  ];
}
