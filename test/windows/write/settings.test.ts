/** Settings back into the registry: the exact values per Windows, `was`, nothing twice, nothing for nothing. */
import { describe, expect, test } from "vitest";
import type { RegistryData } from "../../../src/notation/registry-data.ts";
import type { ConnectionSettings } from "../../../src/windows/model/settings.ts";
import { readWindows } from "../../../src/windows/read-windows.ts";
import { registryBytes } from "../../../src/windows/registry-data.ts";
import { NetworkWriter } from "../../../src/windows/write/network-writer.ts";
import { DHCP, guidOf, staticSettings } from "../../support/models.ts";
import { dhcpValues, leaseValues, type PhonySpec, staticValues } from "../../support/phony-registry.ts";
import { dword, multiSz, sz } from "../../support/fake-key.ts";
import { bench, changesIn, FULL, interfaceOf, mirrorOf, netbtOf, tcpip6Of } from "./bench.ts";

describe("DHCP to static", () => {
  test("Windows 10: what a static interface holds, the residue of DHCP gone, leases as they were", () => {
    const tcpip = { ...dhcpValues("10"), ...leaseValues("192.168.146.128") };
    const { registry, writer, connection } = bench({ family: "10", adapters: [{ number: 1, tcpip }] });
    writer.configure(connection(1), FULL);
    const changes = writer.changes();
    const key = interfaceOf(1, 1, (guid) => guid.toLowerCase());
    expect(changesIn(changes, key)).toEqual({
      EnableDHCP: 0,
      IPAddress: ["10.3.58.5", "10.3.58.6"],
      SubnetMask: ["255.255.255.0", "255.255.254.0"],
      DefaultGateway: ["10.3.58.1", "10.3.58.2"],
      DefaultGatewayMetric: ["0", "20"],
      NameServer: "10.3.58.4,10.3.58.9,8.8.8.8",
      Domain: "example.net",
      InterfaceMetric: 15,
      MTU: 1400,
      TcpAckFrequency: 1,
      DhcpIPAddress: "-",
      DhcpSubnetMask: "-",
      DhcpNameServer: "-",
      DhcpDefaultGateway: "-",
      DhcpSubnetMaskOpt: "-",
      DhcpDomain: "-",
      DhcpInterfaceOptions: "-",
      DhcpServer: "255.255.255.255",
    });
    expect(changesIn(changes, netbtOf(1))).toEqual({ NetbiosOptions: 2, NameServerList: ["10.3.58.7"] });
    expect(changesIn(changes, tcpip6Of(1))).toEqual({ NameServer: "2001:db8::53" });
    expect(changes.filter(({ kind }) => kind === "create-key").map(({ key: path }) => path)).toEqual([tcpip6Of(1)]);
    registry.apply(changes);
    expect(registry.names(key)).toEqual(
      expect.arrayContaining(["Lease", "T1", "DhcpGatewayHardwareCount", "AddressType", "DhcpServer"]),
    );
  });

  test("the least: one address and nothing else leaves no gateway values at all", () => {
    const { registry, writer, connection } = bench({ family: "10", adapters: [{ number: 1 }] });
    writer.configure(connection(1), staticSettings("10.0.0.5"));
    registry.apply(writer.changes());
    expect(registry.names(interfaceOf(1))).toEqual(["Domain", "EnableDHCP", "IPAddress", "NameServer", "SubnetMask"]);
    expect(writer.changes()).toHaveLength(3);
  });

  test("Windows 7: the mirror key gets the four values that it has in a static interface", () => {
    const { writer, connection } = bench({
      family: "7",
      adapters: [{ number: 1, tcpip: { ...dhcpValues("7"), ...leaseValues("192.168.146.9") } }],
    });
    writer.configure(connection(1), staticSettings("10.0.0.5", "10.0.0.1"));
    expect(changesIn(writer.changes(), mirrorOf(1))).toEqual({
      EnableDHCP: 0,
      IPAddress: ["10.0.0.5"],
      SubnetMask: ["255.255.255.0"],
      DefaultGateway: ["10.0.0.1"],
    });
  });

  test("a mirror key that is not there is not made", () => {
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1 }] });
    writer.configure(connection(1), FULL);
    expect(writer.changes().filter(({ key }) => key.includes(`Services\\${guidOf(1)}`))).toEqual([]);
  });

  test("XP: empty lists stay lists, the mirror keeps its placeholders", () => {
    const spec: PhonySpec = {
      family: "xp",
      adapters: [{ number: 1, tcpip: { ...dhcpValues("xp"), ...leaseValues("192.168.1.103") } }],
    };
    const { registry } = bench(spec);
    registry.put(mirrorOf(1), {
      DhcpIPAddress: sz("192.168.1.103"),
      DhcpSubnetMask: sz("255.255.255.0"),
      DhcpDefaultGateway: multiSz("192.168.1.1"),
    });
    const root = registry.root();
    const windows = readWindows(root);
    const writer = new NetworkWriter(root, windows);
    const [connection] = windows.connections;
    if (connection === undefined) throw new Error("no connection");
    writer.configure(connection, staticSettings("10.0.0.5"));
    const changes = writer.changes();
    registry.apply(changes);
    expect(registry.value(interfaceOf(1), "DefaultGateway")).toEqual({ type: "REG_MULTI_SZ", data: [] });
    expect(registry.value(interfaceOf(1), "DefaultGatewayMetric")).toEqual({ type: "REG_MULTI_SZ", data: [] });
    expect(registry.value(interfaceOf(1), "NTEContextList")).toEqual({ type: "REG_MULTI_SZ", data: ["0x00000002"] });
    expect(changesIn(changes, mirrorOf(1))).toEqual({
      EnableDHCP: 0,
      IPAddress: ["10.0.0.5"],
      SubnetMask: ["255.255.255.0"],
      DhcpIPAddress: "0.0.0.0",
      DhcpSubnetMask: "255.0.0.0",
      DhcpDefaultGateway: "-",
    });
  });

  test("an automatic private address goes", () => {
    const values = {
      IPAutoconfigurationAddress: sz("169.254.1.2"),
      IPAutoconfigurationMask: sz("255.255.0.0"),
      IPAutoconfigurationSeed: dword(0),
      AddressType: dword(1),
    };
    const { writer, connection } = bench({
      family: "xp",
      adapters: [{ number: 1, tcpip: { ...dhcpValues("xp"), ...values } }],
    });
    writer.configure(connection(1), staticSettings("10.0.0.5"));
    expect(changesIn(writer.changes(), interfaceOf(1))).toMatchObject({
      IPAutoconfigurationAddress: "-",
      IPAutoconfigurationMask: "-",
      IPAutoconfigurationSeed: "-",
      AddressType: 0,
    });
  });

  test("metric and MTU that the settings do not have are taken away", () => {
    const tcpip = { ...dhcpValues("10"), InterfaceMetric: dword(5), MTU: dword(9000) };
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1, tcpip }] });
    writer.configure(connection(1), staticSettings("10.0.0.5"));
    expect(changesIn(writer.changes(), interfaceOf(1))).toMatchObject({ InterfaceMetric: "-", MTU: "-" });
  });

  test("the data is in Windows' own encodings", () => {
    const { writer, connection } = bench({ family: "xp", adapters: [{ number: 1, tcpip: { EnableDHCP: dword(1) } }] });
    writer.configure(connection(1), staticSettings("10.0.0.5"));
    const bytes = (name: string): string => {
      const change = writer.changes().find((candidate) => "name" in candidate && candidate.name === name);
      if (change?.kind !== "set-value") throw new Error(`${name} is not set`);
      return Buffer.from(registryBytes(change).data).toString("hex");
    };
    expect(bytes("DefaultGateway")).toBe("0000");
    expect(bytes("NameServer")).toBe("0000");
    expect(bytes("EnableDHCP")).toBe("00000000");
    expect(bytes("IPAddress")).toBe(`${Buffer.from("10.0.0.5", "utf16le").toString("hex")}00000000`);
  });
});

