/** First-boot documents for Windows that gets a batch file. */
import { type FirstBootDocument, parseFirstBoot } from "../../../src/firstboot/document.ts";
import type { WindowsFamily } from "../../../src/windows/model/windows.ts";
import { sampleFirstBoot } from "../samples.ts";

export const ORPHAN = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}";

/** What a connection has in the document as somebody could write it. */
export type WrittenConnection = Record<string, unknown>;

export interface Written {
  readonly connection: WrittenConnection;
  readonly adapter: object;
  readonly target?: string;
}

export const PLAIN: Written = {
  connection: {
    number: 1,
    name: "LAN",
    ipv4: { addresses: ["10.3.58.5/24"], gateways: ["10.3.58.1"], dnsServers: ["10.3.58.2", "10.3.58.3"] },
    guid: ORPHAN,
  },
  adapter: { mac: { permanent: "00-50-56-A5-12-69" } },
};

/** Nothing of it stands in PLAIN. */
export const SECOND: Written = {
  connection: { number: 4, name: "Backup", ipv4: { addresses: ["10.4.0.5/16"] } },
  adapter: { mac: { permanent: "00-50-56-A5-12-70" } },
};

/** Everything that a connection can have, several times where it can. */
export const FULL: Written = {
  connection: {
    number: 1,
    name: "LAN",
    ipv4: {
      addresses: ["10.3.58.5/24", "10.3.58.6/24", "172.16.0.9/12"],
      gateways: ["10.3.58.1", { address: "10.3.58.254", metric: 20 }],
      dnsServers: ["10.3.58.2", "10.3.58.3"],
      dnsSuffix: "example.org",
      interfaceMetric: 30,
      mtu: 1400,
    },
    ipv6: { dnsServers: ["fd00::53"] },
    netbios: { option: 2, winsServers: ["10.3.58.7", "10.3.58.8"] },
    raw: { TcpAckFrequency: { type: "REG_DWORD", data: 1 }, Odd: { type: "REG_BINARY", data: { hex: "00ff25" } } },
    guid: ORPHAN,
  },
  adapter: { mac: { permanent: "00-50-56-A5-12-69", current: "02-50-56-A5-12-69" } },
};

/** DNS servers of its own, the rest from DHCP. */
export const DHCP: Written = {
  connection: { number: 1, ipv4: { mode: "dhcp", dnsServers: ["10.3.58.2"] } },
  adapter: { mac: { permanent: "00-50-56-A5-12-69" } },
};

const STATIC_IPV6 = {
  addresses: ["2001:db8:30::40/64", "fd00::5/48"],
  gateways: [{ address: "fe80::1", metric: 20 }],
  routes: [{ prefix: "2001:db8:99::/48", nextHop: "::" }],
};

export const WITH_IPV6: Written = {
  connection: { ...PLAIN.connection, ipv6: { ...STATIC_IPV6, dnsServers: ["2001:db8::53"] } },
  adapter: PLAIN.adapter,
};

/** Its adapter has the rest already. */
export const PART: Written = {
  connection: { ...PLAIN.connection, ipv6: STATIC_IPV6 },
  adapter: { hardwareIds: ["PCI\\VEN_8086&DEV_10D3"], location: { bus: 3, device: 0, function: 0 } },
  target: "{11111111-2222-3333-4444-555555555555}",
};

export interface Choices {
  /** null: the image had no name. */
  readonly computerName?: string | null;
  readonly rename?: boolean;
  readonly orphans?: "clear" | "keep";
  readonly allowConflict?: boolean;
  readonly attempts?: number;
}

export function documentOf(
  family: WindowsFamily,
  pending: readonly Written[],
  { attempts = 3, rename = false, orphans = "clear", allowConflict = false, computerName = "SRV1" }: Choices = {},
): FirstBootDocument {
  const document = {
    ...sampleFirstBoot(),
    way: "batch",
    computerName: computerName ?? undefined,
    windows: { family, version: family, architecture: "x86" },
    options: { pairBy: ["mac"], orphans, rename, allowConflict, exclude: [] },
    attempts,
    pending: pending.map((each) => ({
      ...each,
      matchedBy: each.target === undefined ? "mac" : "guid",
      reason: "its adapter is new",
    })),
  };
  return parseFirstBoot(JSON.stringify(document), "first-boot.json");
}
