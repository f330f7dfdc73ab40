/** The power fails at every moment of a commit: what is left is the old hive or the new one, and after the point of commit only the new one. */
import { describe, expect, test } from "vitest";
import {
  another,
  armEvents,
  binsAfter,
  binsOf,
  commitOn,
  type Edit,
  growing,
  inPlace,
  SCENARIOS,
} from "../../support/commit-scenarios.ts";
import { type Outcome, outcomeOf } from "../../support/outcome.ts";
import { cutAfter, cuts } from "../../support/simulated-disk.ts";

/** Random mixtures at every event; the whole file stays within a few seconds. */
const MIXTURES = 4;

const EDITS: readonly (readonly [string, Edit])[] = [
  ["in place", inPlace],
  ["growing", growing],
];

describe.each(SCENARIOS)("$name", ({ format, start }) => {
  test.each(EDITS)("%s", (_, edit) => {
    const images = start();
    const [before, after] = [binsOf(images), binsAfter(images, edit)];
    const { disk } = commitOn(images, format, edit);
    const arm = armEvents(disk);
    const seen = new Set<Outcome>();
    for (let count = 0; count <= disk.events.length; count++) {
      cuts(count * 31, MIXTURES).forEach((cut, index) => {
        const found = outcomeOf(cutAfter(images, disk.events, count, cut), before, after);
        seen.add(found);
        const allowed = count <= arm.write ? ["old"] : count <= arm.flush ? ["old", "new"] : ["new"];
        if (!allowed.includes(found))
          throw new Error(`cut ${index} after ${count} of ${disk.events.length} events leaves ${found}`);
      });
    }
    expect([...seen].sort()).toEqual(["new", "old"]);
    expect(outcomeOf(disk.images(), before, after)).toBe("new");
  });

  test("and again in a run after that", () => {
    const images = start();
    const first = commitOn(images, format, inPlace);
    for (let count = 1; count <= first.disk.events.length; count += 2) {
      for (const cut of cuts(count * 17, 1)) {
        const left = cutAfter(images, first.disk.events, count, cut);
        const [before, after] = [binsOf(left), binsAfter(left, another)];
        const second = commitOn(left, format, another);
        const arm = armEvents(second.disk);
        for (let later = 0; later <= second.disk.events.length; later += 3) {
          const [, , mixed] = cuts(count * 1000 + later, 1);
          const found = outcomeOf(
            cutAfter(left, second.disk.events, later, mixed ?? { choose: () => 0 }),
            before,
            after,
          );
          const allowed = later <= arm.write ? ["old"] : later <= arm.flush ? ["old", "new"] : ["new"];
          if (!allowed.includes(found))
            throw new Error(`a cut after ${count} and then after ${later} events leaves ${found}`);
        }
      }
    }
  });
});
