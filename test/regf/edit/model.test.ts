/** Random edits against a plain model: after each batch the strict check passes, and the hive holds what the model holds. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  buildHive,
  checkHive,
  describe as sentence,
  EditError,
  editHive,
  type Hive,
  hiveBytes,
  openHive,
} from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { action, perform } from "../../support/edit-actions.ts";
import { HiveModel, type Tree, treeOf } from "../../support/hive-model.ts";

function expectSound(hive: Hive, tree: Tree): void {
  expect(checkHive(hive).problems.map(sentence)).toEqual([]);
  expect(treeOf(hive.root)).toEqual(tree);
}

/** Some actions cannot be done; that is the other test's matter. */
function attempt(edit: () => void): void {
  try {
    edit();
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
  }
}

function reopened(hive: Hive): Hive {
  return openHive({ primary: new MemoryStorage("reopened", hiveBytes(hive)), logs: [] });
}

describe.each([3, 5] as const)("version 1.%i", (minor) => {
  test("any sequence of edits leaves a sound hive that holds what the model holds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(action, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 4 }),
        (batches) => {
          let hive = buildHive({ minor });
          const model = new HiveModel();
          for (const batch of batches) {
            const edit = editHive(hive, { now: 1n });
            for (const it of batch) perform(it, edit, model);
            expectSound(hive, model.tree());
            hive = reopened(hive);
            expectSound(hive, model.tree());
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test("discarding leaves every byte as it was", () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 20 }),
        fc.array(action, { minLength: 1, maxLength: 20 }),
        (kept, dropped) => {
          const model = new HiveModel();
          const first = buildHive({ minor });
          for (const it of kept) perform(it, editHive(first, { now: 1n }), model);
          const hive = reopened(first);
          const bytes = hiveBytes(hive);
          const edit = editHive(hive, { now: 2n });
          for (const it of dropped) attempt(() => it.onHive(edit));
          edit.discard();
          expect(edit.changed).toBe(false);
          expect(hiveBytes(hive)).toEqual(bytes);
          // The edit goes on with a true idea of what is free.
          for (const it of dropped) perform(it, edit, model);
          expectSound(hive, model.tree());
        },
      ),
      { numRuns: 25 },
    );
  });
});
