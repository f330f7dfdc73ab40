/** The safety rule of pairing: what is not proven is not moved, and a found profile is for its own machine only. */
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { DHCP, guidOf } from "../support/models.ts";
import { PhonyRegistry, type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { dword, multiSz, sz } from "../support/fake-key.ts";
import { addressesIn, machineWith, planned, planOf, profileConnection, profileOf, told, warningsOf } from "./bench.ts";

const OLD = { number: 1, present: false, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") };
const BOOTED_ONCE: PhonySpec = { family: "10", adapters: [OLD, { number: 2 }] };
const NEVER_BOOTED: PhonySpec = { family: "10", adapters: [{ ...OLD, present: true }, { number: 2 }] };

const ofThisMachine = profileOf([profileConnection(1)], "srv-1");

describe("without an inventory", () => {
  test("this machine's profile, its own adapter proven gone, another proven there: moved", () => {
    const { plan, after } = planned(BOOTED_ONCE, { profile: ofThisMachine });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1" });
    expect(warningsOf(plan)).toEqual([
      { code: "presence-by-last-boot", message: expect.stringContaining("2024-05-01 10:00 UTC") },
    ]);
  });

  test("its interface is not in the image any more: gone too", () => {
    const profile = profileOf(
      [profileConnection(1, { guid: guidOf(77) }), profileConnection(2, { apply: "skip" })],
      "SRV-1",
    );
    expect(told(planned({ family: "10", adapters: [{ number: 2 }, { number: 3 }] }, { profile }).plan)).toEqual([
      "1 moved -> Ethernet 3 (order)",
      "2 skipped",
    ]);
  });

  test.each<[string, PhonySpec, ReturnType<typeof profileOf>, RegExp]>([
    [
      "another computer's profile",
      BOOTED_ONCE,
      profileOf([profileConnection(1)], "OTHER"),
      /captured from computer OTHER, and this image is SRV-1/,
    ],
    [
      "a profile that does not say whose it is",
      BOOTED_ONCE,
      { pintProfile: 1, connections: [profileConnection(1)] },
      /does not say which computer/,
    ],
    [
      "the same name, but none of its interfaces",
      BOOTED_ONCE,
      profileOf([profileConnection(1, { guid: guidOf(77) })], "SRV-1"),
      /installed anew/,
    ],
    [
      "its own adapter as there as at the last boot, though DHCP now",
      { family: "10", adapters: [{ number: 1 }, { number: 2 }] },
      ofThisMachine,
      /the hive does not show that its adapter is gone/,
    ],
    [
      "its own adapter disabled, which hides whether it is there",
      {
        family: "7",
        adapters: [
          { number: 1, present: false, disabled: true, tcpip: staticValues("7", "10.0.0.1", "10.0.0.254") },
          { number: 2 },
        ],
      },
      ofThisMachine,
      /cannot be told whether its adapter is gone/,
    ],
  ])("%s: nothing moves", (_what, spec, profile, reason) => {
    const { plan } = planned(spec, { profile });
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(
      /^nothing is moved without an inventory of the new machine \(--inventory\), because /,
    );
    expect(plan.sources[0]?.reason).toMatch(reason);
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
  });

  test("an image that was never booted on the new machine: kept, and told on what that rests", () => {
    const { plan } = planned(NEVER_BOOTED, { profile: ofThisMachine });
    expect(told(plan)).toEqual(["1 kept -> Ethernet 1"]);
    expect(plan.steps).toEqual([]);
    expect(warningsOf(plan)).toEqual([
      { code: "presence-by-last-boot", message: expect.stringContaining("give --inventory") },
    ]);
  });

  test("--map does not outweigh the rule", () => {
    const { plan } = planned(BOOTED_ONCE, {
      profile: profileOf([profileConnection(1)], "OTHER"),
      options: { map: [["1", "Ethernet 2"]] },
    });
    expect(told(plan)).toEqual(["1 unplaced"]);
  });

  test("a target must be proven present", () => {
    const spec: PhonySpec = {
      family: "7",
      adapters: [
        { ...OLD, tcpip: staticValues("7", "10.0.0.1", "10.0.0.254") },
        { number: 2, present: false, disabled: true },
      ],
    };
    const { plan } = planned(spec, { profile: ofThisMachine });
    expect(plan.sources[0]?.reason).toMatch(
      /"Ethernet 2": it cannot be told whether its adapter is part of the machine/,
    );
  });

  test("already in place is told whoever's the profile is", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ number: 2, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") }],
    };
    expect(told(planned(spec, { profile: profileOf([profileConnection(1)], "OTHER") }).plan)).toEqual([
      "1 already -> Ethernet 2",
    ]);
  });
});

