/** What becomes of a source, and why: each outcome, with its exit code. */
import { describe, expect, test } from "vitest";
import { formatPlan, parsePlan } from "../../src/plan/document.ts";
import { inventoryOf, macOf } from "../support/models.ts";
import { dhcpValues, leaseValues, type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { dword } from "../support/fake-key.ts";
import {
  adapterNumber,
  addressesIn,
  machineWith,
  planned,
  planOf,
  profileConnection,
  profileOf,
  told,
  warningsOf,
} from "./bench.ts";

/** Adapter 1 is the old one, static; 2 and 3 are new, with DHCP and a lease. */
const BOOTED_ONCE: PhonySpec = {
  family: "10",
  adapters: [
    { number: 1, present: false, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") },
    { number: 2, tcpip: { ...dhcpValues("10"), ...leaseValues("192.168.146.2") } },
    { number: 3, tcpip: { ...dhcpValues("10"), ...leaseValues("192.168.146.3") } },
  ],
};

describe("moved", () => {
  test("by the MAC address, and the orphan gives its address up", () => {
    const profile = profileOf([profileConnection(1, { mac: { permanent: macOf(3), user: [] } })]);
    const { plan, after } = planned(BOOTED_ONCE, { profile, inventory: machineWith(2, 3) });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 3 (mac)"]);
    expect(plan.exitCode).toBe(0);
    expect(plan.sources[0]?.reason).toMatch(
      /"Ethernet 3" has its permanent MAC address 00-0C-29-00-00-03 \(by NetworkSetup2\); the orphan "Ethernet 1" gives its addresses up/,
    );
    expect(addressesIn(after)).toEqual({ "Ethernet 3": "10.0.0.1" });
  });

  test("by the current and by the user's own MAC address", () => {
    const current = profileConnection(1, { mac: { permanent: macOf(99), current: macOf(3), user: [] } });
    const users = profileConnection(4, { mac: { permanent: macOf(98), user: [macOf(97), macOf(2)] } });
    const { plan } = planned(BOOTED_ONCE, { profile: profileOf([current, users]), inventory: machineWith(2, 3) });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 3 (mac)", "4 moved -> Ethernet 2 (mac)"]);
    expect(plan.sources[1]?.reason).toContain("its user-defined MAC address 00-0C-29-00-00-02");
  });

  test("in order: the profile's to bus, device and function", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [
        { number: 5, location: { bus: 7, device: 0, function: 1 } },
        { number: 6, location: { bus: 7, device: 0, function: 0 } },
        { number: 7, location: { bus: 3, device: 9, function: 0 } },
      ],
    };
    const profile = profileOf([profileConnection(3), profileConnection(1), profileConnection(2)]);
    const inventory = inventoryOf(
      ...[5, 6, 7].map((number) => ({ mac: { permanent: macOf(number) }, hardwareIds: [] })),
    );
    expect(told(planned(spec, { profile, inventory }).plan)).toEqual([
      "3 moved -> Ethernet 7 (order)",
      "1 moved -> Ethernet 6 (order)",
      "2 moved -> Ethernet 5 (order)",
    ]);
  });

  test("back to its own interface, which is there and is DHCP now", () => {
    const { plan, after } = planned(BOOTED_ONCE, {
      profile: profileOf([profileConnection(3, { mac: { user: [] } })]),
      inventory: machineWith(2, 3),
    });
    expect(told(plan)).toEqual(["3 moved -> Ethernet 3 (guid)"]);
    expect(addressesIn(after)).toMatchObject({ "Ethernet 3": "10.0.0.3" });
  });

  test("an XP interface, which has no MAC address in the hive, by the inventory's", () => {
    const spec: PhonySpec = { family: "xp", adapters: [{ number: 2, location: { bus: 2, device: 2, function: 0 } }] };
    const hardwareIds = ["PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01"];
    const inventory = inventoryOf({ ...adapterNumber(2), hardwareIds });
    const profile = profileOf([profileConnection(1, { mac: { user: [macOf(2)] } })]);
    expect(told(planned(spec, { profile, inventory }).plan)).toEqual(["1 moved -> Ethernet 2 (mac)"]);
  });

  test("DHCP with settings of its own is a source too", () => {
    const own = profileConnection(1, { ipv4: { mode: "dhcp", addresses: [], gateways: [], dnsServers: ["9.9.9.9"] } });
    const { plan, after } = planned(BOOTED_ONCE, { profile: profileOf([own]), inventory: machineWith(2) });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(after.connections.find(({ name }) => name === "Ethernet 2")?.settings.ipv4).toMatchObject({
      mode: "dhcp",
      dnsServers: ["9.9.9.9"],
    });
  });
});

