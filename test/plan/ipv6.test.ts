/** Static IPv6 in plans: who is a source and a target by it, when settings are the same, what waits, and what is in conflict. */
import { describe, expect, test } from "vitest";
import { toHex } from "../../src/bytes/hex.ts";
import { formatPlan, parsePlan } from "../../src/plan/document.ts";
import type { ProfileConnection } from "../../src/profile/model.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";
import type { Windows } from "../../src/windows/model/windows.ts";
import { guidOf, macOf } from "../support/models.ts";
import {
  dhcpValues,
  luidOf,
  NSI_IPV6,
  nsiIpv6Address,
  nsiIpv6Route,
  type PhonySpec,
  staticValues,
} from "../support/phony-registry.ts";
import { dword, type FakeValues, sz } from "../support/fake-key.ts";
import { addressesIn, machineWith, planned, planOf, profileConnection, profileOf, told } from "./bench.ts";

/** Adapter 1 is gone, 2 and 3 are new. */
function spec(addresses: FakeValues, routes: FakeValues = {}, first = staticValues("10", "10.0.0.1")): PhonySpec {
  return {
    family: "10",
    adapters: [
      { number: 1, present: false, tcpip: first },
      { number: 2, tcpip: dhcpValues("10") },
      { number: 3, tcpip: dhcpValues("10") },
    ],
    more: { [`${NSI_IPV6}\\10`]: addresses, [`${NSI_IPV6}\\16`]: routes },
  };
}

const MACHINE = machineWith(2, 3);

function withIpv6(address: string, overrides: Parameters<typeof profileConnection>[1] = {}): ProfileConnection {
  const ipv6 = { ...NO_IPV6, addresses: [{ address, prefixLength: 64 }] };
  return profileConnection(1, { mac: { permanent: macOf(2), user: [] }, ipv6, ...overrides });
}

function ipv6In({ connections }: Windows): Record<string, readonly string[]> {
  return Object.fromEntries(
    connections.flatMap(({ luid, settings: { ipv6 } }) =>
      ipv6.addresses.length === 0 ? [] : [[luid ?? "", ipv6.addresses.map(({ address }) => address)]],
    ),
  );
}