describe("DHCP with settings of its own", () => {
  test("keeps DHCP and gets DNS servers, suffix and metric", () => {
    const { writer, connection } = bench({
      family: "10",
      adapters: [{ number: 1, tcpip: { ...dhcpValues("10"), ...leaseValues("192.168.146.9") } }],
    });
    writer.configure(connection(1), {
      ...DHCP,
      ipv4: { ...DHCP.ipv4, dnsServers: ["9.9.9.9"], dnsSuffix: "example.net", interfaceMetric: 3 },
    });
    expect(changesIn(writer.changes(), interfaceOf(1))).toEqual({
      NameServer: "9.9.9.9",
      Domain: "example.net",
      InterfaceMetric: 3,
    });
  });
});

describe("static to DHCP: an orphan is cleared", () => {
  const more = { NameServer: sz("10.0.0.4"), Domain: sz("example.net"), InterfaceMetric: dword(5) };

  test("Windows 10: addresses, gateways and DNS servers go, the rest stays", () => {
    const { writer, connection } = bench({
      family: "10",
      adapters: [
        {
          number: 1,
          tcpip: staticValues("10", "10.0.0.5", "10.0.0.1", more),
          tcpip6: { NameServer: sz("2001:db8::53") },
        },
      ],
    });
    writer.clear(connection(1), staticSettings("10.0.0.5"));
    expect(changesIn(writer.changes(), interfaceOf(1))).toEqual({
      EnableDHCP: 1,
      IPAddress: "-",
      SubnetMask: "-",
      DefaultGateway: "-",
      DefaultGatewayMetric: "-",
      NameServer: "",
    });
    expect(changesIn(writer.changes(), tcpip6Of(1))).toEqual({ NameServer: "" });
  });

  test("XP: placeholders and empty lists, in the mirror too", () => {
    const { writer, connection } = bench({
      family: "xp",
      adapters: [{ number: 1, tcpip: staticValues("xp", "10.0.0.5", "10.0.0.1") }],
    });
    writer.clear(connection(1), staticSettings("10.0.0.5"));
    const cleared = { EnableDHCP: 1, IPAddress: ["0.0.0.0"], SubnetMask: ["0.0.0.0"], DefaultGateway: [] };
    expect(changesIn(writer.changes(), interfaceOf(1))).toEqual({ ...cleared, DefaultGatewayMetric: [] });
    expect(changesIn(writer.changes(), mirrorOf(1))).toEqual(cleared);
  });

  test("Windows 7: the mirror key holds nothing static any more", () => {
    const { registry, writer, connection } = bench({
      family: "7",
      adapters: [{ number: 1, tcpip: staticValues("7", "10.0.0.5", "10.0.0.1") }],
    });
    writer.clear(connection(1), staticSettings("10.0.0.5"));
    registry.apply(writer.changes());
    expect(registry.names(mirrorOf(1))).toEqual(["EnableDHCP"]);
  });
});

