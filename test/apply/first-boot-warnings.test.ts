/** What is told of a source that the first boot moves: as of one that is moved now, and by name what the first boot cannot carry. */
import { expect, test } from "vitest";
import { composeFirstBoot } from "../../src/apply/first-boot/compose.ts";
import { firstBootWarnings } from "../../src/apply/first-boot/warnings.ts";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { planWithDecisions } from "../../src/plan/plan-moves.ts";
import type { ProfileConnection } from "../../src/profile/model.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { IMAGE, machineWith, profileConnection, profileOf } from "../plan/bench.ts";
import { guidOf } from "../support/models.ts";
import {
  dhcpValues,
  nsiIpv6Address,
  nsiRoute,
  PhonyRegistry,
  type PhonySpec,
  staticValues,
} from "../support/phony-registry.ts";

const CONTROL = "ControlSet001\\Control\\Nsi";
const IPV4_ROUTES = `${CONTROL}\\{eb004a00-9b1a-11d4-9123-0050047759bc}\\16`;
const IPV6_ADDRESSES = `${CONTROL}\\{eb004a01-9b1a-11d4-9123-0050047759bc}\\10`;

const STRANGE = nsiIpv6Address(1, "2001:db8::7", { origins: [9, 9] });
const [STRANGE_NAME = ""] = Object.keys(STRANGE);

/** Its one static interface is an orphan; the machine's adapter, number 2, is new to it. */
function specOf(family: PhonySpec["family"], more: PhonySpec["more"] = {}, tcpip = staticOf(family)): PhonySpec {
  return { family, adapters: [{ number: 1, present: false, tcpip }], more };
}

function staticOf(family: PhonySpec["family"]) {
  return staticValues(family, "10.0.0.1", "10.0.0.254");
}

function run(spec: PhonySpec, way: "program" | "batch", connection?: ProfileConnection) {
  const root = new PhonyRegistry(spec).root();
  const windows = readWindows(root);
  const request = {
    image: IMAGE,
    root,
    windows,
    match: matchAdapters(windows, machineWith(2)),
    profile: connection && profileOf([connection]),
    options: { ...DEFAULT_PLAN_OPTIONS, sources: connection === undefined ? "orphans" : "profile" },
  } as const;
  const made = planWithDecisions(request);
  const frame = { way, tool: "test", now: new Date(0) };
  return {
    plan: made.plan,
    warnings: firstBootWarnings(made.decisions, request, way),
    composition: composeFirstBoot({ ...made, request, profile: undefined }, frame),
  };
}

const codes = (warnings: readonly { readonly code: string }[]) => warnings.map(({ code }) => code);

test("the network may be public; without --first-boot a source that waits is not warned of yet", () => {
  const { plan, warnings } = run(specOf("10"), "program");
  expect(plan.sources.map(({ outcome }) => outcome)).toEqual(["pending"]);
  expect(codes(plan.warnings)).not.toContain("network-may-be-public");
  expect(warnings).toEqual([{ code: "network-may-be-public", message: expect.stringContaining("10.0.0.254") }]);
  expect(run(specOf("xp"), "batch").warnings).toEqual([]);
});

test("settings of the adapter, a gateway outside the subnet, and what cannot be read", () => {
  const jumbo = { kind: "advanced-property", name: "*JumboPacket", text: "Jumbo Packet is 9014 Bytes" } as const;
  const ofProfile = run(specOf("10"), "program", profileConnection(1, { adapterSettings: [jumbo] }));
  expect(ofProfile.warnings[0]).toEqual({
    code: "adapter-settings-not-moved",
    message: expect.stringMatching(/Jumbo Packet is 9014 Bytes\. Set them on .*Adapter 2.* after the first start/),
  });
  const tcpip = { ...staticValues("10", "10.0.0.1", "10.9.9.254"), NameServer: { type: 4, data: new Uint8Array(4) } };
  expect(codes(run(specOf("10", {}, tcpip), "program").warnings)).toEqual([
    "gateway-outside-subnet",
    "unreadable-setting",
    "network-may-be-public",
  ]);
});

test.each([
  ["batch", "first-boot-cannot-carry", "a batch file does not carry them"],
  ["program", "ipv4-routes-inferred", "Look at them after the first start"],
] as const)("IPv4 routes that NSI keeps by LUID are named (%s)", (way, code, words) => {
  const routes = { ...nsiRoute(1, "0.0.0.0/0", "10.0.0.254"), ...nsiRoute(1, "172.16.0.0/12", "10.0.0.2") };
  const spec = specOf("7", { [IPV4_ROUTES]: { ...routes, ...nsiRoute(9, "192.168.0.0/16", "10.0.0.3") } });
  for (const connection of [undefined, profileConnection(1)]) {
    const told = run(spec, way, connection).warnings.filter((warning) => warning.code === code);
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain("the IPv4 routes 172.16.0.0/12 by 10.0.0.2");
    expect(told[0]?.message).toContain(words);
    expect(told[0]?.message).not.toContain("192.168");
  }
  expect(codes(run(spec, way, profileConnection(1, { guid: guidOf(9) })).warnings)).not.toContain(code);
});

test("IPv6 records that are not understood are named; a source with nothing else is not served", () => {
  const spec = specOf("10", { [IPV6_ADDRESSES]: STRANGE });
  const { warnings, composition } = run(spec, "program");
  expect(composition.served.size).toBe(1);
  expect(warnings[0]).toEqual({ code: "first-boot-cannot-carry", message: expect.stringContaining(STRANGE_NAME) });
  expect(run(spec, "program", profileConnection(1)).warnings[0]).toEqual({
    code: "unreadable-not-in-profile",
    message: expect.stringContaining(STRANGE_NAME),
  });

  const alone = run(specOf("10", { [IPV6_ADDRESSES]: STRANGE }, dhcpValues("10")), "program");
  expect(alone.plan.sources.map(({ outcome }) => outcome)).toEqual(["pending"]);
  expect([...alone.composition.unserved.values()]).toEqual([expect.stringContaining("records that cannot be read")]);
});