describe("with an inventory", () => {
  test("another machine's profile, named by a person, is moved", () => {
    expect(
      told(
        planned(BOOTED_ONCE, { profile: profileOf([profileConnection(1)], "OTHER"), inventory: machineWith(2) }).plan,
      ),
    ).toEqual(["1 moved -> Ethernet 2 (order)"]);
  });

  test("it outweighs what the last boot saw", () => {
    const { plan, after } = planned(NEVER_BOOTED, { profile: ofThisMachine, inventory: machineWith(2) });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1" });
  });

  test("an adapter that it does not have is no target, though it was there at the last boot", () => {
    const { plan } = planned(BOOTED_ONCE, { profile: ofThisMachine, inventory: machineWith(99) });
    expect(told(plan)).toEqual(["1 pending -> 00-0C-29-00-00-63 (order)"]);
  });
});

describe("a profile that was found, not named", () => {
  test("this machine's is used", () => {
    expect(told(planned(BOOTED_ONCE, { profile: ofThisMachine, options: { profileWasFound: true } }).plan)).toEqual([
      "1 moved -> Ethernet 2 (order)",
    ]);
  });

  test.each([
    ["another computer's", profileOf([profileConnection(1)], "GOLDEN")],
    ["one without any of the image's interfaces", profileOf([profileConnection(1, { guid: guidOf(77) })], "SRV-1")],
    ["one without a computer name", { pintProfile: 1 as const, connections: [profileConnection(1)] }],
  ])("%s is refused, with an inventory too", (_what, profile) => {
    const registry = new PhonyRegistry(BOOTED_ONCE);
    const run = (): unknown =>
      planOf(registry, { profile, inventory: machineWith(2), options: { profileWasFound: true } });
    expect(run).toThrow(Failure);
    expect(run).toThrow(
      expect.objectContaining({
        exit: "noImage",
        exitCode: 21,
        code: "profile-of-another-machine",
        advice: expect.stringContaining("--profile"),
      }),
    );
  });

  test("no profile at all", () => {
    const registry = new PhonyRegistry(BOOTED_ONCE);
    expect(() => planOf(registry, { options: { sources: "profile" } })).toThrow(
      expect.objectContaining({ exit: "noImage", code: "no-profile" }),
    );
  });
});

