/** Many random edits of real hives, through a commit that is cut off: nothing that was not meant changes, and the strict check stays clean. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { upcase } from "../../../src/bytes/upcase.ts";
import { checkHive, editHive, hiveBytes, type Key, openHive } from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { armEvents, binsOf, commitOn, opened, PRIMARY } from "../../support/commit-scenarios.ts";
import { type Action, actionsOn, perform } from "../../support/edit-actions.ts";
import { expectHeld } from "../../support/expect-held.ts";
import { HiveModel } from "../../support/hive-model.ts";
import { isConcerned, keyBytes } from "../../support/key-bytes.ts";
import { Random, SEED } from "../../support/random.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { cutAfter, type Images } from "../../support/simulated-disk.ts";

const HIVES = [
  ["system/win7-sp1-x86-esx.hiv", "DIRT"],
  ["system/win10-21h2-vmware.hiv", "HvLE"],
  ["system/xp-sp3-dell.hiv", "DIRT-XP"],
  // Version 1.3:
  ["system/nt4-dc.hiv", "DIRT"],
  ["odd/ManySubkeysHive", "HvLE"],
] as const;

function* paths(key: Key, path: string): Generator<string> {
  for (const subkey of key.subkeys()) {
    const below = path === "" ? subkey.name : `${path}\\${subkey.name}`;
    yield below;
    yield* paths(subkey, below);
  }
}

/** Keys that are there, keys beside them, and not those at the top: an edit that deletes all at once proves little. */
function pathsIn(root: Key): fc.Arbitrary<string> {
  const deep = [...paths(root, "")].filter((path) => path.split("\\").length > 1);
  const existing = fc.constantFrom(...deep);
  const beside = fc
    .tuple(existing, fc.constantFrom("New", "新しい", "é", "zz\\below"))
    .map(([path, name]) => `${path}\\${name}`);
  return fc.oneof({ weight: 3, arbitrary: existing }, beside);
}

/** Paths of keys that no action had to do with. */
function untouched(all: Iterable<string>, actions: readonly Action[]): string[] {
  const edited = new Set(actions.map(({ key }) => upcase(key)));
  const above = new Set<string>([""]);
  for (const path of edited) {
    for (let end = path.lastIndexOf("\\"); end > 0; end = path.lastIndexOf("\\", end - 1))
      above.add(path.slice(0, end));
  }
  return [...all].filter((path) => !isConcerned(path, edited, above));
}

describeWithRealHives("random edits of real hives", () => {
  test.each(HIVES)("%s", (name, format) => {
    const bytes = new Uint8Array(readFileSync(realHive(name)));
    const images: Images = new Map([[PRIMARY, bytes]]);
    const hive = opened(images);
    expect(checkHive(hive).problems).toEqual([]);
    const before = keyBytes(hive);
    const model = HiveModel.of(hive.root);
    const actions = fc.sample(actionsOn(pathsIn(hive.root)), { numRuns: 500, seed: SEED });
    const { disk } = commitOn(images, format, (edit) => {
      for (const it of actions) perform(it, edit, model);
      expect(edit.changed).toBe(true);
    });
    const random = new Random(SEED);
    const cut = cutAfter(images, disk.events, random.between(armEvents(disk).flush + 1, disk.events.length), {
      choose: (count) => random.below(count),
    });
    expect(Buffer.compare(binsOf(cut), binsOf(disk.images()))).toBe(0);
    const again = opened(cut);
    expectHeld(again, model, `${name}, seed ${SEED}`);
    const after = keyBytes(again);
    const same = untouched(before.keys(), actions);
    expect(same.length).toBeGreaterThan(before.size / 4);
    expect(same.filter((path) => before.get(path) !== after.get(path))).toEqual([]);
  });

  test.each(HIVES)("%s, discarded", (name) => {
    const bytes = readFileSync(realHive(name));
    const hive = openHive({ primary: new MemoryStorage(name, bytes), logs: [] });
    const edit = editHive(hive, { now: 1n });
    const model = HiveModel.of(hive.root);
    for (const it of fc.sample(actionsOn(pathsIn(hive.root)), { numRuns: 100, seed: SEED })) perform(it, edit, model);
    edit.discard();
    expect(Buffer.compare(hiveBytes(hive), bytes.subarray(0, hiveBytes(hive).length))).toBe(0);
  });
});
