/** A phony Windows with a writer on it, and where its keys are. */
import type { Change } from "../../../src/windows/model/change.ts";
import type { ConnectionSettings } from "../../../src/windows/model/settings.ts";
import type { Windows, WindowsConnection } from "../../../src/windows/model/windows.ts";
import { readWindows } from "../../../src/windows/read-windows.ts";
import { NetworkWriter } from "../../../src/windows/write/network-writer.ts";
import { NO_IPV6 } from "../../../src/windows/settings/ipv6.ts";
import { guidOf } from "../../support/models.ts";
import { PhonyRegistry, type PhonySpec } from "../../support/phony-registry.ts";

export function interfaceOf(number: number, set = 1, spelled = (guid: string): string => guid): string {
  return `ControlSet00${set}\\Services\\Tcpip\\Parameters\\Interfaces\\${spelled(guidOf(number))}`;
}

export const mirrorOf = (number: number): string => `ControlSet001\\Services\\${guidOf(number)}\\Parameters\\Tcpip`;
export const netbtOf = (number: number): string =>
  `ControlSet001\\Services\\NetBT\\Parameters\\Interfaces\\Tcpip_${guidOf(number)}`;
export const tcpip6Of = (number: number): string =>
  `ControlSet001\\Services\\Tcpip6\\Parameters\\Interfaces\\${guidOf(number)}`;

export interface Bench {
  readonly registry: PhonyRegistry;
  readonly windows: Windows;
  readonly writer: NetworkWriter;
  readonly connection: (number: number) => WindowsConnection;
}

export function bench(spec: PhonySpec): Bench {
  const registry = new PhonyRegistry(spec);
  const root = registry.root();
  const windows = readWindows(root);
  const connection = (number: number): WindowsConnection => {
    const found = windows.connections.find(({ guid }) => guid === guidOf(number));
    if (found === undefined) throw new Error(`no connection ${number}`);
    return found;
  };
  return { registry, windows, writer: new NetworkWriter(root, windows), connection };
}

/** `name: data` of the value changes below one key, "-" for a deletion. */
export function changesIn(changes: readonly Change[], key: string): Record<string, unknown> {
  const found = changes.filter((change) => change.key.toLowerCase() === key.toLowerCase());
  return Object.fromEntries(
    found.flatMap((change): [string, unknown][] => {
      if (change.kind === "set-value") return [[change.name, change.data]];
      return change.kind === "delete-value" ? [[change.name, "-"]] : [];
    }),
  );
}

export const FULL: ConnectionSettings = {
  ipv4: {
    mode: "static",
    addresses: [
      { address: "10.3.58.5", prefixLength: 24 },
      { address: "10.3.58.6", prefixLength: 23 },
    ],
    gateways: [
      { address: "10.3.58.1", metric: 0 },
      { address: "10.3.58.2", metric: 20 },
    ],
    dnsServers: ["10.3.58.4", "10.3.58.9", "8.8.8.8"],
    dnsSuffix: "example.net",
    interfaceMetric: 15,
    mtu: 1400,
  },
  ipv6: { ...NO_IPV6, dnsServers: ["2001:db8::53"] },
  netbios: { option: 2, winsServers: ["10.3.58.7"] },
  raw: [{ name: "TcpAckFrequency", value: { type: "REG_DWORD", data: 1 } }],
};