describe("an orphan", () => {
  test("that is static in IPv6 only is a source, and gives its addresses up; then it is in place", () => {
    const records = { ...nsiIpv6Address(1, "2001:db8::1"), ...nsiIpv6Address(1, "2001:db8::2") };
    const { plan, registry, after } = planned(spec(records, {}, dhcpValues("10")), { inventory: MACHINE });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(plan.sources[0]?.source.addresses).toEqual(["2001:db8::1/64", "2001:db8::2/64"]);
    expect(ipv6In(after)).toEqual({ [luidOf(2)]: ["2001:db8::1", "2001:db8::2"] });
    const profile = profileOf([
      withIpv6("2001:db8::1", {
        ipv4: { mode: "dhcp", addresses: [], gateways: [] },
        ipv6: {
          ...NO_IPV6,
          addresses: ["2001:db8::2", "2001:db8::1"].map((address) => ({ address, prefixLength: 64 })),
        },
      }),
    ]);
    const again = planOf(registry, { profile, inventory: MACHINE });
    expect(told(again)).toEqual(["1 already -> Ethernet 2"]);
    expect(again.steps).toEqual([]);
  });

  test("with an address that was not moved keeps all", () => {
    const { plan, after } = planned(
      spec({ ...nsiIpv6Address(1, "2001:db8::1"), ...nsiIpv6Address(1, "2001:db8::9") }),
      {
        profile: profileOf([withIpv6("2001:db8::1")]),
        inventory: MACHINE,
      },
    );
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (mac)"]);
    expect(plan.warnings.map(({ code }) => code)).toContain("orphan-keeps-address");
    expect(ipv6In(after)[luidOf(1)]).toEqual(["2001:db8::1", "2001:db8::9"]);
  });

  test("with a record whose data are not understood gives it up as it stands, which is told", () => {
    const strange = nsiIpv6Address(1, "2001:db8::7", { origins: [9, 9] });
    const { plan, registry } = planned(spec({ ...nsiIpv6Address(1, "2001:db8::1"), ...strange }), {
      inventory: MACHINE,
    });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(plan.warnings.find(({ code }) => code === "ipv6-record-not-understood")?.message).toContain("2001:db8::7");
    const moved = nsiIpv6Address(2, "2001:db8::7", { origins: [9, 9] });
    expect(registry.names(`${NSI_IPV6}\\10`)).toEqual(
      [...Object.keys(moved), ...Object.keys(nsiIpv6Address(2, "2001:db8::1"))].toSorted(),
    );
    const [[name, { data }] = ["", { data: new Uint8Array() }]] = Object.entries(moved);
    expect(registry.value(`${NSI_IPV6}\\10`, name)).toMatchObject({ data: { hex: toHex(data) } });
  });

  test("with such a record, and a profile as source: it stays, and is named unless the profile names it", () => {
    const strange = nsiIpv6Address(1, "2001:db8::7", { origins: [9, 9] });
    const image = spec({ ...nsiIpv6Address(1, "2001:db8::1"), ...strange });
    const [name = ""] = Object.keys(strange);
    const text = `NSI record ${name} holds 2001:db8::7 of an origin that is not known (9, 9)`;
    const messages = (connection: Parameters<typeof withIpv6>[1]): string[] => {
      const profile = profileOf([withIpv6("2001:db8::1", { guid: guidOf(1), ...connection })]);
      const { plan, registry } = planned(image, { profile, inventory: MACHINE });
      expect(registry.names(`${NSI_IPV6}\\10`)).toContain(name);
      return plan.warnings.flatMap(({ code, message }) => (code === "unreadable-not-in-profile" ? [message] : []));
    };
    expect(messages({})).toEqual([expect.stringContaining(`${text}; the profile does not have it as a setting`)]);
    expect(messages({ leftOut: ["something else"] })).toHaveLength(1);
    expect(messages({ leftOut: [text] })).toEqual([]);
    expect(messages({ apply: "skip" })).toEqual([]);
    expect(messages({ guid: guidOf(9) })).toEqual([]);
  });

  test.each(["clear", "keep"] as const)(
    "with nothing but such records is a source; then it is in place (%s)",
    (orphans) => {
      const strange = nsiIpv6Address(1, "2001:db8::7", { origins: [9, 9] });
      const { plan, registry } = planned(spec(strange, {}, dhcpValues("10")), {
        inventory: MACHINE,
        options: { orphans },
      });
      expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
      const moved = Object.keys(nsiIpv6Address(2, "2001:db8::7", { origins: [9, 9] }));
      expect(registry.names(`${NSI_IPV6}\\10`)).toEqual(
        [...moved, ...(orphans === "keep" ? Object.keys(strange) : [])].toSorted(),
      );
      const again = planOf(registry, { inventory: MACHINE, options: { orphans } });
      expect(told(again)).toEqual(
        orphans === "keep" ? ["1 already -> Ethernet 2", "2 kept -> Ethernet 2"] : ["2 kept -> Ethernet 2"],
      );
      expect(again.steps).toEqual([]);
    },
  );

  test("with a record whose name is not understood is moved in part, or stays where it is all that is static", () => {
    const [record] = Object.values(nsiIpv6Address(1, "2001:db8::7"));
    const strange = record === undefined ? {} : { [`ff${luidOf(1)}`]: record };
    const { plan, registry } = planned(spec(strange), { inventory: MACHINE });
    expect(told(plan)).toEqual(["1 pending -> Ethernet 2 (order)"]);
    expect(plan).toMatchObject({ exitCode: 26, sources: [{ pendingParts: ["ipv6"] }] });
    expect(registry.names(`${NSI_IPV6}\\10`)).toEqual(Object.keys(strange));
    expect(told(planOf(registry, { inventory: MACHINE }))).toEqual(["1 unplaced", "2 kept -> Ethernet 2"]);
  });
});

