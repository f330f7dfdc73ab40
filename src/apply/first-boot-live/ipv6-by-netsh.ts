/** Static IPv6, which Windows keeps in a store of its own: netsh.exe writes what no record in the registry showed how to write. */
import type { Ipv6Settings } from "../../windows/model/settings.ts";
import { readWindows } from "../../windows/read-windows.ts";
import type { Emit } from "../events.ts";
import { readLiveHive } from "./live-registry.ts";
import type { BootedWindows } from "./machine.ts";
import { carryOut } from "./programs.ts";
import type { WantedAdapter } from "./wanted.ts";

const TIMEOUT_MS = 60_000;

interface Item {
  /** As a person reads it: "fd00::5/64". */
  readonly text: string;
  /** What netsh is told behind `interface ipv6 add`. */
  readonly args: readonly string[];
}

/**
 * Adds what the interface does not have yet, and reads it back: netsh's store is the registry, under Control\Nsi (Microsoft, "netsh interface
 * ipv6": store=persistent). `name`: as Windows called the connection when this start began, for a new name counts from the next.
 * Returns what was added, and what is wanting still, with the reason.
 */
export function addIpv6(
  machine: BootedWindows,
  { move, guid, name }: WantedAdapter,
  notes: string[],
  emit: Emit,
): { readonly added: readonly string[]; readonly wanting: readonly string[] } {
  const { ipv6 } = move.connection;
  const found = (): readonly Item[] =>
    itemsOf(
      readLiveHive(machine, notes, ({ root }) => readWindows(root).connections).find((one) => one.guid === guid)
        ?.settings.ipv6,
      name ?? "",
    );
  const missing = withoutThose(itemsOf(ipv6, name ?? ""), found());
  const complaints = missing.map((item) => [item.text, add(machine, item, name, emit)] as const);
  const wanting = withoutThose(missing, found()).map(({ text }) => {
    const said = complaints.find(([of]) => of === text)?.[1];
    return said === undefined ? text : `${text} (${said})`;
  });
  return { added: missing.map(({ text }) => text), wanting };
}

function add(machine: BootedWindows, { text, args }: Item, name: string | undefined, emit: Emit): string | undefined {
  if (name === undefined) return "its connection has no name, by which netsh.exe would know it";
  emit({ kind: "noted", message: `netsh.exe interface ipv6 add ${args.join(" ")}` });
  const all = ["interface", "ipv6", "add", ...args];
  const failed = carryOut(machine, { program: "netsh.exe", args: all, timeoutMs: TIMEOUT_MS });
  if (failed !== undefined) emit({ kind: "noted", message: `${text}: ${failed}` });
  return failed;
}

function itemsOf(
  ipv6: Pick<Ipv6Settings, "addresses" | "gateways" | "routes"> | undefined,
  name: string,
): readonly Item[] {
  if (ipv6 === undefined) return [];
  const addresses = ipv6.addresses.map(({ address, prefixLength }): Item => {
    const text = `${address}/${prefixLength}`;
    return { text, args: ["address", `interface=${name}`, `address=${text}`, "store=persistent"] };
  });
  const gateways = ipv6.gateways.map(({ address, metric }) => route("::/0", address, metric, name));
  const routes = ipv6.routes.map(({ prefix, prefixLength, nextHop, metric }) =>
    route(`${prefix}/${prefixLength}`, nextHop, metric, name),
  );
  return [...addresses, ...gateways, ...routes];
}

/** A metric of 0 is the one that Windows takes unasked. */
function route(prefix: string, nextHop: string, metric: number, name: string): Item {
  const how = metric === 0 ? [] : [`metric=${metric}`];
  const args = ["route", `prefix=${prefix}`, `interface=${name}`, `nexthop=${nextHop}`, ...how, "store=persistent"];
  return { text: `${prefix} by way of ${nextHop}`, args };
}

function withoutThose(items: readonly Item[], others: readonly Item[]): readonly Item[] {
  const known = new Set(others.map(({ text }) => text));
  return items.filter(({ text }) => !known.has(text));
}
