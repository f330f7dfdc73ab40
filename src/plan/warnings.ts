/** What a person should know of a plan that no outcome says. */
import type { Warning } from "../exit/warning.ts";
import type { MatchedConnection } from "../match/model.ts";
import { isSameNetwork } from "../notation/ipv4.ts";
import { TCPIP6_BINDING } from "../windows/settings/adapter-settings.ts";
import { type Decision, isInPlace, isMoving } from "./decision.ts";
import { connectionText, sourceText } from "./ends/end.ts";
import { formerOf } from "./ends/source.ts";
import type { PlanRequest } from "./options.ts";
import { compareLocations, locationOf, type Targets, targetText } from "./ends/target.ts";
import { differingDetails } from "./settle/details.ts";
import { hasSameSettings, isStatic } from "./settle/same-settings.ts";

export function warningsOf(decisions: readonly Decision[], targets: Targets, request: PlanRequest): Warning[] {
  return [
    ...request.match.warnings,
    ...presenceWarning(decisions, request),
    ...decisions.flatMap((decision) => [
      ...gatewayWarnings(decision),
      ...detailWarnings(decision, request),
      ...orderWarnings(decision, targets),
      ...unreadableWarnings(decision),
      ...notInProfileWarnings(decision, request),
      ...adapterSettingWarnings(decision),
      ...untickedWarnings(decision),
    ]),
    ...newNetworkWarning(decisions, request),
    ...dhcpOrphanWarnings(request),
  ];
}

/** What belongs to the source's adapter is not moved; what the target has alike needs nobody's hand. */
function adapterSettingWarnings(decision: Decision): Warning[] {
  const { source, target } = decision;
  const { adapterSettings = [] } = source.settings;
  if (!isMoving(decision) || source.apply === "dhcp" || target?.kind !== "interface") return [];
  const there = target.matched.connection.settings.adapterSettings ?? [];
  const missing = adapterSettings.filter(({ text }) => !there.some((own) => own.text === text));
  if (missing.length === 0) return [];
  const texts = missing.map(({ text }) => text).join("; ");
  const message = `${sourceText(source)} has settings that belong to its adapter and do not move: ${texts}. Set them on ${targetText(target)} after the first start.`;
  return [{ code: "adapter-settings-not-moved", message }];
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

/**
 * From Vista on Windows knows a network by its gateway and chooses a firewall profile for it (Microsoft, "Network Location Awareness"):
 * at a new site the network may be a public one.
 */
function newNetworkWarning(decisions: readonly Decision[], { windows }: PlanRequest): Warning[] {
  const gateways = decisions
    .filter((decision) => isMoving(decision) && decision.source.apply !== "dhcp")
    .flatMap(({ source }) => source.settings.ipv4.gateways.map(({ address }) => address));
  if (gateways.length === 0 || windows.version.family === "xp") return [];
  const message = `Windows knows a network by its gateway. If ${[...new Set(gateways)].join(" or ")} is another device than before, Windows may take the network for a new, public one, and its firewall may close remote desktop: have the console at hand for the first start.`;
  return [{ code: "network-may-be-public", message }];
}

/** Without an inventory everything rests on the last boot, and that may have been on the old machine. */
function presenceWarning(decisions: readonly Decision[], { match }: PlanRequest): Warning[] {
  const rests = decisions.find((decision) => isMoving(decision) || isInPlace(decision));
  if (match.byInventory || rests === undefined || rests.target?.kind !== "interface") return [];
  const { target } = rests;
  const message = `No inventory: which adapters are there is what the hive says of the last boot (${connectionText(target.matched)}: ${target.matched.presence.reason}). If the image goes to another machine now, give --inventory.`;
  return [{ code: "presence-by-last-boot", message }];
}

/** A profile's are told when it is read. */
function gatewayWarnings(decision: Decision): Warning[] {
  const { source } = decision;
  const { addresses, gateways } = source.settings.ipv4;
  if (!source.isOfImage || !isMoving(decision)) return [];
  return gateways
    .filter(
      (gateway) =>
        !addresses.some(({ address, prefixLength }) => isSameNetwork(address, gateway.address, prefixLength)),
    )
    .map(({ address }) => ({
      code: "gateway-outside-subnet",
      message: `${sourceText(source)}: the gateway ${address} is outside the subnet of ${source.end.addresses.join(", ")}`,
    }));
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

/** What the image's interface holds and cannot be read is not moved. */
function unreadableWarnings(decision: Decision): Warning[] {
  const { source } = decision;
  if (!isMoving(decision)) return [];
  return (source.settings.unreadable ?? []).map(({ name, reason, ipv6Record }) =>
    ipv6Record === "as-it-stands"
      ? {
          code: "ipv6-record-not-understood",
          message: `${sourceText(source)}: ${name} ${reason}; it goes along as it stands, its data not understood: look at the address after the first start`,
        }
      : { code: "unreadable-setting", message: `${sourceText(source)}: ${name} ${reason}; it is not moved` },
  );
}

/** What the interface of a profile's connection holds in the image and cannot be read; reading the profile has told what that says itself (`leftOut`). */
function notInProfileWarnings(decision: Decision, { profile }: PlanRequest): Warning[] {
  const { source, target } = decision;
  if (!isMoving(decision) || source.isOfImage || source.apply === "dhcp" || target?.kind !== "interface") return [];
  const told = profile?.connections.find(({ number }) => number === source.number)?.leftOut ?? [];
  return (formerOf(source, target.matched)?.settings.unreadable ?? [])
    .map(({ name, reason }) => `${name} ${reason}`)
    .filter((text) => !told.includes(text))
    .map((text) => ({
      code: "unreadable-not-in-profile",
      message: `${sourceText(source)}: ${text}; the profile does not have it as a setting, and it is not moved`,
    }));
}
