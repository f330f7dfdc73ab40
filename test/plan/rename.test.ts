/** `--rename`: the target takes the source's connection name, wherever Windows keeps it, and no two connections have one name. */
import { describe, expect, test } from "vitest";
import type { Guid } from "../../src/notation/guid.ts";
import type { PlanOptions } from "../../src/plan/options.ts";
import { registryBytes } from "../../src/windows/registry-data.ts";
import { sz } from "../support/fake-key.ts";
import { guidOf } from "../support/models.ts";
import { PhonyRegistry, type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { machineWith, planned, planOf, profileConnection, profileOf } from "./bench.ts";

const CONNECTIONS = "Control\\Network\\{4D36E972-E325-11CE-BFC1-08002BE10318}";
const NETWORK_SETUP2 = "Control\\NetworkSetup2\\Interfaces";
const ALIAS = "Properties\\{a111f1f4-5923-47c0-9a68-d0bafb577901}\\0010";

const TEN: PhonySpec = {
  family: "10",
  adapters: [
    { number: 1, name: "LAN", present: false, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") },
    { number: 2 },
    { number: 3 },
  ],
};
const lan = profileOf([profileConnection(1, { name: "LAN" })]);

/** The name in each of its places: the connection's, and NetworkSetup2's alias and property. */
function namesOf(registry: PhonyRegistry, guid: Guid, set = 1): (string | undefined)[] {
  const read = (path: string, name: string): string | undefined => {
    const data = registry.value(`ControlSet00${set}\\${path}`, name);
    return data && Buffer.from(registryBytes(data).data).toString("utf16le").replace(/\0$/, "");
  };
  return [
    read(`${CONNECTIONS}\\${guid}\\Connection`, "Name"),
    read(`${NETWORK_SETUP2}\\${guid}\\Kernel`, "IfAlias"),
    read(`${NETWORK_SETUP2}\\${guid}\\${ALIAS}`, ""),
  ];
}

function renamed(spec: PhonySpec, profile = lan, inventory = machineWith(2, 3), options: Partial<PlanOptions> = {}) {
  return planned(spec, { profile, inventory, options: { rename: true, ...options } });
}

const notRenamed = (warnings: readonly { code: string; message: string }[]): string[] =>
  warnings.filter(({ code }) => code === "connection-not-renamed").map(({ message }) => message);

describe("the target takes the source's name", () => {
  test("in all three places of Windows 10, and the orphan that had it steps aside", () => {
    const { registry, plan } = renamed(TEN);
    expect(namesOf(registry, guidOf(2))).toEqual(["LAN", "LAN", "LAN"]);
    expect(namesOf(registry, guidOf(1))).toEqual(["LAN (former)", "LAN (former)", "LAN (former)"]);
    expect(namesOf(registry, guidOf(3))).toEqual(["Ethernet 3", "Ethernet 3", "Ethernet 3"]);
    expect(notRenamed(plan.warnings)).toEqual([]);
    const again = planOf(registry, { profile: lan, inventory: machineWith(2, 3), options: { rename: true } });
    expect(again.steps).toEqual([]);
    expect(again.sources.map(({ outcome }) => outcome)).toEqual(["already"]);
  });

  test("the steps taken back, all is as it was", () => {
    const { registry, plan } = renamed(TEN);
    registry.undo(plan.steps);
    expect(registry.lines()).toEqual(new PhonyRegistry(TEN).lines());
  });

  test.each(["xp", "7"] as const)("in the connection alone, in every control set: %s", (family) => {
    const spec: PhonySpec = {
      family,
      controlSets: [1, 2],
      adapters: [
        { number: 1, name: "LAN", present: false, tcpip: staticValues(family, "10.0.0.1", "10.0.0.254") },
        { number: 2 },
      ],
    };
    // XP keeps no MAC address by which an inventory could know its adapters: the last boot tells.
    const profile = profileOf([profileConnection(1, { name: "LAN" })], "SRV-1");
    const { registry } = planned(spec, { profile, options: { rename: true } });
    for (const set of [1, 2]) {
      expect(namesOf(registry, guidOf(2), set)).toEqual(["LAN", undefined, undefined]);
      expect(namesOf(registry, guidOf(1), set)).toEqual(["LAN (former)", undefined, undefined]);
    }
  });

  test("not unless it is asked for", () => {
    const { plan } = renamed(TEN, lan, machineWith(2, 3), { rename: false });
    expect(plan.steps.filter(({ key }) => /Connection$|NetworkSetup2/.test(key))).toEqual([]);
  });

  test("a source in place already gives its name in a later run", () => {
    const { registry } = renamed(TEN, lan, machineWith(2, 3), { rename: false });
    const later = planOf(registry, { profile: lan, inventory: machineWith(2, 3), options: { rename: true } });
    registry.apply(later.steps);
    expect(later.sources.map(({ outcome }) => outcome)).toEqual(["already"]);
    expect(namesOf(registry, guidOf(2))).toEqual(["LAN", "LAN", "LAN"]);
  });
});

describe("no two connections have one name", () => {
  test("two targets may take each other's", () => {
    const profile = profileOf([
      profileConnection(11, { name: "Ethernet 3" }),
      profileConnection(12, { name: "ETHERNET 2" }),
    ]);
    const { registry, plan } = renamed({ family: "10", adapters: [{ number: 2 }, { number: 3 }] }, profile);
    expect(namesOf(registry, guidOf(2))).toEqual(["Ethernet 3", "Ethernet 3", "Ethernet 3"]);
    expect(namesOf(registry, guidOf(3))).toEqual(["ETHERNET 2", "ETHERNET 2", "ETHERNET 2"]);
    expect(notRenamed(plan.warnings)).toEqual([]);
  });

  test("what is no orphan keeps its name, without regard to case, and that is told", () => {
    const spec = { ...TEN, adapters: [{ number: 2 }, { number: 3, name: "lan" }] };
    const { registry, plan } = renamed(spec, lan);
    expect(namesOf(registry, guidOf(2))).toEqual(["Ethernet 2", "Ethernet 2", "Ethernet 2"]);
    expect(notRenamed(plan.warnings)).toEqual([
      `No connection is given the name "LAN": ${guidOf(3)}, which is no orphan, has that name`,
    ]);
  });

  test("a name that only NetworkSetup2 still has keeps it from others", () => {
    const left = guidOf(40);
    const spec = {
      ...TEN,
      adapters: [{ number: 2 }, { number: 3 }],
      more: { [`ControlSet001\\${NETWORK_SETUP2}\\${left}\\Kernel`]: { IfAlias: sz("LAN") } },
    };
    const { registry, plan } = renamed(spec);
    expect(namesOf(registry, guidOf(2))).toEqual(["Ethernet 2", "Ethernet 2", "Ethernet 2"]);
    expect(notRenamed(plan.warnings)[0]).toContain(left);
  });

  test("who is refused keeps its name from the one that wanted it", () => {
    // 2 wants the name of 3, which wants that of 4, which stays as it is.
    const spec: PhonySpec = {
      family: "10",
      adapters: [{ number: 2 }, { number: 3 }, { number: 4, tcpip: staticValues("10", "10.9.0.4") }],
    };
    const profile = profileOf([
      profileConnection(11, { name: "Ethernet 3" }),
      profileConnection(12, { name: "Ethernet 4" }),
    ]);
    const { registry, plan } = renamed(spec, profile, machineWith(2, 3, 4));
    expect(namesOf(registry, guidOf(2))[0]).toBe("Ethernet 2");
    expect(namesOf(registry, guidOf(3))[0]).toBe("Ethernet 3");
    expect(notRenamed(plan.warnings)).toHaveLength(2);
  });

  test("two sources with one name: the first gets it", () => {
    const profile = profileOf([profileConnection(11, { name: "LAN" }), profileConnection(12, { name: "lan" })]);
    const { registry, plan } = renamed({ family: "10", adapters: [{ number: 2 }, { number: 3 }] }, profile);
    expect([namesOf(registry, guidOf(2))[0], namesOf(registry, guidOf(3))[0]]).toEqual(["LAN", "Ethernet 3"]);
    expect(notRenamed(plan.warnings)).toEqual([
      'No connection is given the name "lan": another connection gets that name',
    ]);
  });

  test("the orphan's new name is nobody's either", () => {
    const spec = { ...TEN, adapters: [...TEN.adapters, { number: 4, name: "LAN (Former)" }] };
    const { registry } = renamed(spec, lan, machineWith(2, 3, 4));
    expect(namesOf(registry, guidOf(1))[0]).toBe("LAN (former 2)");
  });
});

test.each([
  ["a/b", "Windows does not allow that name"],
  ["a\tb", "Windows does not allow that name"],
  [" ", "Windows does not allow that name"],
  ["x".repeat(257), "it is longer than 256 characters"],
])("a name that no connection can have: %j", (name, why) => {
  const { registry, plan } = renamed(TEN, profileOf([profileConnection(1, { name })]));
  expect(namesOf(registry, guidOf(2))[0]).toBe("Ethernet 2");
  expect(notRenamed(plan.warnings)).toEqual([`No connection is given the name "${name}": ${why}`]);
});
