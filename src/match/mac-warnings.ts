/** Warns of MAC addresses that cannot be relied on: places that disagree, and one address on two adapters. */
import type { Warning } from "../exit/warning.ts";
import type { MacAddress } from "../notation/mac.ts";
import type { MacDisagreement, MacSource, WindowsConnection } from "../windows/model/windows.ts";
import type { MatchedConnection } from "./model.ts";
import { isShareOf } from "./twins.ts";
import { nameAndGuid } from "./words.ts";

/** The rungs of the ladder in words. */
export const MAC_SOURCE_WORDS: Readonly<Record<MacSource | "DHCPv6 IAID", string>> = {
  NetworkSetup2: "NetworkSetup2, as the adapter last told Windows",
  NSI: "the NSI table, as the adapter last told Windows",
  override: "the address that was set for it in place of its own",
  "serial-number": "derived from the serial number in its instance ID",
  "DHCPv6 IAID": "the DHCPv6 identifier, made of the adapter's first three bytes",
};

export function macWarnings(connections: readonly MatchedConnection[]): Warning[] {
  const hardware = connections.filter(({ connection }) => connection.adapter?.physical === true);
  return [...hardware.flatMap(({ connection }) => disagreementWarnings(connection)), ...duplicateWarnings(hardware)];
}

function disagreementWarnings(connection: WindowsConnection): Warning[] {
  const { permanent, source, disagreements = [] } = connection.mac;
  if (permanent === undefined || source === undefined || disagreements.length === 0) return [];
  const message = `${nameAndGuid(connection)}: its MAC address is ${permanent} (${MAC_SOURCE_WORDS[source]}), but ${disagreements.map(otherText).join(", and ")}. ${adviceOn(disagreements)}`;
  return [{ code: "mac-disagreement", message }];
}

function otherText({ source, address }: MacDisagreement): string {
  return `${address} ${source === "DHCPv6 IAID" ? "begins" : "is"} ${source === "serial-number" ? "what is" : "what is in"} ${MAC_SOURCE_WORDS[source]}`;
}

function adviceOn(disagreements: readonly MacDisagreement[]): string {
  return disagreements.some(({ source }) => source === "serial-number")
    ? "The serial number can be that of a card which was replaced; the first is taken."
    : "The adapter may have been replaced; the first is taken.";
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
