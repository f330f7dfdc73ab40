/** Warns of MAC addresses that cannot be relied on: places that disagree, and one address on two adapters. */
import type { Warning } from "../exit/warning.ts";
import type { MacAddress } from "../notation/mac.ts";
import type { MacDisagreement, MacSource, WindowsConnection } from "../windows/model/windows.ts";
import type { MatchedConnection } from "./model.ts";
import { isShareOf } from "./twins.ts";
import { nameAndGuid } from "./words.ts";

/** The rungs of the ladder as they go on behind "by". */
export const MAC_SOURCE_WORDS: Readonly<Record<MacSource | "DHCPv6 IAID", string>> = {
  NetworkSetup2: "NetworkSetup2",
  NSI: "the NSI table",
  override: "what was set for it by hand",
  "serial-number": "the serial number in its instance ID",
  "DHCPv6 IAID": "the identifier that DHCPv6 made of it",
};

export function macWarnings(connections: readonly MatchedConnection[]): Warning[] {
  const hardware = connections.filter(({ connection }) => connection.adapter?.physical === true);
  return [...hardware.flatMap(({ connection }) => disagreementWarnings(connection)), ...duplicateWarnings(hardware)];
}

function disagreementWarnings(connection: WindowsConnection): Warning[] {
  const { permanent, source, disagreements = [] } = connection.mac;
  if (permanent === undefined || source === undefined || disagreements.length === 0) return [];
  const others = disagreements.map((other) => `${other.address} by ${MAC_SOURCE_WORDS[other.source]}`).join(" and ");
  const message = `${nameAndGuid(connection)} has MAC address ${permanent} by ${MAC_SOURCE_WORDS[source]}, but ${others}. The first is taken; ${whyElse(disagreements)}`;
  return [{ code: "mac-disagreement", message }];
}

/** Vista and 7 keep the instance ID of a card that is replaced by one of its model in its slot (KB 2487376, KB 2550978). */
function whyElse(disagreements: readonly MacDisagreement[]): string {
  return disagreements.some(({ source }) => source === "serial-number")
    ? "the serial number can be that of a card which was replaced."
    : "the other can be that of an adapter which was replaced.";
}

/** Of a virtual function and the synthetic adapter that stands before it both have one address, as they should. */
function duplicateWarnings(hardware: readonly MatchedConnection[]): Warning[] {
  const byMac = new Map<MacAddress, MatchedConnection[]>();
  for (const matched of hardware) {
    const { permanent } = matched.connection.mac;
    if (permanent === undefined || matched.presence.verdict !== "present" || isShareOf(matched, hardware)) continue;
    byMac.set(permanent, [...(byMac.get(permanent) ?? []), matched]);
  }
  return [...byMac].flatMap(([mac, holders]) => {
    if (holders.length < 2) return [];
    const names = holders.map(({ connection }) => nameAndGuid(connection)).join(" and ");
    const message = `${names} have one permanent MAC address, ${mac}: nothing is paired by it. --map says which adapter is meant.`;
    return [{ code: "duplicate-mac", message }];
  });
}