describe("an orphan whose class key is gone", () => {
  const CLASS = "ControlSet001\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\0001";

  /** Without the GUID a class key is no adapter's. */
  function withoutClassKey(family: "7" | "10", more: PhonySpec["more"] = {}): PhonySpec {
    const image = spec({ ...nsiIpv6Address(1, "2001:db8::1") }, nsiIpv6Route(1, "::/0", "fe80::1"));
    const adapters = image.adapters.map((adapter) => ({
      ...adapter,
      tcpip: adapter.number === 1 ? staticValues(family, "10.0.0.1") : dhcpValues(family),
    }));
    return { family, adapters, more: { ...image.more, [CLASS]: { NetCfgInstanceId: sz("") }, ...more } };
  }

  test("is found by the NDIS table in 7, and keeps its IPv6", () => {
    const { plan, after } = planned(withoutClassKey("7"), { inventory: MACHINE });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(ipv6In(after)).toEqual({ [luidOf(2)]: ["2001:db8::1"] });
    expect(plan.warnings.map(({ code }) => code)).not.toContain("ipv6-without-owner");
  });

  test("is found by NetworkSetup2 in 10", () => {
    const kernel = `ControlSet001\\Control\\NetworkSetup2\\Interfaces\\${guidOf(1)}\\Kernel`;
    const image = withoutClassKey("10", { [kernel]: { IfType: dword(6), NetLuidIndex: dword(1) } });
    const { plan, after } = planned(image, { inventory: MACHINE });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(ipv6In(after)).toEqual({ [luidOf(2)]: ["2001:db8::1"] });
  });

  test("a LUID that another class key has since is not taken for its own", () => {
    const kernel = `ControlSet001\\Control\\NetworkSetup2\\Interfaces\\${guidOf(1)}\\Kernel`;
    const image = withoutClassKey("10", { [kernel]: { IfType: dword(6), NetLuidIndex: dword(3) } });
    const { plan, after } = planned(image, { inventory: MACHINE });
    expect(after.connections.filter(({ luid }) => luid === luidOf(3))).toHaveLength(1);
    expect(plan.exitCode).toBe(26);
  });

  test("whose LUID nothing tells is moved in part, and records that are nobody's are told", () => {
    const { plan, registry } = planned(withoutClassKey("10"), { inventory: MACHINE });
    expect(told(plan)).toEqual(["1 pending -> Ethernet 2 (order)"]);
    expect(plan).toMatchObject({ exitCode: 26, sources: [{ pendingParts: ["ipv6"] }] });
    expect(plan.warnings.find(({ code }) => code === "ipv6-without-owner")?.message).toContain(
      `2001:db8::1/64 (LUID ${luidOf(1)}), ::/0 by fe80::1 (LUID ${luidOf(1)})`,
    );
    expect(registry.names(`${NSI_IPV6}\\10`)).toEqual(Object.keys(nsiIpv6Address(1, "2001:db8::1")));
  });

  test("records of nobody that Windows made itself, or keeps for the loopback, are none", () => {
    const automatic = nsiIpv6Address(1, "2001:db8::1", { origins: [4, 4] });
    const [record] = Object.values(nsiIpv6Address(1, "2001:db8::2"));
    const loopback = record === undefined ? {} : { [`0000000000001800${"0".repeat(31)}1`]: record };
    const image = { ...withoutClassKey("10"), more: { [CLASS]: { NetCfgInstanceId: sz("") } } };
    const { plan } = planned(
      { ...image, more: { ...image.more, [`${NSI_IPV6}\\10`]: { ...automatic, ...loopback } } },
      { inventory: MACHINE },
    );
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(plan.warnings.map(({ code }) => code)).not.toContain("ipv6-without-owner");
  });
});

describe("a target", () => {
  test("with static IPv6 of its own is none, whether --map names it or not", () => {
    const image = spec(nsiIpv6Address(2, "2001:db8::22"));
    const profile = profileOf([withIpv6("2001:db8::1", { mac: { user: [] } })]);
    expect(told(planned(image, { profile, inventory: MACHINE }).plan)).toEqual(["1 moved -> Ethernet 3 (order)"]);
    expect(() => planned(image, { profile, inventory: MACHINE, options: { map: [["1", "Ethernet 2"]] } })).toThrow(
      "it has static IPv6 addresses of its own (2001:db8::22/64)",
    );
  });

  test("with addresses that Windows made itself is one", () => {
    const automatic = nsiIpv6Address(2, "2001:db8::22", { origins: [4, 4] });
    const { plan } = planned(spec({ ...nsiIpv6Address(1, "2001:db8::1"), ...automatic }), { inventory: MACHINE });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
  });
});

