/** The plan of now gives every source the adapter that it was arranged with, by whichever rule. */
import { expect, test } from "vitest";
import { planMovesNow } from "../../../src/apply/first-boot-live/plan-moves-now.ts";
import type { FirstBootDocument, PendingMove } from "../../../src/firstboot/document.ts";
import { guidOf } from "../../support/models.ts";
import { PhonyRegistry } from "../../support/phony-registry.ts";
import { machineWith, profileConnection, told } from "../../plan/bench.ts";

type Arranged = readonly [source: number, adapter: number, matchedBy: PendingMove["matchedBy"]];

/** Two adapters, of which the first by its place is 2; the sources' MAC addresses are nobody's here. */
function planOf(arranged: readonly Arranged[]) {
  const inventory = machineWith(2, 3);
  const pending = arranged.map(([source, adapter, matchedBy]): PendingMove => {
    const found = inventory.adapters[adapter - 2];
    if (found === undefined) throw new Error(`there is no adapter ${adapter}`);
    return { connection: profileConnection(source), adapter: found, matchedBy, reason: "it was not there" };
  });
  const document: FirstBootDocument = {
    ...{ pintFirstBoot: 1, id: "0123456789abcdef0123456789abcdef", tool: "test", way: "program", attempts: 5 },
    arrangedAt: "2026-03-01T12:00:00.000Z",
    windows: { family: "10", version: "10", architecture: "AMD64" },
    knownInterfaces: [],
    options: { pairBy: ["mac", "order"], orphans: "clear", rename: false, allowConflict: false, exclude: [] },
    pending,
  };
  const ready = pending.map((move, index) => {
    const guid = guidOf(arranged[index]?.[1] ?? 0);
    return { move, guid, name: undefined, whyNot: undefined };
  });
  const root = new PhonyRegistry({ family: "10", adapters: [{ number: 2 }, { number: 3 }] }).root();
  return told(planMovesNow({ document, ready, inventory, root, place: "C:\\Windows" }));
}

test.for<[string, readonly Arranged[], readonly string[]]>([
  [
    "as the rules have it",
    [
      [11, 2, "order"],
      [12, 3, "order"],
    ],
    ["11 moved -> Ethernet 2 (order)", "12 moved -> Ethernet 3 (order)"],
  ],
  [
    "where the rules would exchange the two",
    [
      [11, 3, "order"],
      [12, 2, "order"],
    ],
    ["11 moved -> Ethernet 3 (map)", "12 moved -> Ethernet 2 (map)"],
  ],
  ["arranged by its MAC address, which only the order finds now", [[11, 2, "mac"]], ["11 moved -> Ethernet 2 (map)"]],
  ["the second one alone", [[12, 3, "order"]], ["12 moved -> Ethernet 3 (order)"]],
  ["mapped by a person", [[11, 3, "map"]], ["11 moved -> Ethernet 3 (map)"]],
])("%s", ([, arranged, expected]) => expect(planOf(arranged)).toEqual(expected));
