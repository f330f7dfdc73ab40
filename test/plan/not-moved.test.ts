/** What goes along with a move and what a person has to do again: DNS over HTTPS, settings of the adapter, the firewall's idea of the network. */
import { describe, expect, test } from "vitest";
import type { ProfileConnection } from "../../src/profile/model.ts";
import { multiSz, qword, sz } from "../support/fake-key.ts";
import { guidOf } from "../support/models.ts";
import { type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { machineWith, planned, profileConnection, profileOf } from "./bench.ts";

const TEN: PhonySpec = {
  family: "10",
  adapters: [{ number: 1, present: false, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") }, { number: 2 }],
  more: { "ControlSet001\\Services\\Dnscache": {} },
};
const doh = (number: number): string =>
  `ControlSet001\\Services\\Dnscache\\InterfaceSpecificParameters\\${guidOf(number)}\\DohInterfaceSettings`;

function run(spec: PhonySpec, connection: Partial<Omit<ProfileConnection, "ipv4">> = {}) {
  return planned(spec, { profile: profileOf([profileConnection(1, connection)]), inventory: machineWith(2) });
}

const messages = (plan: ReturnType<typeof run>["plan"], code: string): string[] =>
  plan.warnings.filter((warning) => warning.code === code).map(({ message }) => message);

describe("DNS over HTTPS", () => {
  const settings = {
    "10.0.0.53": {
      DohFlags: { type: "REG_QWORD", data: { hex: "0200000000000000" } },
      DohTemplate: { type: "REG_SZ", data: "https://dns.example.test/query" },
    },
    "2001:db8::53": { DohFlags: { type: "REG_QWORD", data: { hex: "0100000000000000" } } },
  } as const;

  test("a profile's goes to the target, each server into the list of its kind", () => {
    const { registry, plan } = run(TEN, { dnsOverHttps: settings });
    expect(registry.value(`${doh(2)}\\Doh\\10.0.0.53`, "DohTemplate")?.data).toBe("https://dns.example.test/query");
    expect(registry.value(`${doh(2)}\\Doh6\\2001:db8::53`, "DohFlags")?.data).toEqual({ hex: "0100000000000000" });
    expect(messages(plan, "setting-unknown-to-windows")).toEqual([]);
    expect(
      planned(TEN, { profile: profileOf([profileConnection(1)]), inventory: machineWith(2) }).registry.has(doh(2)),
    ).toBe(false);
  });

  test("an orphan's goes along with its addresses", () => {
    const spec: PhonySpec = {
      ...TEN,
      more: { ...TEN.more, [`${doh(1)}\\Doh\\10.0.0.53`]: { DohFlags: qword(2n), DohTemplate: sz("https://x.test/") } },
    };
    const { registry } = planned(spec, { inventory: machineWith(2) });
    expect(registry.value(`${doh(2)}\\Doh\\10.0.0.53`, "DohTemplate")?.data).toBe("https://x.test/");
  });

  test("a Windows before 10 does not get it, and that is told", () => {
    const seven: PhonySpec = { ...TEN, family: "7" };
    const { registry, plan } = run(seven, { dnsOverHttps: settings });
    expect(registry.has(`${doh(2)}\\Doh`)).toBe(false);
    expect(messages(plan, "setting-unknown-to-windows")).toEqual([
      "DNS over HTTPS is not carried: this Windows does not know that setting",
    ]);
  });
});

describe("settings of the adapter", () => {
  const jumbo = { kind: "advanced-property", name: "*JumboPacket", text: "Jumbo Packet is 9014 Bytes" } as const;
  const ipv6 = { kind: "binding", name: "ms_tcpip6", text: "IPv6 is unticked" } as const;

  test("are told with the adapter that has to get them", () => {
    const [message] = messages(run(TEN, { adapterSettings: [jumbo, ipv6] }).plan, "adapter-settings-not-moved");
    expect(message).toMatch(/do not move: Jumbo Packet is 9014 Bytes; IPv6 is unticked\. Set them on "Ethernet 2"/);
  });

  test("what the target has alike is not told", () => {
    const spec: PhonySpec = {
      ...TEN,
      more: {
        ...TEN.more,
        "ControlSet001\\Services\\Tcpip6": { DisplayName: sz("") },
        "ControlSet001\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\0002\\Linkage": {
          UpperBind: multiSz("Tcpip"),
        },
      },
    };
    const [message] = messages(run(spec, { adapterSettings: [jumbo, ipv6] }).plan, "adapter-settings-not-moved");
    expect(message).toMatch(/do not move: Jumbo Packet is 9014 Bytes\. /);
  });

  test("nothing is told where there is nothing, and where nothing moves", () => {
    expect(messages(run(TEN).plan, "adapter-settings-not-moved")).toEqual([]);
    const skipped = run(TEN, { adapterSettings: [jumbo], apply: "skip" });
    expect(messages(skipped.plan, "adapter-settings-not-moved")).toEqual([]);
  });
});

describe("a network that Windows may take for a public one", () => {
  test("told once, with the gateways; not on XP, which has no such firewall profiles, nor without a gateway", () => {
    expect(messages(run(TEN).plan, "network-may-be-public")).toEqual([
      expect.stringMatching(/^Windows knows a network by its gateway\. If 10\.0\.0\.254 is another device than before/),
    ]);
    const none = planned(TEN, {
      profile: profileOf([profileConnection(1, { ipv4: { gateways: [] } })]),
      inventory: machineWith(2),
    });
    expect(messages(none.plan, "network-may-be-public")).toEqual([]);
    const xp = planned(
      {
        ...TEN,
        family: "xp",
        adapters: [{ number: 1, present: false, tcpip: staticValues("xp", "10.0.0.1", "10.0.0.254") }, { number: 2 }],
      },
      { profile: profileOf([profileConnection(1)], "SRV-1") },
    );
    expect(xp.plan.sources.map(({ outcome }) => outcome)).toEqual(["moved"]);
    expect(messages(xp.plan, "network-may-be-public")).toEqual([]);
  });
});