describe("what waits", () => {
  test("IPv4 goes, IPv6 waits: pending in part, in the plan's document too; the second run finds it so", () => {
    const profile = profileOf([withIpv6("2001:db8::1")]);
    const { plan, registry, after } = planned(spec({}), { profile, inventory: MACHINE });
    expect(told(plan)).toEqual(["1 pending -> Ethernet 2 (mac)"]);
    expect(plan).toMatchObject({ exitCode: 26, sources: [{ pendingParts: ["ipv6"] }] });
    expect(parsePlan(formatPlan(plan), "plan.json").sources).toEqual(plan.sources);
    expect([addressesIn(after), ipv6In(after)]).toEqual([{ "Ethernet 2": "10.0.0.1" }, {}]);
    const again = planOf(registry, { profile, inventory: MACHINE });
    expect(told(again)).toEqual(["1 pending -> Ethernet 2"]);
    expect(again).toMatchObject({ exitCode: 26, steps: [], sources: [{ pendingParts: ["ipv6"] }] });
  });

  test("once Windows has it, it is in place; with something else beside it, nothing is overwritten", () => {
    const profile = profileOf([withIpv6("2001:db8::1")]);
    const { registry } = planned(spec({}), { profile, inventory: MACHINE });
    const put = (values: FakeValues): void => {
      const [[name, value] = ["", { type: 3, data: new Uint8Array() }]] = Object.entries(values);
      registry.apply([
        {
          kind: "set-value",
          key: `${NSI_IPV6}\\10`,
          name,
          type: "REG_BINARY",
          data: { hex: Buffer.from(value.data).toString("hex") },
          was: null,
        },
      ]);
    };
    put(nsiIpv6Address(2, "2001:db8::1"));
    expect(told(planOf(registry, { profile, inventory: MACHINE }))).toEqual(["1 already -> Ethernet 2"]);
    put(nsiIpv6Address(2, "2001:db8::8"));
    const { sources, steps } = planOf(registry, { profile, inventory: MACHINE });
    expect([sources[0]?.outcome, steps]).toEqual(["conflict", []]);
  });

  test("gateways and routes are settings like the others: another gateway is not the same", () => {
    const records = spec(nsiIpv6Address(1, "2001:db8::1"), nsiIpv6Route(1, "::/0", "fe80::1"));
    const { registry } = planned(records, { inventory: MACHINE });
    const gateway = (address: string) => ({
      ...NO_IPV6,
      addresses: [{ address: "2001:db8::1", prefixLength: 64 }],
      gateways: [{ address, metric: 0 }],
    });
    const asked = (address: string) => ({
      profile: profileOf([withIpv6("2001:db8::1", { ipv6: gateway(address), ipv4: { gateways: [] } })]),
      inventory: MACHINE,
    });
    expect(told(planOf(registry, asked("fe80::1")))).toEqual(["1 already -> Ethernet 2"]);
    expect(planOf(registry, asked("fe80::2")).sources[0]?.outcome).toBe("conflict");
  });

  test("with a conflict elsewhere, or --all-or-nothing, what would move in part is not moved", () => {
    const profile = profileOf([withIpv6("2001:db8::1")]);
    const { plan } = planned(spec({}), { profile, inventory: MACHINE, options: { allOrNothing: true } });
    expect(plan).toMatchObject({ steps: [], sources: [{ outcome: "unplaced" }] });
    expect(plan.sources[0]?.pendingParts).toBeUndefined();
  });
});

describe("a conflict", () => {
  test("an IPv6 address that stays on another connection", () => {
    const image: PhonySpec = {
      ...spec(nsiIpv6Address(4, "2001:db8::1")),
      adapters: [...spec({}).adapters, { number: 4, tcpip: staticValues("10", "10.0.0.4") }],
    };
    const profile = profileOf([withIpv6("2001:db8::1")]);
    const { plan } = planned(image, { profile, inventory: machineWith(2, 3, 4) });
    expect(plan).toMatchObject({ exitCode: 24, steps: [], sources: [{ outcome: "conflict" }] });
    expect(plan.sources[0]?.reason).toContain("2001:db8::1");
    const forced = planned(image, { profile, inventory: machineWith(2, 3, 4), options: { allowConflict: true } }).plan;
    expect(told(forced)).toEqual(["1 moved -> Ethernet 2 (mac)"]);
    expect(forced.warnings.map(({ code }) => code)).toContain("forced-conflict");
  });
});
