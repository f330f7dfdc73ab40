/** Which kinds of adapters are sources and targets: teams, virtual switches, management controllers, network boot, virtual functions. */
import { describe, expect, test } from "vitest";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import { captureProfile } from "../../src/profile/capture.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { guidOf, inventoryAdapter, inventoryOf, macOf } from "../support/models.ts";
import { type PhonyAdapter, PhonyRegistry, type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { addressesIn, planned, planOf, profileConnection, profileOf, told } from "./bench.ts";

const TEAM = { componentId: "compositebus\\ms_implat_mp", instanceId: "COMPOSITEBUS\\MS_IMPLAT_MP\\{1}" };
const HOST = { componentId: "root\\vms_mp", instanceId: "ROOT\\VMS_MP\\0000" };
const IDRAC = ["USB\\VID_413C&PID_A102&REV_0001", "USB\\VID_413C&PID_A102"];
const FUNCTION = ["PCI\\VEN_15B3&DEV_1016&SUBSYS_00081414&REV_80"];
const SYNTHETIC = ["VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}"];

const withAddress = (number: number, more: Partial<PhonyAdapter> = {}): PhonyAdapter => ({
  number,
  tcpip: staticValues("10", `10.0.0.${number}`, "10.0.0.254"),
  ...more,
});
const windows10 = (...adapters: readonly PhonyAdapter[]): PhonySpec => ({ family: "10", adapters });
const gone = (number: number, more: Partial<PhonyAdapter> = {}): PhonyAdapter => ({ number, present: false, ...more });
const machine = (...numbers: readonly number[]) =>
  inventoryOf(...numbers.map((number) => inventoryAdapter({ mac: { permanent: macOf(number) } })));

describe("a static team", () => {
  const team = withAddress(1, { software: TEAM, name: "Team" });
  const member = { carries: "NdisImPlatform" };
  const alone = windows10(team, gone(2, member), gone(3, member), { number: 4 });

  test("whose members are all gone moves to a network card, and gives its address up", () => {
    const { plan, after } = planned(alone, {});
    expect(told(plan)).toEqual(["1 moved -> Ethernet 4 (order)"]);
    expect(plan.sources[0]?.reason).toMatch(/the orphan "Team" gives its addresses up/);
    expect(addressesIn(after)).toEqual({ "Ethernet 4": "10.0.0.1" });
    expect(plan.exitCode).toBe(0);
  });

  test("a second run has nothing to do", () => {
    const { registry } = planned(alone, {});
    expect(planOf(registry, {})).toMatchObject({ steps: [], exitCode: 0 });
  });

  test("one of whose members is there is kept, and no member is a target", () => {
    const spec = windows10(team, { number: 2, ...member }, gone(3, member));
    const { plan } = planned(spec, {});
    expect(told(plan)).toEqual(["1 kept -> Team"]);
    expect(plan.sources[0]?.reason).toMatch(/^its team is here: "Ethernet 2" .*; gone: "Ethernet 3"/);
    expect(plan).toMatchObject({ steps: [], exitCode: 0 });
  });

  test("of a member that cannot get a source's address it is said why", () => {
    const spec = windows10(team, { number: 2, ...member }, withAddress(5, { present: false }));
    const { plan } = planned(spec, {});
    expect(told(plan)).toEqual(["1 kept -> Team", "2 unplaced"]);
    expect(plan.sources[1]?.reason).toMatch(/"Ethernet 2": it carries a team, and TCP\/IP is bound to that/);
  });

  test("of two teams with one member there neither is moved; --map moves the one that a person means", () => {
    const other = withAddress(6, {
      software: { ...TEAM, instanceId: "COMPOSITEBUS\\MS_IMPLAT_MP\\{6}" },
      name: "Other",
    });
    const spec = windows10(team, other, { number: 2, ...member }, gone(3, member), { number: 4 });
    const inventory = machine(2, 4);
    const { plan } = planned(spec, { inventory });
    expect(told(plan)).toEqual(["1 unplaced", "2 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/several of its kind.*--map says where it belongs/);
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
    const mapped = planned(spec, { inventory, options: { map: [["Team", "Ethernet 4"]], exclude: ["Other"] } });
    expect(told(mapped.plan)).toEqual(["1 moved -> Ethernet 4 (map)", "2 skipped"]);
  });

  test("is captured, and moves from its profile when its members are gone on the new machine", () => {
    const before = readWindows(
      new PhonyRegistry(windows10(team, { number: 2, ...member }, { number: 3, ...member })).root(),
    );
    const profile = captureProfile(before, () => ({ orphan: false, reason: "" }), { now: new Date(0), from: "x" });
    expect(profile.connections.map(({ name, apply }) => [name, apply])).toEqual([["Team", "move"]]);
    const { plan, after } = planned(alone, { profile, inventory: machine(4) });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 4 (order)"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 4": "10.0.0.1" });
    const kept = planned(windows10(team, { number: 2, ...member }), { profile, inventory: machine(2) });
    expect(told(kept.plan)).toEqual(["1 kept -> Team"]);
  });
});

describe("a static virtual switch", () => {
  const host = withAddress(1, { software: HOST, name: "vEthernet (LAN)" });

  test("whose uplink is gone moves; whose uplink is there is kept", () => {
    const uplink = { carries: "VMSP" };
    expect(told(planned(windows10(host, gone(2, uplink), { number: 4 }), {}).plan)).toEqual([
      "1 moved -> Ethernet 4 (order)",
    ]);
    const { plan } = planned(windows10(host, { number: 2, ...uplink }, { number: 4 }), {});
    expect(told(plan)).toEqual(["1 kept -> vEthernet (LAN)"]);
    expect(plan.sources[0]?.reason).toMatch(/^its virtual switch is here: "Ethernet 2"/);
  });

  test("without an uplink is left, and told", () => {
    const { plan } = planned(windows10(host, { number: 4 }), {});
    expect(told(plan)).toEqual(["1 skipped"]);
    expect(plan.sources[0]?.reason).toMatch(/internal one/);
    expect(plan).toMatchObject({ steps: [], exitCode: 0 });
  });
});

describe("a management controller's adapter", () => {
  const old = withAddress(1, { present: false });
  const controller: PhonyAdapter = { number: 2, name: "iDRAC", hardwareIds: IDRAC };

  test("is no target by order, and that is said; --map names it", () => {
    const { plan } = planned(windows10(old, controller), {});
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/"iDRAC": it leads to the server's management controller only/);
    const mapped = planned(windows10(old, controller), { options: { map: [["1", "iDRAC"]] } });
    expect(told(mapped.plan)).toEqual(["1 moved -> iDRAC (map)"]);
  });

  test("that Windows does not know yet is none either", () => {
    const inventory = inventoryOf(
      inventoryAdapter({ hardwareIds: IDRAC, mac: { permanent: macOf(9) } }),
      inventoryAdapter({ mac: { permanent: macOf(8) } }),
    );
    expect(told(planned(windows10(old), { inventory }).plan)).toEqual([`1 pending -> ${macOf(8)} (order)`]);
    const profile = profileOf([profileConnection(9, { mac: { permanent: macOf(9), user: [] } })]);
    const { plan } = planned(windows10(old), { inventory, profile });
    expect(told(plan)).toEqual(["9 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/adapter of a management controller/);
  });

  test("of the old server is no source, and its profile skips it", () => {
    const spec = windows10(withAddress(2, { ...controller, present: false }), { number: 4 });
    const { plan } = planned(spec, {});
    expect(told(plan)).toEqual(["1 skipped"]);
    expect(plan.sources[0]?.reason).toMatch(/management controller/);
    const profile = captureProfile(readWindows(new PhonyRegistry(spec).root()), () => ({ orphan: false, reason: "" }), {
      now: new Date(0),
      from: "x",
    });
    expect(profile.connections[0]).toMatchObject({ apply: "skip", note: expect.stringContaining("management") });
  });
});

describe("an adapter that Windows boots over", () => {
  const boot: PhonyAdapter = { number: 2, driver: { service: "ixgbs", start: 0 } };

  test("is no target by order; a driver that starts on demand is none of these", () => {
    const { plan } = planned(windows10(withAddress(1, { present: false }), boot), {});
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/"Ethernet 2": .*iSCSI/);
    const demand = { ...boot, driver: { service: "ixgbs", start: 3 } };
    expect(told(planned(windows10(withAddress(1, { present: false }), demand), {}).plan)).toEqual([
      "1 moved -> Ethernet 2 (order)",
    ]);
  });
});

describe("a virtual function", () => {
  const profile = profileOf([profileConnection(1, { mac: { permanent: macOf(7), user: [] } })]);
  const share: PhonyAdapter = { number: 2, hardwareIds: FUNCTION, mac: 7 };
  const shareThere = inventoryAdapter({
    hardwareIds: FUNCTION,
    mac: { permanent: macOf(7) },
    location: { bus: 2, device: 2, function: 0 },
  });

  test("behind a synthetic adapter with its address is not taken for it", () => {
    const synthetic: PhonyAdapter = { number: 3, hardwareIds: SYNTHETIC, mac: 7 };
    const inventory = inventoryOf(
      shareThere,
      inventoryAdapter({ hardwareIds: SYNTHETIC, mac: { permanent: macOf(7) } }),
    );
    const { plan } = planned(windows10(gone(1), share, synthetic), { profile, inventory });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 3 (mac)"]);
    expect(plan.warnings.map(({ code }) => code)).not.toContain("duplicate-mac");
  });

  test("that stands alone is a network card", () => {
    const { plan } = planned(windows10(gone(1), share), { profile, inventory: inventoryOf(shareThere) });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (mac)"]);
  });
});

test("two network cards with one address: told, and nothing is paired by it", () => {
  const profile = profileOf([profileConnection(1, { mac: { permanent: macOf(7), user: [] } })]);
  const { plan } = planned(windows10(gone(1), { number: 2, mac: 7 }, { number: 3, mac: 7 }), { profile });
  expect(told(plan)).toEqual(["1 unplaced"]);
  expect(plan.warnings).toContainEqual({ code: "duplicate-mac", message: expect.stringContaining(macOf(7)) });
});

test("what is said of each in inspect's verdicts: the members of a team are not lost from sight", () => {
  const windows = readWindows(
    new PhonyRegistry(
      windows10(
        withAddress(1, { software: TEAM }),
        { number: 2, carries: "NdisImPlatform" },
        { number: 3, hardwareIds: IDRAC },
      ),
    ).root(),
  );
  expect(
    matchAdapters(windows).connections.map(({ connection }) => [
      connection.adapter?.kind,
      connection.adapter?.memberOf,
    ]),
  ).toEqual([
    ["team", undefined],
    ["management-controller", undefined],
    ["ethernet", "team"],
  ]);
  expect(windows.connections[0]?.adapter?.foundation).toEqual({ members: [guidOf(2)], attributed: true });
});
