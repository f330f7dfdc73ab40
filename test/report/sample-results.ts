/** Results as the operations return them, made up: a machine with an orphan and a tunnel, and what became of two sources. */
import type { HiveState } from "../../src/apply/hive-results.ts";
import type { ApplyResult, InspectedConnection, InspectResult, PlanResult } from "../../src/apply/results.ts";
import type { Warning } from "../../src/exit/warning.ts";
import type { Guid } from "../../src/notation/guid.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import type { PlannedSource, Step } from "../../src/plan/model.ts";

export const IMAGE = { path: "/mnt/win", kind: "folder", hive: "/mnt/win/Windows/System32/config/SYSTEM" } as const;
export const WARNING: Warning = {
  code: "gateway-outside-subnet",
  message: "The gateway 10.9.9.1 is not in 10.3.58.0/24",
};

const ORPHAN: InspectedConnection = {
  number: 1,
  name: "Local Area Connection",
  guid: "{6AAFC9A9-0542-4DB2-8760-CCFFA953737C}",
  mode: "static",
  presence: "orphan",
  presenceReason: "not started since 2011-06-13; the last boot was 2012-04-04 (DeviceClasses)",
  adapter: {
    description: "Intel(R) PRO/1000 MT Network Connection",
    hardwareIds: ["PCI\\VEN_8086&DEV_100F", "PCI\\VEN_8086&CC_020000"],
    instanceId: "PCI\\VEN_8086&DEV_100F\\4&47B7341&0&0888",
    location: { bus: 2, device: 1, function: 0 },
    physical: true,
    notPhysical: null,
    kind: "ethernet",
    foundation: null,
    memberOf: null,
    startsAtBoot: false,
    disabled: true,
    boundToTcpip: false,
  },
  mac: { permanent: "00-50-56-A5-12-69", current: "02-00-00-00-00-01", source: "NSI", disagreements: [] },
  ipv4: {
    addresses: [
      { address: "192.168.1.123", prefixLength: 24 },
      { address: "192.168.1.124", prefixLength: 24 },
    ],
    gateways: [
      { address: "192.168.1.1", metric: 0 },
      { address: "192.168.1.2", metric: 20 },
    ],
    dnsServers: ["192.168.1.10"],
    dnsSuffix: "example.test",
    interfaceMetric: 5,
    mtu: 1400,
  },
  ipv6: {
    dhcp: true,
    addresses: [{ address: "2001:db8::5", prefixLength: 64 }],
    gateways: [{ address: "fe80::1", metric: 20 }],
    routes: [{ prefix: "2001:db8:1::", prefixLength: 48, nextHop: "fe80::2", metric: 0 }],
    dnsServers: ["2001:db8::1"],
  },
  netbios: { option: 2, winsServers: ["192.168.1.11"] },
  dnsOverHttps: [{ server: "1.1.1.1", values: [] }],
  adapterSettings: [{ kind: "binding", name: "ms_tcpip6", text: "IPv6 is unticked" }],
  raw: [{ name: "TcpAckFrequency", value: { type: "REG_DWORD", data: 1 } }],
  nsiRecords: [],
  unreadable: [
    {
      name: "SubnetMask",
      value: { type: "REG_MULTI_SZ", data: ["255.255.255.0", "255.255.255.0", "255.0.255.0"] },
      reason: 'holds "255.0.255.0", which is not a mask',
      ipv6Record: null,
    },
  ],
};

const NOTHING_SET = { gateways: [], dnsServers: [], dnsSuffix: null, interfaceMetric: null, mtu: null };

/** Of a tunnel adapter, and of an adapter that was uninstalled. */
const OTHERS: readonly InspectedConnection[] = [
  {
    ...ORPHAN,
    number: 2,
    name: "isatap.example.test",
    guid: "{00000000-0000-0000-0000-000000000002}",
    mode: "dhcp",
    presence: "unknown",
    adapter: {
      ...(ORPHAN.adapter as NonNullable<InspectedConnection["adapter"]>),
      physical: false,
      notPhysical: "made-by-software",
      kind: "tunnel",
    },
    ipv4: { addresses: [], ...NOTHING_SET },
    unreadable: [],
  },
  {
    ...ORPHAN,
    number: 3,
    name: null,
    guid: "{00000000-0000-0000-0000-000000000003}",
    adapter: null,
    mac: { permanent: null, current: null, source: null, disagreements: [] },
    ipv4: { addresses: [{ address: "10.0.0.7", prefixLength: 8 }], ...NOTHING_SET },
    unreadable: [],
  },
];

