/** What inspect says of an adapter: what it is and why, what it stands on, and how sure its MAC address is. */
import { describe, expect, test } from "vitest";
import type { InspectedAdapter, InspectedConnection } from "../../src/apply/results.ts";
import { foundationText, kindWords, macTexts } from "../../src/report/adapter-words.ts";
import { INSPECTED } from "./sample-results.ts";

const [FIRST] = INSPECTED.connections as readonly [InspectedConnection];
const HARDWARE = FIRST.adapter as InspectedAdapter;
const GUID = "{00000000-0000-0000-0000-00000000000A}";

function connection(overrides: Partial<InspectedConnection>): InspectedConnection {
  return { ...FIRST, ...overrides };
}

describe("what it is", () => {
  test.each<[Partial<InspectedAdapter>, string]>([
    [{}, "Ethernet, hardware (on PCI)"],
    [{ instanceId: null }, "Ethernet, hardware"],
    [
      { kind: "tunnel", notPhysical: "made-by-software", instanceId: "Root\\*ISATAP\\0000" },
      "tunnel, not hardware: not on a bus of network cards (on ROOT)",
    ],
    [
      { kind: "virtual", notPhysical: "driver-does-not-say-so" },
      "virtual adapter, not hardware: its driver does not say that it is hardware (on PCI)",
    ],
    [
      { kind: "virtual", notPhysical: "hidden" },
      "virtual adapter, not hardware: its driver hides it from people (on PCI)",
    ],
    [{ memberOf: "team" }, "Ethernet, hardware (on PCI), member of a team, inferred: no hive with one has been read"],
    [
      { startsAtBoot: true },
      "Ethernet, hardware (on PCI), its driver starts at boot, as for booting over the network (iSCSI), inferred: no hive with one has been read",
    ],
    [
      { kind: "management-controller", instanceId: "USB\\VID_413C&PID_A102\\1" },
      "line to the server's management controller, hardware (on USB), inferred: no hive with one has been read",
    ],
  ])("%j", (overrides, text) => {
    expect(kindWords({ ...HARDWARE, ...overrides })).toBe(text);
  });
});

describe("what it stands on", () => {
  const team = (members: readonly string[], attributed = true) =>
    connection({ adapter: { ...HARDWARE, kind: "team", foundation: { members, attributed } } });

  test("nothing", () => {
    expect(foundationText(FIRST, [FIRST])).toBeNull();
    expect(foundationText(connection({ adapter: null }), [])).toBeNull();
  });

  test("members by name with their presence, those without an adapter, and whose they are", () => {
    const all = [
      connection({ guid: GUID, name: "NIC 1", presence: "present" }),
      connection({ guid: "{B}", name: null }),
    ];
    expect(foundationText(team([GUID, "{B}"]), all)).toEqual([
      "NIC 1: present",
      "Intel(R) PRO/1000 MT Network Connection: orphan",
    ]);
    expect(foundationText(team(["{C}"], false), all)).toEqual([
      "{C}, of which Windows has no adapter any more",
      "(of all of its kind: whose each is cannot be told)",
    ]);
    expect(foundationText(team([]), all)).toEqual(["none found"]);
  });
});

test("the MAC address, the place that it is from, and the places that disagree", () => {
  const mac = { permanent: null, current: null, source: null, disagreements: [] };
  expect(macTexts(connection({ mac }))).toEqual([expect.stringMatching(/^unknown: /)]);
  expect(macTexts(connection({ mac: { ...mac, current: "02-00-00-00-00-01", source: "override" } }))).toEqual([
    "02-00-00-00-00-01 (by what was set for it by hand)",
  ]);
  const disagreements = [{ source: "serial-number" as const, address: "00-0C-29-00-00-02" }];
  expect(
    macTexts(
      connection({ mac: { permanent: "00-0C-29-00-00-01", current: null, source: "NetworkSetup2", disagreements } }),
    ),
  ).toEqual(["00-0C-29-00-00-01 (by NetworkSetup2)", "but 00-0C-29-00-00-02 by the serial number in its instance ID"]);
});
