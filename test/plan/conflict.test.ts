/** An address that would be on two interfaces: refused with both their names, or forced and told. */
import { describe, expect, test } from "vitest";
import { dword } from "../support/fake-key.ts";
import { guidOf } from "../support/models.ts";
import { type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { addressesIn, machineWith, planned, planOf, profileConnection, profileOf, told } from "./bench.ts";

const BOTH_THERE: PhonySpec = { family: "10", adapters: [{ number: 2 }, { number: 3 }] };
const IN_USE: PhonySpec = {
  family: "10",
  adapters: [{ number: 2 }, { number: 3, tcpip: staticValues("10", "10.0.0.1") }],
};
const FORCED = { options: { allowConflict: true } };

function forcedWarnings({ warnings }: { readonly warnings: readonly { code: string; message: string }[] }): string[] {
  return warnings.flatMap(({ code, message }) => (code === "forced-conflict" ? [message] : []));
}

/** Has one of the addresses of the other, and settings of its own. */
const twin = profileConnection(4, {
  ipv4: { addresses: [{ address: "10.0.0.1", prefixLength: 24 }], gateways: [] },
});

describe("an address that stays active on another interface", () => {
  const asked = {
    profile: profileOf([profileConnection(1), profileConnection(4)]),
    inventory: machineWith(2, 3),
  };

  test("is refused, both are named, and nothing is changed at all", () => {
    const { plan } = planned(IN_USE, asked);
    expect(told(plan)).toEqual(["1 conflict", "4 unplaced -> Ethernet 2 (order)"]);
    expect(plan.sources[0]?.reason).toMatch(
      /^10\.0\.0\.1 of source 1 \("Old 1"\) is also on "Ethernet 3", which stays/,
    );
    expect(plan.sources[1]?.reason).toMatch(/nothing is moved, because source 1 \("Old 1"\) is in conflict/);
    expect(plan).toMatchObject({ steps: [], exitCode: 24 });
    expect(forcedWarnings(plan)).toEqual([]);
  });

  test("is moved when it is forced, and told with both interfaces; a second run has nothing to do", () => {
    const { plan, after, registry } = planned(IN_USE, { ...asked, ...FORCED });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)", "4 unplaced"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1", "Ethernet 3": "10.0.0.1" });
    expect(forcedWarnings(plan)).toEqual([
      expect.stringMatching(
        /^Forced: 10\.0\.0\.1 will be on "Ethernet 2" \(from source 1 \("Old 1"\)\) and on "Ethernet 3"/,
      ),
    ]);
    const again = planOf(registry, { ...asked, ...FORCED });
    expect(told(again)[0]).toBe("1 already -> Ethernet 2");
    expect(again.steps).toEqual([]);
  });

  test("on an interface of which it cannot be told whether it is there: refused too", () => {
    const spec: PhonySpec = {
      family: "7",
      adapters: [
        { number: 2 },
        { number: 3, present: false, disabled: true, tcpip: staticValues("7", "10.0.0.1") },
        { number: 4, present: false, tcpip: staticValues("7", "10.0.0.1", undefined, { TcpAckFrequency: dword(1) }) },
      ],
    };
    const { plan } = planned(spec, {});
    expect(told(plan)).toEqual(["2 unplaced", "3 conflict"]);
    expect(plan.exitCode).toBe(24);
  });

  test("--exclude solves it; --force conflict without one forces nothing and says nothing", () => {
    const excluded = planned(IN_USE, { ...asked, options: { exclude: ["Old 1"] } }).plan;
    expect(told(excluded)).toEqual(["1 skipped", "4 moved -> Ethernet 2 (order)"]);
    expect(forcedWarnings(planned(BOTH_THERE, { ...asked, ...FORCED }).plan)).toEqual([]);
  });
});

describe("two sources with one address", () => {
  const asked = { profile: profileOf([profileConnection(1), twin]), inventory: machineWith(2, 3) };

  test("onto two targets: refused, both are named", () => {
    const { plan } = planned(BOTH_THERE, asked);
    expect(told(plan)).toEqual(["1 unplaced -> Ethernet 2 (order)", "4 conflict"]);
    expect(plan.sources[1]?.reason).toMatch(/^10\.0\.0\.1 of source 4 \("Old 4"\) is also of source 1 \("Old 1"\)/);
    expect(plan).toMatchObject({ steps: [], exitCode: 24 });
  });

  test("forced: both are moved, and told", () => {
    const { plan, after } = planned(BOTH_THERE, { ...asked, ...FORCED });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)", "4 moved -> Ethernet 3 (order)"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1", "Ethernet 3": "10.0.0.1" });
    expect(forcedWarnings(plan)).toEqual([
      expect.stringMatching(/"Ethernet 2" \(from source 1 .* and on "Ethernet 3" \(from source 4/),
    ]);
  });

  test("with the same settings are one source twice, forced or not", () => {
    const profile = profileOf([profileConnection(1), profileConnection(4, { ipv4: profileConnection(1).ipv4 })]);
    for (const options of [{}, FORCED.options]) {
      expect(told(planned(BOTH_THERE, { profile, inventory: machineWith(2, 3), options }).plan)).toEqual([
        "1 moved -> Ethernet 2 (order)",
        "4 skipped",
      ]);
    }
  });
});

describe("what is no conflict", () => {
  test("an orphan's address is not in use", () => {
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ number: 2 }, { number: 3, present: false, tcpip: staticValues("10", "10.0.0.1") }],
    };
    const { plan, after } = planned(spec, {
      profile: profileOf([profileConnection(1, { guid: guidOf(77) })]),
      inventory: machineWith(2),
    });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1" });
  });

  test("that of an adapter which the profile makes DHCP in the same run", () => {
    const given = profileConnection(3, { apply: "dhcp", ipv4: profileConnection(1).ipv4 });
    const { plan, after } = planned(IN_USE, {
      profile: profileOf([profileConnection(1), given]),
      inventory: machineWith(2, 3),
    });
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)", "3 moved -> Ethernet 3"]);
    expect(addressesIn(after)).toEqual({ "Ethernet 2": "10.0.0.1" });
  });

  test("unless that adapter is left as it is after all", () => {
    // The adapter that is to be DHCP has the MAC address of the source, which is to be moved: nothing is taken from it.
    const given = profileConnection(3, { apply: "dhcp", ipv4: profileConnection(1).ipv4 });
    const mover = profileConnection(1, { mac: profileConnection(3).mac });
    const { plan } = planned(IN_USE, { profile: profileOf([mover, given]), inventory: machineWith(2, 3) });
    expect(plan.steps).toEqual([]);
    expect(plan.exitCode).not.toBe(0);
  });
});
