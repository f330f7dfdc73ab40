/** What capture writes of a Windows, and what it leaves out or marks as not to be moved. */
import { describe, expect, test } from "vitest";
import type { MacAddress } from "../../src/notation/mac.ts";
import { captureProfile, type OrphanVerdict } from "../../src/profile/capture.ts";
import { formatProfile, parseProfile } from "../../src/profile/document.ts";
import type { Profile, ProfileConnection } from "../../src/profile/model.ts";
import type { ConnectionSettings } from "../../src/windows/model/settings.ts";
import type { WindowsConnection } from "../../src/windows/model/windows.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";
import { connectionWith, DHCP, guidOf, macOf, staticSettings, windowsWith } from "../support/models.ts";
import { describeWithRealHives } from "../support/real-hives.ts";
import { readReal } from "../windows/open-real.ts";

const CONTEXT = { now: new Date("2026-02-03T04:05:06Z"), from: "/mnt/win" };

function present(): OrphanVerdict {
  return { orphan: false, reason: "" };
}

/** What is captured, after the check that it is a valid document that says the same. */
function capture(
  connections: readonly WindowsConnection[],
  orphanOf: (guid: string) => OrphanVerdict = present,
): Profile {
  const profile = captureProfile(windowsWith(connections), orphanOf, CONTEXT);
  const text = formatProfile(profile);
  expect(formatProfile(parseProfile(text, "profile.json").profile)).toBe(text);
  return profile;
}

function only(connection: WindowsConnection): ProfileConnection {
  const [first, ...others] = capture([connection]).connections;
  expect(others).toEqual([]);
  if (first === undefined) throw new Error("nothing was captured");
  return first;
}

function withIpv4(ipv4: Partial<ConnectionSettings["ipv4"]>): ConnectionSettings {
  return { ...DHCP, ipv4: { ...DHCP.ipv4, ...ipv4 } };
}

describe("which connections are captured", () => {
  test("those of physical adapters that Tcpip is bound to, numbered in the binding order", () => {
    const connections = [
      connectionWith(7),
      connectionWith(5, { adapter: { physical: false } }),
      connectionWith(6, { adapter: { boundToTcpip: false } }),
      connectionWith(4, { adapter: null }),
      connectionWith(3, { settings: staticSettings("10.0.0.5") }),
    ];
    expect(capture(connections).connections.map(({ number, name }) => [number, name])).toEqual([
      [1, "Ethernet 7"],
      [2, "Ethernet 3"],
    ]);
  });

  test("orphans come last, are skipped, and say why", () => {
    const connections = [1, 2, 3].map((number) =>
      connectionWith(number, { settings: staticSettings(`10.0.0.${number}`) }),
    );
    const orphanOf = (guid: string): OrphanVerdict =>
      guid === guidOf(1) ? { orphan: true, reason: "not there at the last boot" } : present();
    expect(capture(connections, orphanOf).connections.map(({ name, apply, note }) => [name, apply, note])).toEqual([
      ["Ethernet 2", "move", undefined],
      ["Ethernet 3", "move", undefined],
      ["Ethernet 1", "skip", "an orphan when it was captured: not there at the last boot"],
    ]);
  });

  test("none is a valid profile too", () => {
    expect(capture([]).connections).toEqual([]);
  });
});

test("the machine it was captured from", () => {
  expect(
    captureProfile(
      {
        ...windowsWith([]),
        version: { family: "7", version: "7", build: 7601, productType: "ServerNT", from: "SYSTEM" },
      },
      present,
      CONTEXT,
    ),
  ).toEqual({
    pintProfile: 1,
    captured: {
      computerName: "SRV-1",
      windows: "7 (build 7601, ServerNT)",
      at: "2026-02-03T04:05:06.000Z",
      from: "/mnt/win",
    },
    connections: [],
  });
});

test("everything that may travel: settings, raw values, what the adapter is known by", () => {
  const settings: ConnectionSettings = {
    ipv4: {
      mode: "static",
      addresses: [
        { address: "10.0.0.5", prefixLength: 24 },
        { address: "10.0.1.5", prefixLength: 16 },
      ],
      gateways: [{ address: "10.0.0.1", metric: 10 }],
      dnsServers: ["10.0.0.2", "10.0.0.3", "10.0.0.4"],
      dnsSuffix: "example.net",
      interfaceMetric: 25,
      mtu: 1400,
    },
    ipv6: { ...NO_IPV6, dnsServers: ["2001:db8::1"] },
    netbios: { option: 2, winsServers: ["10.0.0.6"] },
    raw: [
      { name: "TcpAckFrequency", value: { type: "REG_DWORD", data: 1 } },
      { name: "Odd", value: { type: 0xffff0012, data: { hex: "4100" } } },
    ],
  };
  const captured = only(
    connectionWith(1, { settings, mac: { permanent: macOf(1), current: macOf(2), source: "NSI" } }),
  );
  const { raw: _raw, ...said } = settings;
  expect(captured).toMatchObject(said);
  expect(captured).toMatchObject({
    number: 1,
    name: "Ethernet 1",
    apply: "move",
    guid: guidOf(1),
    mac: { user: [], permanent: macOf(1), current: macOf(2) },
    adapter: { instanceId: expect.stringContaining("PCI\\"), location: { bus: 2, device: 1, function: 0 } },
    raw: { TcpAckFrequency: { type: "REG_DWORD", data: 1 }, Odd: { type: 0xffff0012, data: { hex: "4100" } } },
  });
});

