/** The commands of netsh.exe that add static IPv6 (Vista and later), as arguments: the one place for their words. */
import type { Ipv6Address, Ipv6Route, Ipv6Settings } from "../windows/model/settings.ts";

export interface Ipv6Command {
  /** What it adds, as a person reads it: `fd00::5/64`, `::/0 by way of fe80::1`. */
  readonly text: string;
  /** An argument each (Microsoft, "netsh interface ipv6"): all that they hold beside words is addresses, numbers and the connection's name. */
  readonly args: readonly string[];
}

const ADD = ["interface", "ipv6", "add"] as const;

/** What is added stays: Windows keeps it in the registry, under Control\Nsi. */
const STORE = "store=persistent";

/** `name`: what Windows calls the connection, or what stands for it. */
export function addressCommand({ address, prefixLength }: Ipv6Address, name: string): Ipv6Command {
  const text = `${address}/${prefixLength}`;
  return { text, args: [...ADD, "address", `interface=${name}`, `address=${text}`, STORE] };
}

/** A metric of 0 is the one that Windows takes unasked. */
export function routeCommand({ prefix, prefixLength, nextHop, metric }: Ipv6Route, name: string): Ipv6Command {
  const whole = `${prefix}/${prefixLength}`;
  const how = metric === 0 ? [] : [`metric=${metric}`];
  const args = [...ADD, "route", `prefix=${whole}`, `interface=${name}`, `nexthop=${nextHop}`, ...how, STORE];
  return { text: `${whole} by way of ${nextHop}`, args };
}

/** Every route of the settings, the default ones first. */
export function routesOf({ gateways, routes }: Pick<Ipv6Settings, "gateways" | "routes">): readonly Ipv6Route[] {
  const defaults = gateways.map(({ address, metric }) => ({ prefix: "::", prefixLength: 0, nextHop: address, metric }));
  return [...defaults, ...routes];
}
