/** What a batch file cannot do: then the source stays pending, and nothing is arranged for it. */
import { maskOfPrefixLength } from "../../notation/ipv4.ts";
import { registryDataMisfit } from "../../notation/registry-data.ts";
import type { FirstBootDocument, PendingMove } from "../document.ts";
import { macsOf } from "./order.ts";

type PartOfDocument = Pick<FirstBootDocument, "pending" | "windows">;

/** cmd takes 8191 characters a line (Microsoft, KB 830473), and a line that compares a list has it twice. */
const MAX_LIST_LENGTH = 3500;

/** Why no batch file can make the move of `move`, one of the document's; the end of a sentence, undefined when one can. */
export function whyNotByBatch(move: PendingMove, document: PartOfDocument): string | undefined {
  const { raw, dnsOverHttps = {}, ipv4, ipv6 } = move.connection;
  const byMac = move.target === undefined ? whyNotByMac(move, document) : undefined;
  if (byMac !== undefined) return byMac;
  if (ipv4.mode === "static" && ipv4.addresses.length === 0) return "its settings are static and have no address";
  const long = longList(move.connection);
  if (long !== undefined)
    return `a batch file compares no list of more than ${MAX_LIST_LENGTH} characters, as that of its ${long} is`;
  const lists = (["addresses", "gateways", "routes"] as const).filter((name) => ipv6[name].length > 0);
  if (document.windows.family === "xp" && lists.length > 0)
    return `a batch file does not carry the ${lists[0]} of IPv6`;
  if (move.target !== undefined && lists.length === 0) return "a batch file cannot tell what of its IPv6 is wanting";
  return [raw, ...Object.values(dnsOverHttps)]
    .flatMap((values) => Object.values(values))
    .flatMap((value) => registryDataMisfit(value) ?? [])[0];
}

/** As reg shows them: `\\0` between the texts of a list. */
function longList({ ipv4 }: PendingMove["connection"]): string | undefined {
  const lists: Readonly<Record<string, readonly string[]>> = {
    addresses: ipv4.addresses.map(({ address }) => address),
    masks: ipv4.addresses.map(({ prefixLength }) => maskOfPrefixLength(prefixLength)),
    gateways: ipv4.gateways.map(({ address }) => address),
    "DNS servers": ipv4.dnsServers,
  };
  return Object.keys(lists).find((name) => (lists[name] ?? []).join("\\0").length > MAX_LIST_LENGTH);
}

function whyNotByMac(move: PendingMove, { pending }: PartOfDocument): string | undefined {
  const macs = macsOf(move);
  if (macs.length === 0) return "a batch file knows an adapter by its MAC address, and the inventory has none for it";
  const others = pending.filter((other) => other !== move && other.target === undefined);
  const shared = macs.find((mac) => others.some((other) => macsOf(other).includes(mac)));
  return shared === undefined ? undefined : `two adapters that are waited for have the MAC address ${shared}`;
}
