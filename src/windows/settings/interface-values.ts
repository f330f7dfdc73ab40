/** Which values of a Tcpip interface key say what: a setting, a lease, or neither. */

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

/** What Windows itself writes while it runs, beside everything that begins with Dhcp: leases, handles, the automatic private address. */
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

const SAID = new Set(Object.values(IPV4_VALUES).map((name) => name.toLowerCase()));
const RUNTIME = new Set(RUNTIME_VALUES.map((name) => name.toLowerCase()));

/** A value that is never captured or moved: it belongs to a lease or a boot, not to the configuration. */
export function isRuntimeValue(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith("dhcp") || RUNTIME.has(lower);
}

/** A value that no field of the settings says, but that is configuration: it is kept and moved as it stands. */
export function isRawSetting(name: string): boolean {
  return name !== "" && !SAID.has(name.toLowerCase()) && !isRuntimeValue(name);
}