describe("already and kept", () => {
  test("a second run changes nothing", () => {
    const asked = { profile: profileOf([profileConnection(1)]), inventory: machineWith(2, 3) };
    const { plan, registry } = planned(BOOTED_ONCE, asked);
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    const again = planOf(registry, asked);
    expect(told(again)).toEqual(["1 already -> Ethernet 2"]);
    expect(again).toMatchObject({ steps: [], exitCode: 0, warnings: [] });
  });

  test("what is in place on another adapter is already so, and its adapter is nobody's target", () => {
    const spec: PhonySpec = {
      ...BOOTED_ONCE,
      adapters: [
        ...BOOTED_ONCE.adapters.slice(0, 1),
        { number: 2, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") },
        { number: 3 },
      ],
    };
    const { plan } = planned(spec, {
      profile: profileOf([profileConnection(1), profileConnection(9)]),
      inventory: machineWith(2, 3),
    });
    expect(told(plan)).toEqual(["1 already -> Ethernet 2", "9 moved -> Ethernet 3 (order)"]);
    expect(plan.exitCode).toBe(0);
  });

  test("on its own adapter it is kept, with the way it was recognised", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ number: 1, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") }],
    };
    const { plan } = planned(spec, { profile: profileOf([profileConnection(1)]), inventory: machineWith(1) });
    expect(told(plan)).toEqual(["1 kept -> Ethernet 1"]);
    expect(plan.sources[0]?.reason).toContain("the same permanent MAC address");
    expect(plan).toMatchObject({ steps: [], exitCode: 0 });
  });

  test("what rests on a prediction is said to, and a document keeps it", () => {
    const profile = profileOf([profileConnection(1)]);
    const sure = planned(BOOTED_ONCE, { profile, inventory: machineWith(2) }).plan;
    expect(sure.sources[0]).not.toHaveProperty("predicted", true);
    const byMac = inventoryOf({ mac: { permanent: macOf(2) }, hardwareIds: [] });
    const { plan } = planned(BOOTED_ONCE, { profile, inventory: byMac });
    expect(plan.sources[0]).toMatchObject({
      outcome: "moved",
      predicted: true,
      reason: expect.stringContaining("; that Windows knows this adapter again is a prediction"),
    });
    expect(parsePlan(formatPlan(plan), "plan.json").sources[0]?.predicted).toBe(true);
  });

  test("another value that only the registry shows is a warning", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ number: 1, tcpip: { ...staticValues("10", "10.0.0.1", "10.0.0.254"), TcpAckFrequency: dword(2) } }],
    };
    const profile = profileOf([profileConnection(1, { raw: { TcpAckFrequency: { type: "REG_DWORD", data: 1 } } })]);
    const { plan } = planned(spec, { profile, inventory: machineWith(1) });
    expect(told(plan)).toEqual(["1 kept -> Ethernet 1"]);
    expect(warningsOf(plan)).toEqual([{ code: "details-differ", message: expect.stringContaining("TcpAckFrequency") }]);
  });

  test.each<[string, Parameters<typeof profileConnection>[1]]>([
    ["gateway", { ipv4: { gateways: [{ address: "10.0.0.253", metric: 0 }] } }],
    ["metric of the gateway", { ipv4: { gateways: [{ address: "10.0.0.254", metric: 5 }] } }],
    ["mask", { ipv4: { addresses: [{ address: "10.0.0.1", prefixLength: 16 }] } }],
    [
      "a second address",
      {
        ipv4: {
          addresses: [
            { address: "10.0.0.1", prefixLength: 24 },
            { address: "10.0.0.77", prefixLength: 24 },
          ],
        },
      },
    ],
    ["DNS servers", { ipv4: { dnsServers: ["10.0.0.4"] } }],
    ["suffix", { ipv4: { dnsSuffix: "example.net" } }],
    ["MTU", { ipv4: { mtu: 1400 } }],
    ["NetBIOS option", { netbios: { option: 2, winsServers: [] } }],
  ])("another %s is not in place", (_what, overrides) => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ number: 1, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") }, { number: 2 }],
    };
    const { plan } = planned(spec, {
      profile: profileOf([profileConnection(1, overrides)]),
      inventory: machineWith(1, 2),
    });
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/a static configuration is never overwritten/);
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
  });

  test("a NetBIOS option of 0 is what a missing one means, and one that is not said may be any", () => {
    const tcpip = staticValues("10", "10.0.0.1", "10.0.0.254");
    const without: PhonySpec = { family: "10", adapters: [{ number: 1, tcpip, netbt: undefined }] };
    const off: PhonySpec = { family: "10", adapters: [{ number: 1, tcpip, netbt: { NetbiosOptions: dword(2) } }] };
    const zero = profileOf([profileConnection(1, { netbios: { option: 0, winsServers: [] } })]);
    expect(told(planned(without, { profile: zero, inventory: machineWith(1) }).plan)).toEqual(["1 kept -> Ethernet 1"]);
    expect(told(planned(off, { profile: profileOf([profileConnection(1)]), inventory: machineWith(1) }).plan)).toEqual([
      "1 kept -> Ethernet 1",
    ]);
  });
});