export const INSPECTED: InspectResult = {
  image: IMAGE,
  windows: {
    version: "7",
    build: 7601,
    updateRevision: null,
    release: null,
    edition: "Professional",
    productName: "Windows 7 Professional",
    productType: "WinNT",
    from: "SOFTWARE",
    notBySoftware: null,
    inferred: false,
    inferredReason: null,
    controlSet: 1,
    computerName: "LAB-PC",
  },
  hive: { dirty: false, sequences: { primary: 9, secondary: 9 }, logs: [], replay: null, problems: [] },
  connections: [ORPHAN, ...OTHERS],
  drivers: null,
  firstBoot: null,
  warnings: [],
  exitCode: 0,
};

const SOURCES: readonly PlannedSource[] = [
  {
    source: {
      number: 1,
      name: "Local Area Connection",
      mac: "00-50-56-A5-12-69" as MacAddress,
      addresses: ["10.3.58.5/24"],
    },
    outcome: "moved",
    reason: "the adapters have the same permanent MAC address",
    target: {
      number: 4,
      name: "Ethernet0",
      guid: "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}" as Guid,
      description: "Intel(R) 82574L",
      addresses: [],
    },
    matchedBy: "mac",
  },
  {
    source: { number: 2, name: "Backup", addresses: ["192.168.1.123/24"] },
    outcome: "unplaced",
    reason: "no DHCP adapter of the new machine is left",
  },
];

const KEY = "ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\{698e50a9-4f58-4d86-b61d-f42e58dcacf6}";

const STEPS: readonly Step[] = [
  { kind: "set-value", key: KEY, name: "IPAddress", type: "REG_MULTI_SZ", data: ["10.3.58.5"], was: null },
  { kind: "delete-value", key: KEY, name: "Lease", was: { type: "REG_DWORD", data: 86400 } },
  { kind: "create-key", key: "ControlSet001\\Services\\{698E50A9-4F58-4D86-B61D-F42E58DCACF6}" },
];

export const PLANNED: PlanResult = {
  plan: {
    pintPlan: 1,
    image: { path: IMAGE.path, hiveSha256: "0".repeat(64) },
    sources: SOURCES,
    steps: STEPS,
    warnings: [WARNING],
    exitCode: 25,
  },
  answerFile: null,
  firstBoot: null,
  text: "{}\n",
  savedTo: null,
  exitCode: 25,
};

export const APPLIED: ApplyResult = {
  image: IMAGE,
  sources: SOURCES,
  steps: STEPS,
  drivers: null,
  warnings: [WARNING],
  written: true,
  completed: null,
  receipt: "/mnt/win/Windows/PINT/receipts/2026-01-02T03-04-05Z.json",
  answerFile: null,
  firstBoot: null,
  hiveSha256: { before: "0".repeat(64), after: "1".repeat(64) },
  exitCode: 25,
};

/** A dirty hive's state, whose one log was replayed. */
export const DIRTY: HiveState = {
  dirty: true,
  sequences: { primary: 8, secondary: 7 },
  logs: [
    {
      name: "SYSTEM.LOG1",
      kind: "HvLE",
      sequence: 7,
      entries: 2,
      lastSequence: 8,
      broken: null,
      stranded: null,
      remnants: 0,
      replayed: 2,
      reason: null,
      lost: null,
      state: "HvLE, 2 entries (7 to 8); replayed",
    },
  ],
  replay: {
    entries: 2,
    firstSequence: 7,
    lastSequence: 8,
    pages: 10,
    pagesChanged: 3,
    difference: {
      keysAdded: 1,
      keysRemoved: 0,
      valuesAdded: 2,
      valuesRemoved: 1,
      valuesChanged: 4,
      listed: [
        { kind: "key-added", key: "ControlSet001\\New" },
        { kind: "value-changed", key: "Select", name: "Current" },
        { kind: "value-removed", key: "Select", name: "" },
      ],
    },
    notCompared: null,
  },
};
