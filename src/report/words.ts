/** The small phrases that several views share. */
import type { PlanEnd } from "../plan/model.ts";
import type { Ipv4Gateway, Ipv6Route } from "../windows/model/settings.ts";
import type { Detail } from "./detail.ts";

/** "1 registry change", "14 registry changes"; also "1 key". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "1 Local Area Connection": how a source or a target is called. */
export function endName(end: PlanEnd): string {
  return end.number === undefined ? bareName(end) : `${end.number} ${bareName(end)}`;
}

function bareName({ name, description, mac, guid }: PlanEnd): string {
  return name ?? description ?? mac ?? guid ?? "(no name)";
}

/** What tells a source or target apart from another of the same name: " (10.3.58.5/24; Intel(R) 82574L)". */
export function endDetails(end: PlanEnd, detail: Detail): string {
  const { addresses, description, mac, guid } = end;
  const parts = [addresses.join(", "), description, mac, detail === "verbose" ? guid : undefined];
  const known = parts.filter((part) => part !== undefined && part !== "" && part !== bareName(end));
  return known.length === 0 ? "" : ` (${known.join("; ")})`;
}

/** Metric 0 is Windows' word for automatic, and needs no mention. */
export function gatewayText({ address, metric }: Ipv4Gateway): string {
  return metric === 0 ? address : `${address} (metric ${metric})`;
}

/** "2001:db8:1::/48 by fe80::1 (metric 20)" */
export function routeText({ prefix, prefixLength, nextHop, metric }: Ipv6Route): string {
  const way = nextHop === "::" ? "on the link" : `by ${nextHop}`;
  return `${prefix}/${prefixLength} ${way}${metric === 0 ? "" : ` (metric ${metric})`}`;
}
