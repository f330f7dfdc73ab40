/** What the runs under Wine have in common: connections, adapters, and what stands in the registry of each. */
import { INTERFACES, CONNECTIONS, type Run, type Values } from "./wine-windows.ts";
import { ORPHAN } from "./documents.ts";

export const TARGET = "{11111111-2222-3333-4444-555555555555}";
export const OTHER = "{AAAAAAAA-2222-3333-4444-555555555555}";
export const THIRD = "{BBBBBBBB-2222-3333-4444-555555555555}";
export const FOURTH = "{CCCCCCCC-2222-3333-4444-555555555555}";
export const MAC = "00-50-56-A5-12-69";
export const OTHER_MAC = "00-50-56-A5-12-70";

export const TWICE = "00-50-56-A5-12-71";

export const RUN_MS = 240_000;

export const DHCP: Values = { EnableDHCP: 1, DhcpIPAddress: "10.99.0.7", DhcpNameServer: "10.99.0.1", MTU: 9000 };
export const MOVED = {
  EnableDHCP: "0x0",
  IPAddress: "10.3.58.5",
  SubnetMask: "255.255.255.0",
  DefaultGateway: "10.3.58.1",
};

export const ofTarget = `${INTERFACES}\\${TARGET}`;
export const ofOther = `${INTERFACES}\\${OTHER}`;
export const ofOrphan = `${INTERFACES}\\${ORPHAN}`;
export const connection = (guid: string) => `${CONNECTIONS}\\${guid}\\Connection`;
export const transport = (guid: string) => `\\Device\\Tcpip_${guid}`;
export const at = (address: string): Values => ({ EnableDHCP: 0, IPAddress: [address], SubnetMask: ["255.255.255.0"] });

export function calledPrograms({ calls }: Run): string[] {
  return calls.map((call) => call.split(" ")[0] ?? "");
}