describe("skipped", () => {
  test("by the profile, with its note; plain DHCP; static without an address", () => {
    const dhcp = { mode: "dhcp", addresses: [], gateways: [] } as const;
    const profile = profileOf([
      profileConnection(1, { apply: "skip", note: "an orphan when it was captured" }),
      profileConnection(2, { apply: "move", ipv4: dhcp }),
      profileConnection(3, { ipv4: { addresses: [] } }),
      profileConnection(4, { apply: "dhcp", ipv4: dhcp }),
    ]);
    const { plan } = planned({ family: "10", adapters: [{ number: 9 }] }, { profile, inventory: machineWith(9) });
    expect(told(plan)).toEqual(["1 skipped", "2 skipped", "3 skipped", "4 skipped"]);
    expect(plan.sources.map(({ reason }) => reason)).toEqual([
      "the profile says skip: an orphan when it was captured",
      "DHCP without settings of its own: there is nothing to move",
      "static, but without an address: there is nothing to move",
      "DHCP is all it wants, and a new adapter is DHCP by itself",
    ]);
    expect(plan).toMatchObject({ steps: [], exitCode: 0, warnings: [] });
  });
});

describe("dhcp", () => {
  const dhcp = { mode: "dhcp", addresses: [], gateways: [] } as const;

  test("a static source that is to be DHCP makes its own adapter DHCP", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ number: 1, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") }],
    };
    const { plan, after } = planned(spec, {
      profile: profileOf([profileConnection(1, { apply: "dhcp" })]),
      inventory: machineWith(1),
    });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 1"]);
    expect(addressesIn(after)).toEqual({});
    expect(told(planned(spec, { profile: profileOf([profileConnection(1, { apply: "dhcp" })]) }).plan)).toEqual([
      "1 unplaced -> Ethernet 1",
    ]);
  });

  test("a static configuration that the profile does not know stays", () => {
    const spec: PhonySpec = { family: "10", adapters: [{ number: 1, tcpip: staticValues("10", "10.0.0.77") }] };
    const { plan } = planned(spec, {
      profile: profileOf([profileConnection(1, { apply: "dhcp", ipv4: dhcp })]),
      inventory: machineWith(1),
    });
    expect(told(plan)).toEqual(["1 unplaced -> Ethernet 1"]);
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
  });

  test("its adapter, known by interface or MAC address, is not given to a static source by order", () => {
    const profile = profileOf([
      profileConnection(1),
      profileConnection(2, { apply: "dhcp", ipv4: dhcp, mac: { user: [] } }),
      profileConnection(8, { apply: "dhcp", ipv4: dhcp, mac: { permanent: macOf(3), user: [] } }),
    ]);
    const { plan } = planned(
      { ...BOOTED_ONCE, adapters: [...BOOTED_ONCE.adapters, { number: 4 }] },
      { profile, inventory: machineWith(2, 3, 4) },
    );
    expect(told(plan)).toEqual(["1 moved -> Ethernet 4 (order)", "2 kept -> Ethernet 2", "8 already -> Ethernet 3"]);
  });
});

