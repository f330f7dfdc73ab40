/** Teams and virtual switches: there as long as an adapter that they stand on is, gone when all are, unknown otherwise. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import type { Foundation, WindowsConnection } from "../../src/windows/model/windows.ts";
import {
  afterBoot,
  connectionWith,
  guidOf,
  inventoryAdapter,
  inventoryOf,
  LAST_BOOT,
  macOf,
  staticSettings,
  windowsWith,
} from "../support/models.ts";

const BOOT = { time: LAST_BOOT, from: "the PCI root" };
type State = "present" | "orphan" | "unknown";

function nic(number: number, state: State): WindowsConnection {
  const lastArrival = { present: afterBoot(3), orphan: afterBoot(-86_400), unknown: undefined }[state];
  return connectionWith(number, {
    mac: { permanent: macOf(number), current: macOf(number), source: "NetworkSetup2" },
    evidence: { lastBoot: BOOT, lastArrival },
    adapter: { memberOf: "team", boundToTcpip: false, location: { bus: 2, device: number, function: 0 } },
  });
}

function founded(
  number: number,
  members: readonly number[],
  more: Partial<Foundation> = {},
  kind: "team" | "virtual-switch" = "team",
) {
  return connectionWith(number, {
    name: `Team ${number}`,
    evidence: { lastBoot: BOOT, lastArrival: afterBoot(-86_400 * 900) },
    adapter: {
      kind,
      physical: false,
      notPhysical: "made-by-software",
      instanceId: "COMPOSITEBUS\\MS_IMPLAT_MP\\{1}",
      foundation: { members: members.map(guidOf), attributed: true, ...more },
    },
    settings: staticSettings("10.0.0.9"),
  });
}

function presenceOf(
  number: number,
  connections: readonly WindowsConnection[],
  inventory?: ReturnType<typeof inventoryOf>,
) {
  return matchAdapters(windowsWith(connections), inventory).connections.find(
    ({ connection }) => connection.number === number,
  )?.presence;
}

describe("a team", () => {
  test.each<[string, readonly State[], Partial<Foundation>, State, RegExp]>([
    ["all members there", ["present", "present"], {}, "present", /its team is here: "Ethernet 1" .*, "Ethernet 2"/],
    ["one of them", ["orphan", "present"], {}, "present", /here: "Ethernet 2" .*; gone: "Ethernet 1"/],
    ["one, and one in doubt", ["unknown", "present"], {}, "present", /here: "Ethernet 2"/],
    [
      "none of them",
      ["orphan", "orphan"],
      {},
      "orphan",
      /all members of its team are gone: "Ethernet 1" .*was last there/,
    ],
    ["one gone, one in doubt", ["orphan", "unknown"], {}, "unknown", /that of "Ethernet 2" .* cannot/],
    [
      "members of several teams, one there",
      ["orphan", "present"],
      { attributed: false },
      "unknown",
      /several of its kind/,
    ],
    ["members of several teams, all there", ["present", "present"], { attributed: false }, "present", /is here/],
    ["members of several teams, none there", ["orphan", "orphan"], { attributed: false }, "orphan", /are gone/],
    ["no member found", [], {}, "unknown", /members of its team is not found/],
  ])("%s", (_, states, more, verdict, reason) => {
    const nics = states.map((state, index) => nic(index + 1, state));
    const members = nics.map(({ number }) => number);
    const presence = presenceOf(9, [founded(9, members, more), ...nics]);
    expect(presence?.verdict).toBe(verdict);
    expect(presence?.reason).toMatch(reason);
  });

  test("a member whose adapter Windows no longer has is gone", () => {
    expect(presenceOf(9, [founded(9, [1])])).toMatchObject({
      verdict: "orphan",
      reason: expect.stringContaining(guidOf(1)),
    });
  });

  test("by the inventory's word, where there is one", () => {
    const all = [founded(9, [1, 2]), nic(1, "present"), nic(2, "present")];
    const machine = (...numbers: readonly number[]) =>
      inventoryOf(...numbers.map((number) => inventoryAdapter({ mac: { permanent: macOf(number) as MacAddress } })));
    expect(presenceOf(9, all, machine(7))?.verdict).toBe("orphan");
    expect(presenceOf(9, all, machine(7, 2))?.verdict).toBe("present");
  });

  test("that was removed is gone, whatever its members are", () => {
    const removed = founded(9, [1]);
    const withoutDevice = { ...removed, adapter: { ...removed.adapter!, instanceId: undefined } };
    expect(presenceOf(9, [withoutDevice, nic(1, "present")])?.verdict).toBe("orphan");
  });

  test("the more is there, the less is gone: one more member never makes a team an orphan; the order makes no difference", () => {
    const states = fc.array(fc.constantFrom<State>("present", "orphan", "unknown"), { minLength: 1, maxLength: 5 });
    const rank = { orphan: 0, unknown: 1, present: 2 };
    fc.assert(
      fc.property(states, fc.boolean(), (list, attributed) => {
        const nics = list.map((state, index) => nic(index + 1, state));
        const verdict = (members: readonly WindowsConnection[]) =>
          presenceOf(9, [
            founded(
              9,
              members.map(({ number }) => number),
              { attributed },
            ),
            ...members,
          ])?.verdict ?? "unknown";
        const found = verdict(nics);
        expect(verdict(nics.toReversed())).toBe(found);
        expect(found === "orphan").toBe(list.every((state) => state === "orphan"));
        if (attributed) expect(rank[found]).toBe(Math.max(...list.map((state) => rank[state])));
      }),
    );
  });
});

describe("a virtual switch", () => {
  test("on a team, on adapters", () => {
    const all = (state: State) => [founded(9, [8], {}, "virtual-switch"), founded(8, [1]), nic(1, state)];
    expect(presenceOf(9, all("present"))).toMatchObject({
      verdict: "present",
      reason: expect.stringMatching(/its virtual switch is here: "Team 8" .*its team is here: "Ethernet 1"/),
    });
    expect(presenceOf(9, all("orphan"))?.verdict).toBe("orphan");
    expect(presenceOf(9, all("unknown"))?.verdict).toBe("unknown");
  });

  test("without an uplink is internal, or cannot be told", () => {
    expect(presenceOf(9, [founded(9, [], {}, "virtual-switch")])).toMatchObject({
      verdict: "unknown",
      reason: expect.stringContaining("internal"),
    });
  });

  test("on itself is no crash", () => {
    expect(presenceOf(9, [founded(9, [8], {}, "virtual-switch"), founded(8, [9])])?.verdict).toBe("unknown");
  });
});
