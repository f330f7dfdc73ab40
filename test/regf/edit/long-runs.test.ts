/** Thousands of edits in a row against a plain model, in memory and through commits that are cut off and recovered. */
import { describe, expect, test } from "vitest";
import { buildHive, editHive, type Hive, hiveBytes, openHive } from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { armEvents, commitOn, opened, PRIMARY } from "../../support/commit-scenarios.ts";
import { type Action, perform } from "../../support/edit-actions.ts";
import { Workload } from "../../support/edit-workload.ts";
import { expectHeld } from "../../support/expect-held.ts";
import { HiveModel } from "../../support/hive-model.ts";
import { listShape } from "../../support/low-level.ts";
import { Random, SEED } from "../../support/random.ts";
import { cutAfter, type Images } from "../../support/simulated-disk.ts";

function reopened(hive: Hive): Hive {
  return openHive({ primary: new MemoryStorage("reopened", hiveBytes(hive)), logs: [] });
}

/** How a crowd's list looks: `lh 506`, `ri of 506+507`. */
function shapeOf(hive: Hive, path: string): string {
  const { kind, count, leaves } = listShape(hive, path);
  return kind === "ri" ? `ri of ${leaves[0]?.kind}` : `${kind} ${count > 506 ? "over 506" : "up to 506"}`;
}

describe.each([3, 5] as const)("version 1.%i", (minor) => {
  test("every stage of a crowd that grows and shrinks, all kinds of names and sizes", () => {
    const model = new HiveModel();
    let hive = buildHive({ minor });
    const random = new Random(SEED);
    const workload = new Workload(random, model, { names: "any", largest: 200_000, crowd: "Crowd" });
    const shapes = new Set<string>();
    let actionCount = 0;
    for (let stage = 0; stage < Workload.stages; stage++) {
      const edit = editHive(hive, { now: BigInt(stage) });
      for (const it of workload.nextStage()) {
        perform(it, edit, model);
        actionCount++;
      }
      expectHeld(hive, model, `seed ${SEED}, version 1.${minor}, stage ${stage}`);
      if (model.subkeyNames("Crowd").length > 0) shapes.add(shapeOf(hive, "Crowd"));
      if (random.once(3)) hive = reopened(hive);
    }
    expect(actionCount).toBeGreaterThan(6500);
    expect([...shapes].sort()).toEqual(
      minor === 5
        ? ["lh over 506", "lh up to 506", "ri of lh"]
        : ["lf up to 506", "li over 506", "li up to 506", "ri of li"],
    );
  });
});

describe.each([
  [5, "HvLE"],
  [5, "DIRT"],
  [3, "DIRT"],
] as const)("version 1.%i through commits with a log of the kind %s", (minor, format) => {
  test("finished or cut off at any event: the next batch goes on from what is on the disk", () => {
    const random = new Random(SEED);
    const model = new HiveModel();
    let images: Images = new Map([[PRIMARY, hiveBytes(buildHive({ minor }))]]);
    const workload = new Workload(random, model, { names: "any", largest: 50_000, crowd: "Crowd" });
    const ends = { finished: 0, replayed: 0 };
    for (let batch = 0; batch < 40; batch++) {
      const actions: Action[] = [];
      const { disk } = commitOn(images, format, (edit) => {
        for (let index = 0; index < 25; index++) {
          const it = workload.any();
          actions.push(it);
          perform(it, edit, model);
        }
      });
      // After the point of commit the new state is what any cut leaves.
      const isCut = random.once(2);
      const from = armEvents(disk).flush + 1;
      images = isCut
        ? cutAfter(images, disk.events, random.between(from, disk.events.length), {
            choose: (count) => random.below(count),
          })
        : disk.images();
      const hive = opened(images);
      ends[hive.recovery.dirty ? "replayed" : "finished"]++;
      const texts = actions.map(({ text }) => text.slice(0, 60)).join("; ");
      expectHeld(hive, model, `seed ${SEED}, batch ${batch}: ${texts}`);
    }
    expect(ends.replayed).toBeGreaterThan(5);
    expect(ends.finished).toBeGreaterThan(5);
  });
});
