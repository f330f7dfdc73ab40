/** What a batch file cannot do: then the source stays pending, and nothing is arranged for it. */
import { registryDataMisfit } from "../../notation/registry-data.ts";
import type { FirstBootDocument, PendingMove } from "../document.ts";
import { macsOf } from "./order.ts";

/** What the registry holds of IPv6, and is copied; what NSI alone has must not be lost in silence. */
const IPV6_SAID: ReadonlySet<string> = new Set(["dnsServers", "dhcp"]);

/** Why no batch file can make the move of `move`, one of the document's; the end of a sentence, undefined when one can. */
export function whyNotByBatch(move: PendingMove, document: Pick<FirstBootDocument, "pending">): string | undefined {
  const macs = macsOf(move);
  if (macs.length === 0) return "a batch file knows an adapter by its MAC address, and the inventory has none for it";
  const shared = macs.find((mac) => document.pending.some((other) => other !== move && macsOf(other).includes(mac)));
  if (shared !== undefined) return `two adapters that are waited for have the MAC address ${shared}`;
  const { raw, dnsOverHttps = {}, ipv4, ipv6 } = move.connection;
  if (ipv4.mode === "static" && ipv4.addresses.length === 0) return "its settings are static and have no address";
  const unsaid = Object.entries(ipv6).find(
    ([name, value]) => !IPV6_SAID.has(name) && Array.isArray(value) && value.length > 0,
  );
  if (unsaid !== undefined) return `a batch file does not carry the ${unsaid[0]} of IPv6`;
  return [raw, ...Object.values(dnsOverHttps)]
    .flatMap((values) => Object.values(values))
    .flatMap((value) => registryDataMisfit(value) ?? [])[0];
}
