/** Which connections there are, in which order, and how each finds its parts. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWindows } from "../../src/windows/read-windows.ts";
import { failureOf } from "../support/failures.ts";
import { binary, dword, type FakeValues, fakeRoot, multiSz, qword, sz } from "../support/fake-key.ts";

type Keys = Readonly<Record<string, FakeValues>>;

const NET = "{4D36E972-E325-11CE-BFC1-08002BE10318}";
const guid = (digit: string): string => `{${digit.repeat(8)}-0000-0000-0000-000000000000}`;
const inSet = (keys: Keys): Keys =>
  Object.fromEntries(Object.entries(keys).map(([path, values]) => [`ControlSet001\\${path}`, values]));
const windowsOf = (keys: Keys) =>
  readWindows(fakeRoot({ Select: { Current: dword(1) }, ...inSet({ "Control\\Network": {}, ...keys }) }));
const adapter = (digits: string, id: string): Keys => ({
  [`Control\\Class\\${NET.toLowerCase()}\\${digits}`]: { NetCfgInstanceId: sz(guid(id)) },
});
const settings = (id: string): Keys => ({
  [`Services\\Tcpip\\Parameters\\Interfaces\\${guid(id)}`]: { EnableDHCP: dword(0) },
});
const bind = (...ids: readonly string[]): Keys => ({
  "Services\\Tcpip\\Linkage": { Bind: multiSz(...ids.map((id) => `\\Device\\${guid(id)}`), "\\Device\\NdisWanIp") },
});
const order = (keys: Keys): string =>
  windowsOf(keys)
    .connections.map((connection) => connection.guid[1])
    .join("");

describe("the list", () => {
  test("as bound; the others by class key; then interfaces without an adapter", () => {
    const all = {
      ...adapter("0003", "A"),
      ...adapter("0001", "B"),
      ...adapter("0012", "C"),
      ...settings("E"),
      ...settings("D"),
    };
    expect(order({ ...all, ...bind("C", "A") })).toBe("CABDE");
    expect(order({ ...all, ...bind() })).toBe("BACDE");
    expect(order({ ...all, ...bind("D", "C", "C", "F") })).toBe("DCBAE");
    expect(windowsOf(all).connections.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });

  test("more of them than any Windows has are refused: they would be compared with each other for hours", () => {
    const many = (count: number): Keys => {
      const names = Array.from({ length: count }, (_, index) => index.toString(16).padStart(8, "0"));
      const path = (name: string): string =>
        `Services\\Tcpip\\Parameters\\Interfaces\\{${name}-0000-0000-0000-000000000000}`;
      return Object.fromEntries(names.map((name) => [path(name), { EnableDHCP: dword(0) }]));
    };
    expect(windowsOf(many(40)).connections).toHaveLength(40);
    const refused = failureOf(() => windowsOf(many(4097)));
    expect([refused.exit, refused.code]).toEqual(["unsupportedWindows", "too-many-connections"]);
  });

  test("the order does not depend on how keys lie in the hive", () => {
    const parts = [
      adapter("0003", "A"),
      adapter("0001", "B"),
      adapter("0012", "C"),
      settings("E"),
      settings("D"),
      settings("A"),
      bind("C"),
    ];
    const expected = order(Object.assign({}, ...parts));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(order(Object.assign({}, ...shuffled))).toBe(expected);
      }),
    );
  });

  test("no connection: an adapter key without a GUID, Properties, an empty interface key, RAS's interfaces, other names", () => {
    const windows = windowsOf({
      [`Control\\Class\\${NET}\\0000`]: { DriverDesc: sz("stub") },
      [`Control\\Class\\${NET}\\Properties`]: { NetCfgInstanceId: sz(guid("A")) },
      [`Services\\Tcpip\\Parameters\\Interfaces\\${guid("B")}`]: {},
      ...settings("C"),
      "Services\\Tcpip\\Parameters\\Adapters\\NdisWanIp": {
        IpConfig: multiSz(`Tcpip\\Parameters\\Interfaces\\${guid("C").toLowerCase()}`),
      },
      "Services\\Tcpip\\Parameters\\Interfaces\\other": { EnableDHCP: dword(0) },
    });
    expect(windows.connections).toEqual([]);
  });
});

test("two class keys with one GUID: the adapter that was there last has it", () => {
  const arrived = (digits: string, time: bigint): Keys => ({
    ...adapter(digits, "A"),
    [`Enum\\PCI\\VEN\\${digits}`]: { Driver: sz(`${NET}\\${digits}`) },
    [`Enum\\PCI\\VEN\\${digits}\\Properties\\{83da6326-97a6-4088-9453-a1923f573b29}\\0066`]: {
      "": qword(time, 0xffff0010),
    },
  });
  const classKeys = (keys: Keys) =>
    windowsOf({ "Control\\NetworkSetup2": {}, ...keys }).connections.map((connection) => connection.adapter?.classKey);
  expect(classKeys({ ...arrived("0001", 9n), ...arrived("0002", 3n) })).toEqual(["0001"]);
  expect(classKeys({ ...arrived("0001", 3n), ...arrived("0002", 9n) })).toEqual(["0002"]);
  expect(classKeys({ ...arrived("0001", 3n), ...adapter("0002", "A") })).toEqual(["0001"]);
});

describe("the parts of a connection", () => {
  const INSTANCE = "PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00\\000C29FFFF661AA200";
  const keys = {
    [`Control\\Class\\${NET}\\0007`]: {
      NetCfgInstanceId: sz(guid("a")),
      DriverDesc: sz("Gigabit"),
      ComponentId: sz("PCI\\VEN_8086&DEV_10D3"),
      Characteristics: dword(0x84),
      "*IfType": dword(6),
      NetLuidIndex: dword(0x8001),
      NetworkAddress: sz("02AABBCCDDEE"),
    },
    [`Control\\Class\\${NET}\\0007\\Linkage`]: { UpperBind: multiSz("Tcpip") },
    [`Enum\\${INSTANCE}`]: {
      Driver: sz(`${NET.toLowerCase()}\\0007`),
      FriendlyName: sz("@net1ic64.inf,%e10d3%;Gigabit #2"),
      HardwareID: multiSz("PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00"),
      CompatibleIDs: multiSz("PCI\\CC_0200"),
      Capabilities: dword(0x16),
      ConfigFlags: dword(0x21),
      Service: sz("e1i65x64"),
      LocationInformation: sz("@pci.sys,#65536;PCI bus %1, device %2, function %3;(3,0,0)"),
    },
    [`Enum\\${INSTANCE}\\Properties\\{A45C254E-DF1C-4EFD-8020-67D146A850E0}\\0025`]: {
      "": { type: 0xffff2012, data: multiSz("PCIROOT(0)#PCI(1500)", "ACPI(_SB_)").data },
    },
    "Enum\\PCI\\VEN_OTHER\\1": { Driver: sz("{4d36e96f-e325-11ce-bfc1-08002be10318}\\0007") },
    "Enum\\PCI\\VEN_SECOND\\1": { Driver: sz(`${NET}\\0007`) },
    [`Control\\Network\\${NET}\\${guid("a")}\\Connection`]: { Name: sz("Ethernet0") },
    [`Services\\Tcpip\\Parameters\\Interfaces\\${guid("a")}`]: { EnableDHCP: dword(1), Odd: binary(1) },
  };

  test("are found by GUID and by the device's driver key, whatever their spelling", () => {
    const [connection] = windowsOf(keys).connections;
    expect(connection).toMatchObject({
      number: 1,
      guid: guid("A"),
      name: "Ethernet0",
      adapter: {
        classKey: "0007",
        description: "Gigabit #2",
        kind: "ethernet",
        physical: true,
        hardwareIds: ["PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00"],
        compatibleIds: ["PCI\\CC_0200"],
        instanceId: INSTANCE,
        uniqueId: true,
        location: { bus: 3, device: 0, function: 0 },
        locationPaths: ["PCIROOT(0)#PCI(1500)", "ACPI(_SB_)"],
        service: "e1i65x64",
        disabled: true,
        boundToTcpip: true,
      },
      mac: { permanent: "00-0C-29-66-1A-A2", current: "02-AA-BB-CC-DD-EE", source: "serial-number" },
      luid: "0000000180000600",
      hasInterfaceKey: true,
      settings: { ipv4: { mode: "dhcp" }, raw: [{ name: "Odd" }] },
    });
  });

  test("an adapter whose device is gone keeps its driver's description", () => {
    const { [`Enum\\${INSTANCE}`]: _, "Enum\\PCI\\VEN_SECOND\\1": __, ...rest } = keys;
    const [connection] = windowsOf(rest).connections;
    expect(connection?.adapter).toMatchObject({
      description: "Gigabit",
      physical: true,
      hardwareIds: [],
      disabled: false,
    });
    expect(connection?.adapter?.instanceId).toBeUndefined();
  });

  test("an interface without an adapter has its settings and its name", () => {
    const name = { [`Control\\Network\\${NET}\\${guid("B")}\\Connection`]: { Name: sz("Old") } };
    const [connection] = windowsOf({ ...settings("B"), ...name }).connections;
    expect(connection).toMatchObject({
      guid: guid("B"),
      name: "Old",
      hasInterfaceKey: true,
      settings: { ipv4: { mode: "static" } },
    });
    expect(connection?.adapter).toBeUndefined();
  });
});