describe("the image's own orphans as sources", () => {
  const orphans = { options: { sources: "orphans" as const } };

  test("the orphan's settings go to the adapter that is there", () => {
    const { plan, after } = planned(BOOTED_ONCE, orphans);
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(plan.exitCode).toBe(0);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1" });
    expect(after.connections.find(({ guid }) => guid === guidOf(1))?.settings).toMatchObject({ ipv4: DHCP.ipv4 });
  });

  test("then there is none left, and nothing to do", () => {
    const { registry } = planned(BOOTED_ONCE, orphans);
    expect(planOf(registry, orphans)).toMatchObject({ sources: [{ outcome: "kept" }], steps: [], exitCode: 0 });
  });

  test("what is static and there is kept; of what is unknown it is said", () => {
    const spec: PhonySpec = {
      family: "7",
      adapters: [
        { number: 1, tcpip: staticValues("7", "10.0.0.1") },
        { number: 2, present: false, disabled: true, tcpip: staticValues("7", "10.0.0.2") },
        { number: 3 },
      ],
    };
    const { plan } = planned(spec, orphans);
    expect(told(plan)).toEqual(["1 kept -> Ethernet 1", "2 unplaced"]);
    expect(plan.sources[1]?.reason).toMatch(/cannot be told whether it is an orphan/);
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
  });

  test("several orphans with the same settings are one source; all give the address up", () => {
    const spec: PhonySpec = { family: "10", adapters: [OLD, { ...OLD, number: 5 }, { number: 2 }, { number: 3 }] };
    const { plan, after } = planned(spec, orphans);
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)", "2 skipped"]);
    expect(plan.sources[1]?.reason).toMatch(/^the same settings as source 1/);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1" });
  });

  test("with the same address and other settings they contradict each other", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [
        OLD,
        { number: 5, present: false, tcpip: staticValues("10", "10.0.0.1", "10.0.0.253") },
        { number: 2 },
      ],
    };
    expect(planned(spec, orphans).plan).toMatchObject({ steps: [], exitCode: 24 });
  });

  test("binding order, not class keys", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [
        { number: 9, present: false, tcpip: staticValues("10", "10.0.0.9") },
        { number: 4, present: false, tcpip: staticValues("10", "10.0.0.4") },
        { number: 2 },
      ],
    };
    const { plan, after } = planned(spec, orphans);
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)", "2 unplaced"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.9", "Ethernet 4": "10.0.0.4" });
  });

  test("an inventory of the new machine says what is an orphan", () => {
    const { plan } = planned(NEVER_BOOTED, { ...orphans, inventory: machineWith(2) });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
  });

  test("an orphan of whose addresses not all can be read is not moved in part", () => {
    const half = {
      ...staticValues("10", "10.0.0.1"),
      IPAddress: multiSz("10.0.0.1", "10.0.0.300"),
      SubnetMask: multiSz("255.255.255.0", "255.255.255.0"),
    };
    const none = { ...staticValues("10", "10.0.0.4"), SubnetMask: multiSz("255.0.255.0") };
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ ...OLD, tcpip: half }, { number: 4, present: false, tcpip: none }, { number: 2 }, { number: 3 }],
    };
    const { plan } = planned(spec, orphans);
    expect(told(plan)).toEqual(["1 unplaced", "2 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/IPAddress holds "10\.0\.0\.300"/);
    expect(plan.sources[1]?.reason).toMatch(/SubnetMask holds "255\.0\.255\.0"/);
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
  });

  test("what cannot be read beside the addresses is a warning", () => {
    const tcpip = { ...staticValues("10", "10.0.0.1"), NameServer: sz("10.0.0.2 nonsense") };
    const { plan } = planned({ family: "10", adapters: [{ ...OLD, tcpip }, { number: 2 }] }, orphans);
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(plan.warnings).toContainEqual({ code: "unreadable-setting", message: expect.stringContaining("nonsense") });
  });

  test("a static team whose members are not found is told and left", () => {
    const registry = new PhonyRegistry({
      family: "10",
      adapters: [{ number: 1, tcpip: staticValues("10", "10.0.0.1") }, { number: 2 }],
    });
    const classKey = "ControlSet001\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\0001";
    registry.put(classKey, { Characteristics: dword(1), ComponentId: sz("compositebus\\ms_implat_mp") });
    const plan = planOf(registry, { ...orphans, inventory: machineWith(2) });
    expect(told(plan)).toEqual(["1 unplaced"]);
    expect(plan.sources[0]?.reason).toMatch(/members of its team is not found.*--map.*--exclude/);
    expect(plan).toMatchObject({ steps: [], exitCode: 25 });
  });

  test("a gateway outside the subnet is a warning", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ ...OLD, tcpip: staticValues("10", "10.0.0.1", "10.9.9.1") }, { number: 2 }],
    };
    expect(planned(spec, orphans).plan.warnings.map(({ code }) => code)).toContain("gateway-outside-subnet");
  });
});
