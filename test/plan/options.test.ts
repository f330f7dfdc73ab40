/** What a person may say: --map, --exclude, --match, --all-or-nothing, --orphans. */
import { describe, expect, test } from "vitest";
import type { PlanOptions } from "../../src/plan/options.ts";
import { guidOf, macOf } from "../support/models.ts";
import { PhonyRegistry, type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { addressesIn, machineWith, planned, planOf, profileConnection, profileOf, told, warningsOf } from "./bench.ts";

const SPEC: PhonySpec = {
  family: "10",
  adapters: [
    { number: 1, present: false, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") },
    { number: 2 },
    { number: 3 },
    { number: 4 },
  ],
};
const profile = profileOf([profileConnection(1), profileConnection(12, { name: "Backup" })]);

function run(options: Partial<PlanOptions>, inventory = machineWith(2, 3, 4)) {
  return planned(SPEC, { profile, inventory, options });
}

function failure(options: Partial<PlanOptions>, inventory = machineWith(2, 3, 4)): () => unknown {
  return () => planOf(new PhonyRegistry(SPEC), { profile, inventory, options });
}

describe("--map", () => {
  test.each<[string, string, string]>([
    ["numbers", "12", "4"],
    ["names, without case", "backup", "ETHERNET 4"],
    ["GUIDs, in any notation", guidOf(12), guidOf(4).slice(1, -1).toLowerCase()],
    ["MAC addresses, in any notation", macOf(12).replaceAll("-", ":"), macOf(4).replaceAll("-", "")],
  ])("by %s", (_what, source, target) => {
    expect(told(run({ map: [[source, target]] }).plan)).toEqual([
      "1 moved -> Ethernet 2 (order)",
      "12 moved -> Ethernet 4 (map)",
    ]);
  });

  test("goes before the MAC address, and what is mapped is nobody else's", () => {
    const macs = profileOf([profileConnection(1, { mac: { permanent: macOf(2), user: [] } }), profileConnection(12)]);
    const { plan } = planned(SPEC, {
      profile: macs,
      inventory: machineWith(2, 3),
      options: {
        map: [
          ["1", "Ethernet 3"],
          ["12", "Ethernet 2"],
        ],
      },
    });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 3 (map)", "12 moved -> Ethernet 2 (map)"]);
  });

  test("moves what the profile skips", () => {
    const skipping = profileOf([profileConnection(1, { apply: "skip" })]);
    expect(
      told(
        planned(SPEC, { profile: skipping, inventory: machineWith(2), options: { map: [["1", "Ethernet 2"]] } }).plan,
      ),
    ).toEqual(["1 moved -> Ethernet 2 (map)"]);
  });

  test("to an adapter that Windows does not know yet is pending", () => {
    const { plan } = planned(SPEC, { profile, inventory: machineWith(2, 50), options: { map: [["1", macOf(50)]] } });
    expect(told(plan)).toEqual(["1 pending -> 00-0C-29-00-00-32 (map)", "12 moved -> Ethernet 2 (order)"]);
  });

  test("says where a source goes of which cannot be told whether its adapter is there; its interface is then given up", () => {
    const spec: PhonySpec = {
      family: "xp",
      adapters: [{ number: 1, tcpip: staticValues("xp", "10.0.0.1") }, { number: 2 }],
    };
    const hardwareIds = ["PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01"];
    const inventory = {
      origin: "machine.json",
      adapters: [
        { mac: {}, hardwareIds, location: { bus: 2, device: 2, function: 0 } },
        { mac: { permanent: macOf(77) }, hardwareIds: [] },
      ],
    };
    const { plan, after } = planned(spec, {
      profile: profileOf([profileConnection(1)]),
      inventory,
      options: { map: [["1", "Ethernet 2"]] },
    });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (map)"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1" });
  });

  test("of a source that is in place already stays so only at its place", () => {
    const asked = { profile, inventory: machineWith(2, 3, 4) };
    const { registry } = planned(SPEC, { ...asked, options: { map: [["1", "4"]] } });
    expect(told(planOf(registry, { ...asked, options: { map: [["1", "4"]] } }))[0]).toBe("1 already -> Ethernet 4");
    expect(told(planOf(registry, { ...asked, options: { map: [["1", "3"]] } }))[0]).toBe("1 conflict");
  });

  test.each<[string, [string, string][], string, string, RegExp]>([
    ["an unknown source", [["Nobody", "2"]], "usage", "unknown-name", /no source "Nobody"/],
    ["an unknown target", [["1", "Ethernet 99"]], "usage", "unknown-name", /no target "Ethernet 99"/],
    [
      "a source twice",
      [
        ["1", "2"],
        ["1", "3"],
      ],
      "usage",
      "source-mapped-twice",
      /mapped twice/,
    ],
    [
      "a target twice",
      [
        ["1", "2"],
        ["12", "2"],
      ],
      "usage",
      "target-mapped-twice",
      /two sources are mapped to "Ethernet 2"/,
    ],
    [
      "an orphan as a target",
      [["12", "1"]],
      "refused",
      "target-not-eligible",
      /"Ethernet 1" cannot be a target, because its adapter is not part of the machine/,
    ],
  ])("%s is refused", (_what, map, exit, code, message) => {
    expect(failure({ map })).toThrow(expect.objectContaining({ exit, code, message: expect.stringMatching(message) }));
  });

  test("what names several is refused with all of them; an orphan of the same name is not meant", () => {
    const twins: PhonySpec = {
      family: "10",
      adapters: [
        { number: 2, name: "LAN" },
        { number: 3, name: "lan" },
      ],
    };
    const attempt = () =>
      planOf(new PhonyRegistry(twins), { profile, inventory: machineWith(2, 3), options: { map: [["1", "LAN"]] } });
    expect(attempt).toThrow(
      expect.objectContaining({ exit: "usage", code: "ambiguous-name", message: expect.stringContaining(guidOf(3)) }),
    );
    const orphan: PhonySpec = {
      family: "10",
      adapters: [
        { number: 2, name: "LAN", present: false },
        { number: 3, name: "LAN" },
      ],
    };
    expect(
      told(
        planned(orphan, {
          profile: profileOf([profileConnection(1)]),
          inventory: machineWith(3),
          options: { map: [["1", "LAN"]] },
        }).plan,
      ),
    ).toEqual(["1 moved -> LAN (map)"]);
  });
});

