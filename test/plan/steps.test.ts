/** The steps of a plan: what a move changes in the hive, and nothing else. */
import { describe, expect, test } from "vitest";
import { macOf } from "../support/models.ts";
import {
  dhcpValues,
  leaseValues,
  luidOf,
  nsiAddress,
  nsiRoute,
  PhonyRegistry,
  type PhonySpec,
  staticValues,
} from "../support/phony-registry.ts";
import { addressesIn, machineWith, planned, planOf, profileConnection, profileOf, told, warningsOf } from "./bench.ts";

const ROUTES = "Services\\Tcpip\\Parameters\\PersistentRoutes";
const entry = { type: 1, data: new Uint8Array() };

/** As the real Windows 7 hive, moved and booted once: two control sets, NSI records, a note of each gateway. */
const SEVEN: PhonySpec = {
  family: "7",
  controlSets: [1, 2],
  adapters: [
    { number: 1, present: false, tcpip: staticValues("7", "10.0.0.1", "10.0.0.254") },
    { number: 2, tcpip: { ...dhcpValues("7"), ...leaseValues("192.168.146.2") } },
    { number: 3, tcpip: staticValues("7", "172.16.0.3", "172.16.0.1") },
  ],
  more: Object.fromEntries(
    [1, 2].flatMap((set) => [
      [
        `ControlSet00${set}\\${ROUTES}`,
        {
          "0.0.0.0,0.0.0.0,10.0.0.254,-1": entry,
          "0.0.0.0,0.0.0.0,172.16.0.1,-1": entry,
          "10.0.0.0,255.0.0.0,10.0.0.253,1": entry,
        },
      ],
      [
        `ControlSet00${set}\\Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}\\10`,
        { ...nsiAddress(1, "10.0.0.1"), ...nsiAddress(3, "172.16.0.3") },
      ],
      [
        `ControlSet00${set}\\Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}\\16`,
        nsiRoute(1, "0.0.0.0/0", "10.0.0.254"),
      ],
    ]),
  ),
};

const same = profileOf([profileConnection(1)]);

/** Values that differ between two registries, without their data: "Tcpip\Parameters\...\IPAddress". */
function difference(before: readonly string[], after: readonly string[]): string[] {
  const names = (lines: readonly string[], others: readonly string[]): string[] =>
    lines.filter((line) => !others.includes(line)).map((line) => line.replace(/ \d+ [0-9a-f]*$/, ""));
  return [...new Set([...names(before, after), ...names(after, before)])].toSorted();
}

test("both control sets alike: target, mirror, orphan, NSI; nothing else", () => {
  const before = new PhonyRegistry(SEVEN).lines();
  const { plan, registry, after } = planned(SEVEN, { profile: same, inventory: machineWith(2, 3) });
  expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
  expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1", "Ethernet 3": "172.16.0.3" });
  const changed = difference(before, registry.lines());
  const inSet = (set: number): string[] =>
    changed
      .filter((line) => line.startsWith(`ControlSet00${set}\\`))
      .map((line) => line.slice("ControlSet001\\".length));
  expect(inSet(1)).toEqual(inSet(2));
  const places = new Set(inSet(1).map((line) => line.replace(/\\[^\\]*$/, "")));
  expect([...places].toSorted()).toEqual([
    "Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}\\10",
    "Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}\\16",
    "Services\\Tcpip\\Parameters\\Interfaces\\{00000001-0000-4000-8000-000000000001}",
    "Services\\Tcpip\\Parameters\\Interfaces\\{00000002-0000-4000-8000-000000000002}",
    "Services\\{00000001-0000-4000-8000-000000000001}\\Parameters\\Tcpip",
    "Services\\{00000002-0000-4000-8000-000000000002}\\Parameters\\Tcpip",
  ]);
  const nsi = "ControlSet002\\Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}\\10";
  expect(registry.names(nsi)).toEqual([`${luidOf(2)}0a00000100000000`, `${luidOf(3)}ac10000300000000`]);
});

test("the steps taken back, all is as it was", () => {
  const registry = new PhonyRegistry(SEVEN);
  const before = registry.lines();
  const plan = planOf(registry, { profile: same, inventory: machineWith(2, 3) });
  registry.apply(plan.steps);
  expect(registry.lines()).not.toEqual(before);
  registry.undo(plan.steps);
  expect(registry.lines()).toEqual(before);
});

describe("the default route that Windows noted", () => {
  const routesAfter = (profile: ReturnType<typeof profileOf>): string[] => {
    const { registry } = planned(SEVEN, { profile, inventory: machineWith(2, 3) });
    expect(registry.names(`ControlSet002\\${ROUTES}`)).toEqual(registry.names(`ControlSet001\\${ROUTES}`));
    return registry.names(`ControlSet001\\${ROUTES}`);
  };

  test("stays when the gateway moves along", () => {
    expect(routesAfter(same)).toContain("0.0.0.0,0.0.0.0,10.0.0.254,-1");
  });

  test("goes when nobody has that gateway any more; an administrator's route and another's gateway stay", () => {
    const edited = profileOf([profileConnection(1, { ipv4: { gateways: [{ address: "10.0.0.253", metric: 0 }] } })]);
    expect(routesAfter(edited)).toEqual(["0.0.0.0,0.0.0.0,172.16.0.1,-1", "10.0.0.0,255.0.0.0,10.0.0.253,1"]);
  });
});

test("an orphan with one more address than was moved keeps all, and that is told", () => {
  const spec: PhonySpec = {
    family: "10",
    adapters: [
      { number: 2 },
      { number: 7, present: false, tcpip: { ...staticValues("10", "10.0.0.1"), ...twoAddresses() } },
    ],
  };
  const { plan, after } = planned(spec, { profile: same, inventory: machineWith(2) });
  expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1", "Ethernet 7": "10.0.0.1,10.0.0.2" });
  expect(warningsOf(plan)).toEqual([
    { code: "orphan-keeps-address", message: expect.stringContaining("addresses that were not moved") },
  ]);
});

test("any orphan that has the address gives it up, whosever it was", () => {
  const spec: PhonySpec = {
    family: "10",
    adapters: [{ number: 2 }, { number: 7, present: false, tcpip: staticValues("10", "10.0.0.1") }],
  };
  const handWritten = profileOf([profileConnection(1, { guid: undefined, mac: { user: [macOf(2)] } })]);
  const { plan, after } = planned(spec, { profile: handWritten, inventory: machineWith(2) });
  expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (mac)"]);
  expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1" });
});

test("a control set without the target is told", () => {
  const spec: PhonySpec = { family: "7", controlSets: [1, 2], adapters: [{ number: 2, inControlSets: [1] }] };
  const { plan } = planned(spec, { profile: same, inventory: machineWith(2) });
  expect(warningsOf(plan)).toEqual([
    {
      code: "control-set-lacks-interface",
      message: expect.stringContaining('ControlSet002 has no interface "Ethernet 2"'),
    },
  ]);
  expect(plan.exitCode).toBe(0);
});

function twoAddresses() {
  const text = (list: string): Uint8Array => new Uint8Array(Buffer.from(`${list}\0\0`, "utf16le"));
  return {
    IPAddress: { type: 7, data: text("10.0.0.1\u000010.0.0.2") },
    SubnetMask: { type: 7, data: text("255.255.255.0\u0000255.255.255.0") },
  };
}