describe("unplaced", () => {
  test("more sources than targets: the last of the profile, and why the others are none", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [
        { number: 2 },
        { number: 3, tcpip: staticValues("10", "10.9.9.9") },
        { number: 4, disabled: true },
        { number: 5, wifi: true },
        { number: 6, boundToTcpip: false },
      ],
    };
    const { plan } = planned(spec, {
      profile: profileOf([profileConnection(11), profileConnection(12)]),
      inventory: machineWith(2, 3, 4, 5, 6),
    });
    expect(told(plan)).toEqual(["11 moved -> Ethernet 2 (order)", "12 unplaced"]);
    expect(plan.exitCode).toBe(25);
    const reason = plan.sources[1]?.reason ?? "";
    expect(reason).toMatch(/^no target is left for it \(1 in all\)/);
    expect(reason).toContain('"Ethernet 3": it is static already (10.9.9.9/24)');
    expect(reason).toContain('"Ethernet 4": it is disabled in Windows');
    expect(reason).toContain('"Ethernet 5": it is a Wi-Fi adapter');
    expect(reason).toContain('"Ethernet 6": TCP/IP is not bound to it');
  });

  test("addresses of its own beside DHCP keep an interface from being a target", () => {
    const tcpip = { ...staticValues("10", "10.9.9.9"), EnableDHCP: dword(1) };
    const { plan } = planned(
      { family: "10", adapters: [{ number: 2, tcpip }] },
      { profile: profileOf([profileConnection(1)]), inventory: machineWith(2) },
    );
    expect(plan.sources[0]?.reason).toContain("although DHCP is on (10.9.9.9/24)");
  });

  test("its MAC address is that of an adapter which cannot be its target: no other is taken instead", () => {
    const spec: PhonySpec = { family: "10", adapters: [{ number: 2, disabled: true }, { number: 3 }] };
    const { plan } = planned(spec, {
      profile: profileOf([profileConnection(1, { mac: { permanent: macOf(2), user: [] } })]),
      inventory: machineWith(2, 3),
    });
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toBe(
      '"Ethernet 2" has its MAC address, but cannot be its target, because it is disabled in Windows',
    );
  });

  test("one MAC address of two sources, or of two targets, decides nothing", () => {
    const both = [1, 4].map((number) => profileConnection(number, { mac: { permanent: macOf(2), user: [] } }));
    expect(told(planned(BOOTED_ONCE, { profile: profileOf(both), inventory: machineWith(2, 3) }).plan)).toEqual([
      "1 unplaced",
      "4 unplaced",
    ]);
    const hardware = { hardwareIds: ["PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01"], mac: { permanent: macOf(2) } };
    const twins: PhonySpec = { family: "10", adapters: [{ number: 2 }, { number: 3, mac: 2 }] };
    const inventory = inventoryOf(
      { ...hardware, location: { bus: 2, device: 2, function: 0 } },
      { ...hardware, location: { bus: 2, device: 3, function: 0 } },
    );
    const { plan } = planned(twins, {
      profile: profileOf([profileConnection(1, { mac: { permanent: macOf(2), user: [] } })]),
      inventory,
    });
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/is that of 2 adapters; --map/);
  });

  test("it cannot be told whether its own adapter is there", () => {
    const spec: PhonySpec = {
      family: "xp",
      adapters: [{ number: 1, tcpip: staticValues("xp", "10.0.0.1") }, { number: 2 }],
    };
    const ids = ["PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01"];
    const inventory = inventoryOf(
      { ...adapterNumber(2), hardwareIds: ids },
      { mac: { permanent: macOf(77) }, hardwareIds: [] },
    );
    const { plan } = planned(spec, { profile: profileOf([profileConnection(1)]), inventory });
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/cannot be told whether its own adapter/);
  });
});

describe("pending", () => {
  test("by MAC address to an adapter that Windows does not know; the orphan stays as it is", () => {
    const { plan } = planned(BOOTED_ONCE, {
      profile: profileOf([profileConnection(1, { mac: { permanent: macOf(50), user: [] } })]),
      inventory: machineWith(2, 50),
    });
    expect(told(plan)).toEqual(["1 pending -> 00-0C-29-00-00-32 (mac)"]);
    expect(plan.sources[0]?.reason).toMatch(/Windows has no interface for it yet/);
    expect(plan).toMatchObject({ steps: [], exitCode: 26 });
  });

  test("by order only when no interface is left", () => {
    const profile = profileOf([profileConnection(11), profileConnection(12)]);
    const { plan } = planned({ family: "10", adapters: [{ number: 20 }] }, { profile, inventory: machineWith(1, 20) });
    expect(told(plan)).toEqual(["11 moved -> Ethernet 20 (order)", "12 pending -> 00-0C-29-00-00-01 (order)"]);
    expect(plan.exitCode).toBe(26);
    expect(warningsOf(plan)).toEqual([
      { code: "order-passes-unknown-adapter", message: expect.stringContaining("Adapter 1") },
    ]);
  });
});

describe("Wi-Fi", () => {
  const wifi = { ...adapterNumber(50), kind: "wifi" as const };

  test("an adapter that Windows does not know yet is no target either", () => {
    const { plan } = planned(
      { family: "10", adapters: [] },
      { profile: profileOf([profileConnection(1)]), inventory: inventoryOf(wifi) },
    );
    expect(told(plan)).toEqual(["1 unplaced"]);
  });

  test("not by its MAC address, and not by --map", () => {
    const spec: PhonySpec = { family: "10", adapters: [{ number: 2 }] };
    const profile = profileOf([profileConnection(1, { mac: { permanent: macOf(50), user: [] } })]);
    const inventory = inventoryOf(adapterNumber(2), wifi);
    const { plan } = planned(spec, { profile, inventory });
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toBe(
      "the inventory has its MAC address, but on a Wi-Fi adapter, which is no target",
    );
    expect(() => planned(spec, { profile, inventory, options: { map: [["1", macOf(50)]] } })).toThrow(
      expect.objectContaining({ exit: "refused", code: "target-not-eligible" }),
    );
  });
});