describe("--exclude", () => {
  test("a number is a source", () => {
    expect(told(run({ exclude: ["12"] }).plan)).toEqual(["1 moved -> Ethernet 2 (order)", "12 skipped"]);
  });

  test("a name or MAC address leaves the adapter out", () => {
    for (const name of ["Ethernet 2", macOf(2), guidOf(2)]) {
      expect(told(run({ exclude: [name] }).plan)).toEqual([
        "1 moved -> Ethernet 3 (order)",
        "12 moved -> Ethernet 4 (order)",
      ]);
    }
  });

  test("a source by its MAC address is not placed elsewhere when its adapter is left out", () => {
    const known = profileOf([profileConnection(1, { guid: undefined, mac: { permanent: macOf(2), user: [] } })]);
    const { plan } = planned(SPEC, {
      profile: known,
      inventory: machineWith(2, 3),
      options: { exclude: ["Ethernet 2"] },
    });
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toContain("left out by --exclude");
  });

  test("an orphan that is a source", () => {
    const { plan } = planned(SPEC, { options: { sources: "orphans", exclude: ["Ethernet 1"] } });
    expect(told(plan)).toEqual(["1 skipped"]);
    expect(plan).toMatchObject({ steps: [], exitCode: 0 });
  });

  test("what names nothing, and what is mapped too, is refused", () => {
    expect(failure({ exclude: ["Ethernet 99"] })).toThrow(
      expect.objectContaining({ exit: "usage", code: "unknown-name" }),
    );
    expect(failure({ exclude: ["12"], map: [["12", "2"]] })).toThrow(
      expect.objectContaining({ exit: "usage", code: "mapped-and-excluded" }),
    );
    expect(failure({ exclude: ["Ethernet 2"], map: [["12", "2"]] })).toThrow(
      expect.objectContaining({ exit: "usage", code: "mapped-and-excluded" }),
    );
  });
});

describe("--match mac", () => {
  test("nothing goes by order", () => {
    const { plan } = run({ pairBy: ["mac"] });
    expect(told(plan)).toEqual(["1 unplaced", "12 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/--match mac leaves out the pairing by order/);
  });
});

describe("--all-or-nothing", () => {
  test("all have a place: all are moved", () => {
    expect(run({ allOrNothing: true }).plan.exitCode).toBe(0);
  });

  test("one has none: nothing is moved", () => {
    const { plan } = run({ allOrNothing: true }, machineWith(2));
    expect(told(plan)).toEqual(["1 unplaced -> Ethernet 2 (order)", "12 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(
      /nothing is moved, because source 12 \("Backup"\) has no place, and --all-or-nothing was given/,
    );
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
  });

  test("one is pending: nothing is moved", () => {
    const { plan } = run({ allOrNothing: true }, machineWith(2, 50));
    expect(told(plan)).toEqual(["1 unplaced -> Ethernet 2 (order)", "12 pending -> 00-0C-29-00-00-32 (order)"]);
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
  });
});

describe("--orphans keep", () => {
  test("the orphan keeps its addresses, and that is told; a second run has nothing to do", () => {
    const options = { orphans: "keep" as const };
    const { plan, after, registry } = run(options);
    expect(addressesIn(after)).toEqual({
      "Ethernet 1": "10.0.0.1",
      "Ethernet 2": "10.0.0.1",
      "Ethernet 3": "10.0.0.12",
    });
    expect(warningsOf(plan)).toEqual([
      { code: "orphan-keeps-address", message: expect.stringContaining('"Ethernet 1"') },
    ]);
    const again = planOf(registry, { profile, inventory: machineWith(2, 3, 4), options });
    expect(told(again)).toEqual(["1 already -> Ethernet 2", "12 already -> Ethernet 3"]);
    expect(again.steps).toEqual([]);
  });
});
