/** The two ends of a move as a plan shows them, and what sentences call them. */
import type { MatchedConnection } from "../../match/model.ts";
import type { InventoryAdapter } from "../../inventory/model.ts";
import { addressText } from "../../notation/ipv4.ts";
import type { PlanEnd } from "../model.ts";

export function endOfConnection({ connection, adapter }: MatchedConnection): PlanEnd {
  const { number, name, guid, mac, settings } = connection;
  return {
    number,
    name,
    guid,
    mac: mac.permanent ?? mac.current ?? adapter?.inventory.mac.permanent ?? adapter?.inventory.mac.current,
    description: connection.adapter?.description,
    addresses: [...settings.ipv4.addresses, ...settings.ipv6.addresses].map(addressText),
  };
}

export function endOfNewAdapter({ description, mac, hardwareIds }: InventoryAdapter): PlanEnd {
  return { description: description ?? hardwareIds[0], mac: mac.permanent ?? mac.current, addresses: [] };
}

/** `"Ethernet0"`, or what else tells it apart when it has no name. */
export function endText({ name, description, mac, guid, number }: PlanEnd): string {
  if (name !== undefined) return `"${name}"`;
  return description ?? mac ?? guid ?? `number ${number ?? "?"}`;
}

export function connectionText(matched: MatchedConnection): string {
  return endText(endOfConnection(matched));
}

/** `source 2 ("Backup")` */
export function sourceText({ end }: { readonly end: PlanEnd }): string {
  const name = end.name ?? end.description;
  return name === undefined ? `source ${end.number ?? "?"}` : `source ${end.number ?? "?"} ("${name}")`;
}