describe("DHCP connections", () => {
  test("a plain one is stored, so that its adapter is known, and needs nothing", () => {
    const setupValues = [
      { name: "UseZeroBroadcast", value: { type: "REG_DWORD", data: 0 } },
      { name: "EnableDeadGWDetect", value: { type: "REG_DWORD", data: 1 } },
      { name: "TCPAllowedPorts", value: { type: "REG_MULTI_SZ", data: ["0"] } },
    ] as const;
    const settings: ConnectionSettings = { ...DHCP, netbios: { option: 0, winsServers: [] }, raw: setupValues };
    expect(only(connectionWith(1, { settings, mac: { permanent: macOf(1) } }))).toMatchObject({
      apply: "dhcp",
      mac: { permanent: macOf(1) },
      raw: { UseZeroBroadcast: { type: "REG_DWORD", data: 0 } },
    });
  });

  test.each([
    ["DNS servers", withIpv4({ dnsServers: ["10.0.0.2"] })],
    ["a gateway", withIpv4({ gateways: [{ address: "10.0.0.1", metric: 0 }] })],
    ["a suffix", withIpv4({ dnsSuffix: "example.net" })],
    ["an MTU", withIpv4({ mtu: 1400 })],
    ["a metric", withIpv4({ interfaceMetric: 5 })],
    ["IPv6 DNS servers", { ...DHCP, ipv6: { ...NO_IPV6, dnsServers: ["2001:db8::1"] } }],
    ["NetBIOS off", { ...DHCP, netbios: { option: 2, winsServers: [] } }],
    [
      "a value that a person set",
      { ...DHCP, raw: [{ name: "TcpAckFrequency", value: { type: "REG_DWORD", data: 1 } }] } as ConnectionSettings,
    ],
    [
      "a setup value that a person changed",
      { ...DHCP, raw: [{ name: "RegistrationEnabled", value: { type: "REG_DWORD", data: 0 } }] } as ConnectionSettings,
    ],
  ])("one with %s of its own is moved", (_what, settings) => {
    expect(only(connectionWith(1, { settings })).apply).toBe("move");
  });

  test("addresses that Windows does not use while DHCP is on are told, and no setting", () => {
    const captured = only(
      connectionWith(1, { settings: withIpv4({ addresses: [{ address: "10.0.0.5", prefixLength: 24 }] }) }),
    );
    expect(captured).toMatchObject({
      apply: "dhcp",
      note: "not used while DHCP is on: 10.0.0.5/24",
      ipv4: { mode: "dhcp", addresses: [] },
    });
  });
});

describe("what cannot be moved is captured as skip, and says why", () => {
  test.each([
    ["static without an address", withIpv4({ mode: "static" }), "must have an address"],
    [
      "a network address",
      withIpv4({ mode: "static", addresses: [{ address: "10.0.0.0", prefixLength: 24 }] }),
      "address of the network",
    ],
    [
      "one address twice",
      withIpv4({ mode: "static", addresses: [1, 1].map(() => ({ address: "10.0.0.5", prefixLength: 24 })) }),
      "duplicate",
    ],
    [
      "a gateway that is none",
      withIpv4({
        mode: "static",
        addresses: [{ address: "10.0.0.5", prefixLength: 24 }],
        gateways: [{ address: "224.0.0.1", metric: 0 }],
      }),
      "multicast",
    ],
    [
      "a NetBIOS option that is none",
      { ...staticSettings("10.0.0.5"), netbios: { option: 7, winsServers: [] } },
      "must be 0",
    ],
  ])("%s", (_what, settings, why) => {
    const captured = only(connectionWith(1, { settings }));
    expect(captured.apply).toBe("skip");
    expect(captured.note).toContain(why);
    expect(captured.ipv4).toEqual(settings.ipv4);
  });

  test("an address that an earlier connection has", () => {
    const { connections } = capture(
      [1, 2].map((number) => connectionWith(number, { settings: staticSettings("10.0.0.5") })),
    );
    expect(connections.map(({ apply }) => apply)).toEqual(["move", "skip"]);
    expect(connections[1]?.note).toContain("duplicate of $.connections[0].ipv4.addresses[0]");
  });

  test("but an orphan may have the address of its successor", () => {
    const connections = [1, 2].map((number) => connectionWith(number, { settings: staticSettings("10.0.0.5") }));
    const orphanOf = (guid: string): OrphanVerdict => ({ orphan: guid === guidOf(1), reason: "gone" });
    expect(capture(connections, orphanOf).connections.map(({ name, apply }) => [name, apply])).toEqual([
      ["Ethernet 2", "move"],
      ["Ethernet 1", "skip"],
    ]);
  });

  test("Wi-Fi with settings of its own, so that no Ethernet adapter gets them by order", () => {
    const wifi = connectionWith(1, { adapter: { kind: "wifi" }, settings: staticSettings("10.0.0.5") });
    expect(only(wifi)).toMatchObject({ apply: "skip", note: "a Wi-Fi connection" });
    expect(only({ ...wifi, settings: DHCP }).apply).toBe("dhcp");
  });
});

