/** Models of a Windows and its connections by hand, so that a test says only what it is about. */
import { FILE_TIME_TICKS_PER_MS, fileTimeOf } from "../../src/bytes/file-time.ts";
import type { Inventory, InventoryAdapter } from "../../src/inventory/model.ts";
import type { Guid } from "../../src/notation/guid.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import type { ConnectionSettings } from "../../src/windows/model/settings.ts";
import type { Windows, WindowsAdapter, WindowsConnection, WindowsFamily } from "../../src/windows/model/windows.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";

/** {00000007-0000-4000-8000-000000000007} */
export function guidOf(number: number): Guid {
  const digits = number.toString(16).toUpperCase();
  return `{${digits.padStart(8, "0")}-0000-4000-8000-${digits.padStart(12, "0")}}` as Guid;
}

/** 00-0C-29-00-00-07 */
export function macOf(number: number): MacAddress {
  const digits = number.toString(16).toUpperCase().padStart(6, "0");
  return `00-0C-29-${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4)}` as MacAddress;
}

/** A FILETIME: `fileTime("2024-05-01T10:00Z")`. */
function fileTime(text: string): bigint {
  return fileTimeOf(Date.parse(text));
}

export const LAST_BOOT: bigint = fileTime("2024-05-01T10:00Z");

/** Seconds after the last boot; negative for before it. */
export function afterBoot(seconds: number): bigint {
  return LAST_BOOT + BigInt(seconds) * 1000n * FILE_TIME_TICKS_PER_MS;
}

export const E1000_IDS: readonly string[] = [
  "PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01",
  "PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD",
  "PCI\\VEN_8086&DEV_100F&CC_020000",
];
export const INTEL_82574_IDS: readonly string[] = ["PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00"];
export const VMXNET3_IDS: readonly string[] = ["PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01"];

export const DHCP: ConnectionSettings = {
  ipv4: { mode: "dhcp", addresses: [], gateways: [], dnsServers: [] },
  ipv6: NO_IPV6,
  netbios: { winsServers: [] },
  raw: [],
};

export function staticSettings(address: string, gateway?: string): ConnectionSettings {
  return {
    ...DHCP,
    ipv4: {
      mode: "static",
      addresses: [{ address, prefixLength: 24 }],
      gateways: gateway === undefined ? [] : [{ address: gateway, metric: 0 }],
      dnsServers: [],
    },
  };
}

function adapterWith(overrides: Partial<WindowsAdapter> = {}): WindowsAdapter {
  return {
    classKey: "0001",
    description: "Intel(R) PRO/1000 MT Network Connection",
    kind: "ethernet",
    physical: true,
    hardwareIds: E1000_IDS,
    compatibleIds: [],
    instanceId: "PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01\\4&b70f118&0&0888",
    uniqueId: false,
    location: { bus: 2, device: 1, function: 0 },
    locationPaths: [],
    disabled: false,
    boundToTcpip: true,
    ...overrides,
  };
}

type ConnectionOverrides = Partial<Omit<WindowsConnection, "adapter">> & {
  readonly adapter?: Partial<WindowsAdapter> | null;
};

/** Physical, DHCP, there at the last boot of a Windows 10. `adapter: null` for none. */
export function connectionWith(number: number, { adapter, ...overrides }: ConnectionOverrides = {}): WindowsConnection {
  return {
    number,
    guid: guidOf(number),
    name: `Ethernet ${number}`,
    adapter: adapter === null ? undefined : adapterWith({ classKey: String(number).padStart(4, "0"), ...adapter }),
    mac: {},
    evidence: { lastBoot: { time: LAST_BOOT, from: "the PCI root" }, lastArrival: afterBoot(3) },
    hasInterfaceKey: true,
    settings: DHCP,
    ...overrides,
  };
}

export function windowsWith(connections: readonly WindowsConnection[], family: WindowsFamily = "10"): Windows {
  return {
    version: { family, version: family, from: "SOFTWARE" },
    computerName: "SRV-1",
    controlSets: { current: 1, default: 1, failed: 0, lastKnownGood: 1, existing: [1], written: [1] },
    setup: { setupType: 0, systemSetupInProgress: 0, oobeInProgress: 0, commandLine: "", image: { known: true } },
    isClusterNode: false,
    ownerlessIpv6: [],
    connections,
  };
}

export function inventoryAdapter(overrides: Partial<InventoryAdapter> = {}): InventoryAdapter {
  return { mac: {}, hardwareIds: [], ...overrides };
}

export function inventoryOf(...adapters: readonly InventoryAdapter[]): Inventory {
  return { origin: "machine.json", adapters };
}
