/** The settings of a connection, sloppy and malformed ones too. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import type { Guid } from "../../src/notation/guid.ts";
import { maskOfPrefixLength } from "../../src/notation/ipv4.ts";
import type { ConnectionSettings } from "../../src/windows/model/settings.ts";
import { tcpip6InterfaceKey, tcpipInterfaceKey, netbtInterfaceKey } from "../../src/windows/registry-paths.ts";
import { readConnectionSettings } from "../../src/windows/settings/connection-settings.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";
import { binary, dword, fakeRoot, type FakeValues, multiSz, sz } from "../support/fake-key.ts";

const GUID = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}" as Guid;

function settings(tcpip: FakeValues, netbt: FakeValues = {}, tcpip6: FakeValues = {}): ConnectionSettings {
  return readConnectionSettings(
    fakeRoot({
      [tcpipInterfaceKey(GUID).toLowerCase()]: tcpip,
      [netbtInterfaceKey(GUID)]: netbt,
      [tcpip6InterfaceKey(GUID)]: tcpip6,
    }),
    { guid: GUID, classKey: undefined, luid: undefined },
  );
}

const NOTHING = { mode: "dhcp", addresses: [], gateways: [], dnsServers: [] };

describe("IPv4", () => {
  test("everything there can be", () => {
    const { ipv4, raw, unreadable } = settings({
      EnableDHCP: dword(0),
      IPAddress: multiSz("10.3.58.5", "10.3.58.6", "172.16.0.9"),
      SubnetMask: multiSz("255.255.255.0", "255.255.255.0", "255.255.254.0"),
      DefaultGateway: multiSz("10.3.58.1", "10.3.58.2"),
      DefaultGatewayMetric: multiSz("0", "20"),
      NameServer: sz("10.3.58.4,10.3.58.3"),
      Domain: sz("example.test"),
      InterfaceMetric: dword(5),
      MTU: dword(1400),
    });
    expect(ipv4).toEqual({
      mode: "static",
      addresses: [
        { address: "10.3.58.5", prefixLength: 24 },
        { address: "10.3.58.6", prefixLength: 24 },
        { address: "172.16.0.9", prefixLength: 23 },
      ],
      gateways: [
        { address: "10.3.58.1", metric: 0 },
        { address: "10.3.58.2", metric: 20 },
      ],
      dnsServers: ["10.3.58.4", "10.3.58.3"],
      dnsSuffix: "example.test",
      interfaceMetric: 5,
      mtu: 1400,
    });
    expect([raw, unreadable]).toEqual([[], []]);
  });

  test("without a key: DHCP", () => {
    expect(readConnectionSettings(fakeRoot({}), { guid: GUID, classKey: undefined, luid: undefined })).toEqual({
      ipv4: NOTHING,
      ipv6: NO_IPV6,
      netbios: { winsServers: [] },
      dnsOverHttps: [],
      adapterSettings: [],
      raw: [],
      nsiRecords: [],
      unreadable: [],
    });
  });

  test.each([
    [dword(0), "static"],
    [dword(1), "dhcp"],
    [dword(2), "dhcp"],
  ])("EnableDHCP %j is %s", (value, mode) => {
    expect(settings({ EnableDHCP: value }).ipv4.mode).toBe(mode);
  });

  test("XP's placeholders and empty lists say nothing", () => {
    const { ipv4, unreadable } = settings({
      EnableDHCP: dword(1),
      IPAddress: multiSz("0.0.0.0"),
      SubnetMask: multiSz("0.0.0.0"),
      DefaultGateway: multiSz(),
      DefaultGatewayMetric: multiSz(),
      NameServer: sz(""),
      Domain: sz(""),
    });
    expect([ipv4, unreadable]).toEqual([NOTHING, []]);
  });

  test("a DHCP interface's own addresses are read all the same: whoever looks for a target must know", () => {
    const { ipv4 } = settings({
      EnableDHCP: dword(1),
      IPAddress: multiSz("10.0.0.1"),
      SubnetMask: multiSz("255.0.0.0"),
    });
    expect(ipv4).toEqual({ ...NOTHING, addresses: [{ address: "10.0.0.1", prefixLength: 8 }] });
  });

  test.each(["10.0.0.1,10.0.0.2", "10.0.0.1 10.0.0.2", " 10.0.0.1, 10.0.0.2 ", "10.0.0.1,,10.0.0.2,"])(
    "NameServer %j",
    (text) => {
      const { ipv4, unreadable } = settings({ NameServer: sz(text) });
      expect([ipv4.dnsServers, unreadable]).toEqual([["10.0.0.1", "10.0.0.2"], []]);
    },
  );

  test("lists without their closing NULs", () => {
    const { ipv4, unreadable } = settings({
      IPAddress: { type: 7, data: encodeUtf16("10.0.0.1") },
      SubnetMask: { type: 7, data: encodeUtf16("255.0.0.0\0") },
    });
    expect([ipv4.addresses, unreadable]).toEqual([[{ address: "10.0.0.1", prefixLength: 8 }], []]);
  });

  test("any list of addresses and prefix lengths comes back as it was written", () => {
    const address = fc.ipV4().filter((text) => text !== "0.0.0.0");
    const pairs = fc.array(fc.record({ address, prefixLength: fc.integer({ min: 1, max: 32 }) }), { maxLength: 6 });
    fc.assert(
      fc.property(pairs, (addresses) => {
        const { ipv4 } = settings({
          IPAddress: multiSz(...addresses.map((pair) => pair.address)),
          SubnetMask: multiSz(...addresses.map(({ prefixLength }) => maskOfPrefixLength(prefixLength))),
        });
        expect(ipv4.addresses).toEqual(addresses);
      }),
    );
  });
});

describe("what cannot be read is told", () => {
  test.each<[string, FakeValues, string, RegExp]>([
    ["a wrong type", { IPAddress: sz("10.0.0.1") }, "IPAddress", /is not a list of texts/],
    ["a wrong type", { NameServer: multiSz("10.0.0.1") }, "NameServer", /is not a text/],
    ["a wrong type", { EnableDHCP: sz("0") }, "EnableDHCP", /is not a number/],
    ["a short number", { MTU: { type: 4, data: new Uint8Array(2) } }, "MTU", /is not a number/],
    [
      "no address",
      { IPAddress: multiSz("10.0.0.300"), SubnetMask: multiSz("255.0.0.0") },
      "IPAddress",
      /"10\.0\.0\.300", which is not an IPv4 address/,
    ],
    [
      "no mask",
      { IPAddress: multiSz("10.0.0.1", "10.0.0.2"), SubnetMask: multiSz("255.0.0.0") },
      "IPAddress",
      /10\.0\.0\.2, which has no mask/,
    ],
    [
      "a mask with holes",
      { IPAddress: multiSz("10.0.0.1"), SubnetMask: multiSz("255.0.255.0") },
      "SubnetMask",
      /"255\.0\.255\.0", which is not a mask/,
    ],
    [
      "an empty mask",
      { IPAddress: multiSz("10.0.0.1"), SubnetMask: multiSz("0.0.0.0") },
      "SubnetMask",
      /"0\.0\.0\.0", which is not a mask/,
    ],
    ["a gateway", { DefaultGateway: multiSz("gw") }, "DefaultGateway", /"gw", which is not an IPv4 address/],
    [
      "a metric",
      { DefaultGateway: multiSz("10.0.0.1"), DefaultGatewayMetric: multiSz("auto") },
      "DefaultGatewayMetric",
      /"auto", which is not a metric/,
    ],
    [
      "a server",
      { NameServer: sz("10.0.0.1,2001:db8::1") },
      "NameServer",
      /"2001:db8::1", which is not an IPv4 address/,
    ],
  ])("%s", (_, values, name, reason) => {
    const { unreadable, raw } = settings(values);
    expect(unreadable).toMatchObject([{ name }]);
    expect(unreadable?.[0]?.reason).toMatch(reason);
    expect(unreadable?.[0]?.value).toBeDefined();
    expect(raw).toEqual([]);
  });

  test("and what can be read beside it is", () => {
    const { ipv4 } = settings({
      IPAddress: multiSz("10.0.0.1", "x", "10.0.0.3"),
      SubnetMask: multiSz("255.0.0.0", "255.0.0.0", "255.255.0.0"),
      DefaultGateway: multiSz("10.9.9.9"),
      DefaultGatewayMetric: multiSz("x"),
    });
    expect(ipv4.addresses).toEqual([
      { address: "10.0.0.1", prefixLength: 8 },
      { address: "10.0.0.3", prefixLength: 16 },
    ]);
    expect(ipv4.gateways).toEqual([{ address: "10.9.9.9", metric: 0 }]);
  });

  test("no values make the reading throw", () => {
    const value = fc.record({ type: fc.constantFrom(0, 1, 2, 3, 4, 7, 11), data: fc.uint8Array({ maxLength: 24 }) });
    const names = fc.constantFrom(
      "EnableDHCP",
      "IPAddress",
      "SubnetMask",
      "DefaultGateway",
      "DefaultGatewayMetric",
      "NameServer",
      "Domain",
      "MTU",
      "Other",
    );
    const values = fc.dictionary(names, value);
    fc.assert(fc.property(values, values, values, (tcpip, netbt, tcpip6) => void settings(tcpip, netbt, tcpip6)));
  });
});

test("NetBIOS and WINS", () => {
  const { netbios } = settings({}, { NetbiosOptions: dword(2), NameServerList: multiSz("10.0.0.7", "10.0.0.8") });
  expect(netbios).toEqual({ option: 2, winsServers: ["10.0.0.7", "10.0.0.8"] });
  expect(settings({}, { NameServerList: multiSz("x") }).unreadable).toMatchObject([{ name: "NameServerList" }]);
});

test("IPv6 DNS servers, in their shortest form", () => {
  const { ipv6 } = settings({}, {}, { NameServer: sz("2001:DB8:0:0::1,fe80::1") });
  expect(ipv6.dnsServers).toEqual(["2001:db8::1", "fe80::1"]);
  expect(settings({}, {}, { NameServer: sz("10.0.0.1") }).unreadable).toMatchObject([{ name: "NameServer" }]);
});

test("the rest travels as it stands; leases, handles and automatic addresses never do", () => {
  const lease = {
    dhcpIPAddress: sz("10.0.0.9"),
    DhcpServer: sz("255.255.255.255"),
    DhcpConnForceBroadcastFlag: dword(0),
    Lease: dword(1),
    LeaseObtainedTime: dword(1),
    LeaseTerminatesTime: dword(1),
    T1: dword(1),
    T2: dword(1),
    NTEContextList: multiSz("0x00000002"),
    AddressType: dword(0),
    IsServerNapAware: dword(0),
    IPAutoconfigurationAddress: sz("0.0.0.0"),
    IPAutoconfigurationMask: sz("255.255.0.0"),
    IPAutoconfigurationSeed: dword(0),
  };
  const own = {
    TcpAckFrequency: dword(1),
    RegistrationEnabled: dword(1),
    IPAutoconfigurationEnabled: dword(0),
    Odd: binary(1, 2),
  };
  expect(settings({ ...lease, ...own }).raw).toEqual([
    { name: "IPAutoconfigurationEnabled", value: { type: "REG_DWORD", data: 0 } },
    { name: "Odd", value: { type: "REG_BINARY", data: { hex: "0102" } } },
    { name: "RegistrationEnabled", value: { type: "REG_DWORD", data: 1 } },
    { name: "TcpAckFrequency", value: { type: "REG_DWORD", data: 1 } },
  ]);
});