describe("NetBT and Tcpip6", () => {
  test("their keys are made where something is to be said and the parent exists, and only there", () => {
    const { registry, writer, connection } = bench({ family: "xp", adapters: [{ number: 1, netbt: undefined }] });
    const remarks = writer.configure(connection(1), FULL);
    registry.apply(writer.changes());
    expect(registry.value(netbtOf(1), "NameServerList")).toEqual({ type: "REG_MULTI_SZ", data: ["10.3.58.7"] });
    expect(registry.has(tcpip6Of(1))).toBe(false);
    expect(remarks).toEqual([{ code: "no-tcpip6", message: expect.stringContaining("IPv6 DNS servers") }]);
  });

  test("nothing to say makes no key", () => {
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1, netbt: undefined }] });
    writer.configure(connection(1), { ...staticSettings("10.0.0.5"), netbios: { option: 0, winsServers: [] } });
    expect(writer.changes().filter(({ kind }) => kind === "create-key")).toEqual([]);
  });

  test("WINS servers that the target had go; an option that is not said stays", () => {
    const netbt = { NameServerList: multiSz("10.9.9.9"), NetbiosOptions: dword(2) };
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1, netbt }] });
    writer.configure(connection(1), staticSettings("10.0.0.5"));
    expect(changesIn(writer.changes(), netbtOf(1))).toEqual({ NameServerList: [] });
  });
});

