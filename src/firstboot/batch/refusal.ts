/** What a batch file cannot do: then the source stays pending, and nothing is arranged for it. */
import { registryDataMisfit } from "../../notation/registry-data.ts";
import type { FirstBootDocument, PendingMove } from "../document.ts";
import { macsOf } from "./order.ts";

type PartOfDocument = Pick<FirstBootDocument, "pending" | "windows">;

/** Why no batch file can make the move of `move`, one of the document's; the end of a sentence, undefined when one can. */
export function whyNotByBatch(move: PendingMove, document: PartOfDocument): string | undefined {
  const { raw, dnsOverHttps = {}, ipv4, ipv6 } = move.connection;
  const byMac = move.target === undefined ? whyNotByMac(move, document) : undefined;
  if (byMac !== undefined) return byMac;
  if (ipv4.mode === "static" && ipv4.addresses.length === 0) return "its settings are static and have no address";
  const lists = (["addresses", "gateways", "routes"] as const).filter((name) => ipv6[name].length > 0);
  if (document.windows.family === "xp" && lists.length > 0)
    return `a batch file does not carry the ${lists[0]} of IPv6`;
  if (move.target !== undefined && lists.length === 0) return "a batch file cannot tell what of its IPv6 is wanting";
  return [raw, ...Object.values(dnsOverHttps)]
    .flatMap((values) => Object.values(values))
    .flatMap((value) => registryDataMisfit(value) ?? [])[0];
}

function whyNotByMac(move: PendingMove, { pending }: PartOfDocument): string | undefined {
  const macs = macsOf(move);
  if (macs.length === 0) return "a batch file knows an adapter by its MAC address, and the inventory has none for it";
  const others = pending.filter((other) => other !== move && other.target === undefined);
  const shared = macs.find((mac) => others.some((other) => macsOf(other).includes(mac)));
  return shared === undefined ? undefined : `two adapters that are waited for have the MAC address ${shared}`;
}
