/** Many random edits of real hives: nothing that was not meant changes, and the strict check stays clean. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkHive, describe as sentence, editHive, hiveBytes, type Key, openHive } from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { actionsOn, perform } from "../../support/edit-actions.ts";
import { HiveModel, treeOf } from "../../support/hive-model.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";

const HIVES = [
  "system/win7-sp1-x86-esx.hiv",
  "system/win10-21h2-vmware.hiv",
  "system/xp-sp3-dell.hiv",
  // Version 1.3:
  "system/nt4-dc.hiv",
  "odd/ManySubkeysHive",
];

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

describeWithRealHives("random edits of real hives", () => {
  test.each(HIVES)("%s", (name) => {
    const bytes = readFileSync(realHive(name));
    const hive = openHive({ primary: new MemoryStorage(name, bytes), logs: [] });
    const before = checkHive(hive).problems;
    expect(before).toEqual([]);
    const model = HiveModel.of(hive.root);
    const edit = editHive(hive, { now: 1n });
    const actions = fc.sample(actionsOn(pathsIn(hive.root)), { numRuns: 500, seed: 7 });
    for (const it of actions) perform(it, edit, model);
    expect(edit.changed).toBe(true);
    const again = openHive({ primary: new MemoryStorage(name, hiveBytes(hive)), logs: [] });
    expect(checkHive(again).problems.map(sentence)).toEqual([]);
    // As text: a difference in a tree of 100,000 values is not something to print.
    expect(JSON.stringify(treeOf(again.root)) === JSON.stringify(model.tree())).toBe(true);
    edit.discard();
    expect(Buffer.compare(hiveBytes(hive), bytes.subarray(0, hiveBytes(hive).length))).toBe(0);
  });
});