describe("raw settings", () => {
  const raw = (values: Record<string, RegistryData>): ConnectionSettings => ({
    ...staticSettings("10.0.0.5"),
    raw: Object.entries(values).map(([name, value]) => ({ name, value })),
  });
  const number = (data: number): RegistryData => ({ type: "REG_DWORD", data });
  const list = (...data: string[]): RegistryData => ({ type: "REG_MULTI_SZ", data });

  test("what setup of 7 writes and that of 10 does not is not carried to 10, an administrator's choice is", () => {
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1 }] });
    const remarks = writer.configure(
      connection(1),
      raw({
        UseZeroBroadcast: number(0),
        EnableDeadGWDetect: number(1),
        RegistrationEnabled: number(0),
        RegisterAdapterName: number(0),
      }),
    );
    const written = changesIn(writer.changes(), interfaceOf(1));
    expect(Object.keys(written).toSorted()).toEqual(["EnableDHCP", "IPAddress", "RegistrationEnabled", "SubnetMask"]);
    expect(remarks).toEqual([]);
  });

  test("and it is set back where the target has something else", () => {
    const { writer, connection } = bench({
      family: "10",
      adapters: [{ number: 1, tcpip: { ...dhcpValues("10"), RegistrationEnabled: dword(0) } }],
    });
    writer.configure(connection(1), raw({ RegistrationEnabled: number(1) }));
    expect(changesIn(writer.changes(), interfaceOf(1))).toMatchObject({ RegistrationEnabled: 1 });
  });

  test("TCP/IP filtering goes to XP only; a remark tells when it said something", () => {
    const filtering = raw({ TCPAllowedPorts: list("80", "443"), UDPAllowedPorts: list("0") });
    const ten = bench({ family: "10", adapters: [{ number: 1 }] });
    expect(ten.writer.configure(ten.connection(1), filtering)).toEqual([
      { code: "setting-unknown-to-windows", message: expect.stringContaining("TCPAllowedPorts") },
    ]);
    expect(changesIn(ten.writer.changes(), interfaceOf(1))).not.toHaveProperty("TCPAllowedPorts");
    const xp = bench({ family: "xp", adapters: [{ number: 1 }] });
    expect(xp.writer.configure(xp.connection(1), filtering)).toEqual([]);
    expect(changesIn(xp.writer.changes(), interfaceOf(1))).toMatchObject({ TCPAllowedPorts: ["80", "443"] });
  });

  test("leases and values that have a field are never written from raw", () => {
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1 }] });
    writer.configure(
      connection(1),
      raw({
        DhcpIPAddress: { type: "REG_SZ", data: "1.2.3.4" },
        NTEContextList: list("0x2"),
        IPAddress: list("9.9.9.9"),
        T1: number(1),
      }),
    );
    expect(changesIn(writer.changes(), interfaceOf(1))).toEqual({
      EnableDHCP: 0,
      IPAddress: ["10.0.0.5"],
      SubnetMask: ["255.255.255.0"],
    });
  });

  test("odd types travel as bytes", () => {
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1 }] });
    writer.configure(connection(1), raw({ Vendor: { type: 0xffff_0012, data: { hex: "0102" } } }));
    expect(writer.changes()).toContainEqual(
      expect.objectContaining({ name: "Vendor", type: 0xffff_0012, data: { hex: "0102" }, was: null }),
    );
  });
});

describe("the draft", () => {
  test("a value that is changed twice is one change, with what the hive holds as `was`", () => {
    const { registry, writer, connection } = bench({ family: "10", adapters: [{ number: 1 }] });
    writer.configure(connection(1), staticSettings("10.0.0.5"));
    writer.configure(connection(1), staticSettings("10.0.0.6"));
    const changes = writer.changes();
    expect(changesIn(changes, interfaceOf(1))).toMatchObject({ IPAddress: ["10.0.0.6"] });
    expect(
      new Set(changes.map((change) => ("name" in change ? `${change.key} ${change.name}` : change.key))).size,
    ).toBe(changes.length);
    registry.apply(changes);
  });

  test("back to what there was is no change", () => {
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1 }] });
    writer.configure(connection(1), staticSettings("10.0.0.5", "10.0.0.1"));
    writer.clear(connection(1), staticSettings("10.0.0.5"));
    expect(writer.changes()).toEqual([]);
  });

  test("keys are spelled as the hive spells them", () => {
    const { writer, connection } = bench({ family: "10", adapters: [{ number: 1 }] });
    writer.configure(connection(1), staticSettings("10.0.0.5"));
    expect(writer.changes()[0]?.key).toBe(interfaceOf(1, 1, (guid) => guid.toLowerCase()));
  });

  test("written, read and asked again there is nothing to change; taken back, all is as it was", () => {
    for (const family of ["xp", "7", "10"] as const) {
      const { registry, writer, connection } = bench({
        family,
        adapters: [{ number: 1, tcpip: { ...dhcpValues(family), ...leaseValues("192.168.1.9") } }],
      });
      const before = registry.lines();
      writer.configure(connection(1), FULL);
      registry.apply(writer.changes());
      const root = registry.root();
      const windows = readWindows(root);
      const again = new NetworkWriter(root, windows);
      const [target] = windows.connections;
      if (target === undefined) throw new Error("no connection");
      again.configure(target, FULL);
      expect(again.changes()).toEqual([]);
      expect(target.settings.ipv4).toEqual(FULL.ipv4);
      registry.undo(writer.changes());
      expect(registry.lines()).toEqual(before);
    }
  });
});