test("what the hive holds but nobody can read is kept in words, and every later run warns of it", () => {
  const unreadable = [
    {
      name: "NameServer",
      value: { type: "REG_SZ", data: "10.0.0.300" },
      reason: 'holds "10.0.0.300", which is not an IPv4 address',
    },
  ] as const;
  const profile = capture([connectionWith(1, { settings: { ...staticSettings("10.0.0.5"), unreadable } })]);
  expect(profile.connections[0]).toMatchObject({
    apply: "move",
    leftOut: ['NameServer holds "10.0.0.300", which is not an IPv4 address'],
  });
  expect(parseProfile(formatProfile(profile), "p.json").warnings).toMatchObject([
    {
      code: "left-out-at-capture",
      at: "p.json: $.connections[0].leftOut[0]",
      message: expect.stringContaining("NameServer holds"),
    },
  ]);
});

describe("hives that are not sound", () => {
  test("value names that differ in case only, or that no document can hold", () => {
    const raw = ["A", "a", "__proto__"].map((name) => ({ name, value: { type: "REG_DWORD", data: 1 } }) as const);
    const captured = only(connectionWith(1, { settings: { ...DHCP, raw } }));
    expect(Object.keys(captured.raw)).toEqual(["A"]);
    expect(captured.leftOut).toEqual(["another value with the name a", "another value with the name __proto__"]);
  });

  test("two connections with one GUID", () => {
    const { connections } = capture([connectionWith(1), { ...connectionWith(2), guid: guidOf(1) }]);
    expect(connections.map(({ apply, guid }) => [apply, guid])).toEqual([
      ["dhcp", guidOf(1)],
      ["skip", undefined],
    ]);
  });

  test("a MAC address of zeros is none", () => {
    const zeros = "00-00-00-00-00-00" as MacAddress;
    expect(only(connectionWith(1, { mac: { permanent: zeros, current: zeros } })).mac).toEqual({
      user: [],
      permanent: undefined,
      current: undefined,
    });
  });
});

describeWithRealHives("real hives", () => {
  test("Windows 7: production first, the orphan skipped", () => {
    const windows = readReal("win7-sp1-x86-esx");
    const orphanOf = (guid: string): OrphanVerdict => ({ orphan: guid.startsWith("{6AAFC9A9"), reason: "gone" });
    const profile = captureProfile(windows, orphanOf, CONTEXT);
    expect(profile.captured?.computerName).toBe("WKS-WIN732BITA");
    expect(profile.connections).toMatchObject([
      {
        number: 1,
        name: "Local Area Connection 2",
        apply: "move",
        ipv4: {
          mode: "static",
          addresses: [{ address: "10.3.58.5", prefixLength: 24 }],
          gateways: [{ address: "10.3.58.1", metric: 0 }],
          dnsServers: ["10.3.58.4"],
        },
        mac: { permanent: "00-50-56-A5-12-69" },
        guid: "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}",
        raw: { RegistrationEnabled: { type: "REG_DWORD", data: 1 } },
      },
      {
        number: 2,
        name: "Local Area Connection",
        apply: "skip",
        ipv4: { addresses: [{ address: "192.168.1.123", prefixLength: 24 }] },
      },
    ]);
    expect(profile.connections).toHaveLength(2);
  });

  test.each([
    ["win10-21h2-vmware", "00-0C-29-66-1A-A2"],
    ["xp-sp3-dell", undefined],
    ["win81-x64-virtualbox-dirty", "08-00-27-49-97-16"],
    ["win10-1903-vmware-dirty", "00-0C-29-F3-FF-DE"],
  ])("%s: one plain DHCP connection", (name, mac) => {
    const profile = captureProfile(readReal(name), present, CONTEXT);
    expect(profile.connections).toMatchObject([{ apply: "dhcp", ipv4: { mode: "dhcp" } }]);
    expect(profile.connections[0]?.mac.permanent).toBe(mac);
    const text = formatProfile(profile);
    const parsed = parseProfile(text, "profile.json");
    expect([formatProfile(parsed.profile), parsed.warnings]).toEqual([text, []]);
  });
});
