/** Which values of a Tcpip interface key say what: a setting, a lease, or neither. */
import type { RegistryData } from "../../notation/registry-data.ts";
import type { WindowsFamily } from "../model/windows.ts";

/** The values that the fields of Ipv4Settings say. */
export const IPV4_VALUES = {
  enableDhcp: "EnableDHCP",
  addresses: "IPAddress",
  masks: "SubnetMask",
  gateways: "DefaultGateway",
  gatewayMetrics: "DefaultGatewayMetric",
  dnsServers: "NameServer",
  dnsSuffix: "Domain",
  interfaceMetric: "InterfaceMetric",
  mtu: "MTU",
} as const;

/** What stands for an address where a DHCP interface has none of its own (seen in hives of XP SP3 and 2003). */
export const NO_ADDRESS = "0.0.0.0";

/**
 * What Windows itself writes while it runs, beside everything that begins with Dhcp: leases, handles, the automatic
 * private address. Seen in hives of XP SP3, 2003, 7 SP1, 8.1 and 10; NTEContextList and IPAutoconfiguration* only in those
 * of XP and 2003. (IPAutoconfigurationEnabled is not among them: a person sets it.)
 */
const RUNTIME_VALUES = [
  "Lease",
  "LeaseObtainedTime",
  "LeaseTerminatesTime",
  "T1",
  "T2",
  "NTEContextList",
  "AddressType",
  "IsServerNapAware",
  "IPAutoconfigurationAddress",
  "IPAutoconfigurationMask",
  "IPAutoconfigurationSeed",
];

/** A value that Setup writes, and what it writes. */
export interface SetupValue {
  readonly name: string;
  readonly value: RegistryData;
  /** The families that know the value; undefined when all do. */
  readonly families?: readonly WindowsFamily[];
}

/**
 * What Setup writes into the key of every interface, so that it says nothing: a missing value means the same. Seen in
 * hives of XP SP3, 7 SP1 and 8.1; Setup of 10 writes none of them. TCP/IP filtering, the last three, is in the key in XP's
 * and 2003's hives only.
 */
export const SETUP_VALUES: readonly SetupValue[] = [
  { name: "RegistrationEnabled", value: { type: "REG_DWORD", data: 1 } },
  { name: "RegisterAdapterName", value: { type: "REG_DWORD", data: 0 } },
  { name: "UseZeroBroadcast", value: { type: "REG_DWORD", data: 0 } },
  { name: "EnableDeadGWDetect", value: { type: "REG_DWORD", data: 1 } },
  { name: "TCPAllowedPorts", value: { type: "REG_MULTI_SZ", data: ["0"] }, families: ["xp"] },
  { name: "UDPAllowedPorts", value: { type: "REG_MULTI_SZ", data: ["0"] }, families: ["xp"] },
  { name: "RawIPAllowedProtocols", value: { type: "REG_MULTI_SZ", data: ["0"] }, families: ["xp"] },
];

/** Says that there is an alternate configuration, and names it by the interface's own GUID: for another interface it would be wrong. */
const NAMES_OWN_GUID: ReadonlySet<string> = new Set(["activeconfiguration", "activeconfigurations"]);

const SAID = new Set(Object.values(IPV4_VALUES).map((name) => name.toLowerCase()));
const RUNTIME = new Set(RUNTIME_VALUES.map((name) => name.toLowerCase()));

/** A value that is never captured or moved: it belongs to a lease or a boot, not to the configuration. */
export function isRuntimeValue(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith("dhcp") || RUNTIME.has(lower);
}

/** A value that no field of the settings says, but that is configuration: it is kept and moved as it stands. */
export function isRawSetting(name: string): boolean {
  const lower = name.toLowerCase();
  return lower !== "" && !SAID.has(lower) && !NAMES_OWN_GUID.has(lower) && !isRuntimeValue(name);
}
