/** Static IPv6, which Windows keeps in a store of its own: netsh.exe writes what no record in the registry showed how to write. */
import { addressCommand, type Ipv6Command, routeCommand, routesOf } from "../../firstboot/netsh-ipv6.ts";
import type { Ipv6Settings } from "../../windows/model/settings.ts";
import { readWindows } from "../../windows/read-windows.ts";
import type { Emit } from "../events.ts";
import { readLiveHive } from "./live-registry.ts";
import type { BootedWindows } from "./machine.ts";
import { carryOut } from "./programs.ts";
import type { WantedAdapter } from "./wanted.ts";

const TIMEOUT_MS = 60_000;

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
  const found = (): readonly Ipv6Command[] =>
    commandsOf(
      readLiveHive(machine, notes, ({ root }) => readWindows(root).connections).find((one) => one.guid === guid)
        ?.settings.ipv6,
      name ?? "",
    );
  const missing = withoutThose(commandsOf(ipv6, name ?? ""), found());
  const complaints = missing.map((command) => [command.text, add(machine, command, name, emit)] as const);
  const wanting = withoutThose(missing, found()).map(({ text }) => {
    const said = complaints.find(([of]) => of === text)?.[1];
    return said === undefined ? text : `${text} (${said})`;
  });
  return { added: missing.map(({ text }) => text), wanting };
}

function add(
  machine: BootedWindows,
  { text, args }: Ipv6Command,
  name: string | undefined,
  emit: Emit,
): string | undefined {
  if (name === undefined) return "its connection has no name, by which netsh.exe would know it";
  emit({ kind: "noted", message: `netsh.exe ${args.join(" ")}` });
  const failed = carryOut(machine, { program: "netsh.exe", args, timeoutMs: TIMEOUT_MS });
  if (failed !== undefined) emit({ kind: "noted", message: `${text}: ${failed}` });
  return failed;
}

function commandsOf(
  ipv6: Pick<Ipv6Settings, "addresses" | "gateways" | "routes"> | undefined,
  name: string,
): readonly Ipv6Command[] {
  if (ipv6 === undefined) return [];
  return [
    ...ipv6.addresses.map((address) => addressCommand(address, name)),
    ...routesOf(ipv6).map((route) => routeCommand(route, name)),
  ];
}

function withoutThose(commands: readonly Ipv6Command[], others: readonly Ipv6Command[]): readonly Ipv6Command[] {
  const known = new Set(others.map(({ text }) => text));
  return commands.filter(({ text }) => !known.has(text));
}
