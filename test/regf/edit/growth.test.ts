/** A hive grows by what it needs and by nothing else, however often it is written; hivex's growth beside ours. */
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes/hex.ts";
import { buildHive, checkHive, editHive, type Hive, type HiveEdit, hiveBytes } from "../../../src/regf/index.ts";
import { bytesOf } from "../../support/edit-actions.ts";
import { newFolder } from "../../support/folders.ts";
import { Random, SEED } from "../../support/random.ts";
import { describeWithTools, runTool } from "../../support/tools.ts";

const TIMES = 10_000;

/** A hive in which free cells of many sizes lie about. */
function used(minor: 3 | 5): { hive: Hive; edit: HiveEdit } {
  const hive = buildHive({ minor });
  const edit = editHive(hive, { now: 1n });
  for (let index = 0; index < 200; index++) edit.setValue("", `${index}`, 3, bytesOf((index * 37) % 900, index));
  for (let index = 0; index < 200; index += 3) edit.deleteValue("", `${index}`);
  return { hive, edit };
}

/** What `write` makes the bins grow, called again and again after `warmUp` calls of it. */
function growth(minor: 3 | 5, warmUp: number, write: (edit: HiveEdit, round: number) => void): number {
  const { hive, edit } = used(minor);
  for (let round = 0; round < warmUp; round++) write(edit, round);
  const before = hive.bins.sizeBytes;
  for (let round = warmUp; round < warmUp + TIMES; round++) write(edit, round);
  expect(checkHive(hive).problems).toEqual([]);
  return hive.bins.sizeBytes - before;
}

describe.each([3, 5] as const)(`version 1.%i, ${TIMES} times`, (minor) => {
  test.each([4, 100, 3000, 16_345])("one value of %i bytes is overwritten", (size) => {
    expect(growth(minor, 1, (edit, round) => void edit.setValue("", "v", 3, bytesOf(size, round)))).toBe(0);
  });

  test.each([[[3, 100, 3000]], [[16_344, 16_345]], [[100, 40_000, 4]]])(
    "one value gets the sizes %j in turn",
    (sizes) => {
      const write = (edit: HiveEdit, round: number): void => {
        edit.setValue("", "v", 3, bytesOf(sizes[round % sizes.length] as number, round));
      };
      expect(growth(minor, sizes.length * 2, write)).toBe(0);
    },
  );

  test("one value gets random sizes, none larger than the first", () => {
    const random = new Random(SEED);
    const write = (edit: HiveEdit, round: number): void => {
      edit.setValue("", "v", 3, bytesOf(round === 0 ? 4000 : random.below(4001), round));
    };
    expect(growth(minor, 1, write), `seed ${SEED}`).toBe(0);
  });

  test("values, keys and whole subtrees are made and deleted", () => {
    const random = new Random(SEED);
    const round = (edit: HiveEdit, index: number): void => {
      edit.setValue("", "new", 3, bytesOf(500, index));
      edit.deleteValue("", "new");
      edit.createKey("New");
      if (index % 10 === 0) {
        edit.createKey("New\\One\\Two");
        edit.setValue("New\\One", "v", 1, bytesOf(300, index));
        edit.setValue("New\\One\\Two", "big", 3, bytesOf(17_000, index));
      }
      edit.deleteKey(random.once(2) ? "New" : "NEW");
    };
    expect(growth(minor, 1, round)).toBe(0);
  });

  // Cells do not move, so that sizes at random leave holes: with best fit and joined neighbours they stay a share of what there is.
  test.each([
    [50, 4000],
    [50, 300],
    [20, 20_000],
    [20, 60_000],
  ])(
    "%i values get random sizes up to %i: the hive is at most four times what they ever were together",
    (count, most) => {
      const random = new Random(SEED);
      const hive = buildHive({ minor });
      const edit = editHive(hive, { now: 1n });
      const sizes = new Array<number>(count).fill(0);
      let [together, largest] = [0, 0];
      for (let round = 0; round < TIMES; round++) {
        const which = random.below(count);
        const size = random.below(most + 1);
        edit.setValue("", `${which}`, 3, bytesOf(size, round));
        together += size - (sizes[which] as number);
        sizes[which] = size;
        largest = Math.max(largest, together);
      }
      expect(hive.bins.sizeBytes, `seed ${SEED}`).toBeLessThan(4 * largest + 8192);
    },
  );
});

describeWithTools("beside hivex", ["hivexsh"], () => {
  test("one value of 300 bytes, overwritten 50 times: hivex's hive grows each time, ours never", () => {
    const { hive, edit } = used(5);
    edit.createKey("Key");
    edit.setValue("Key", "v", 3, bytesOf(300, 0));
    const file = join(newFolder(), "hive");
    writeFileSync(file, hiveBytes(hive));
    const before = statSync(file).size;
    const hex = (round: number): string => toHex(bytesOf(300, round)).replace(/..(?!$)/g, "$&,");
    const writes = Array.from({ length: 50 }, (_, round) => `setval 1\nv\nhex:3:${hex(round + 1)}\n`);
    const run = runTool("hivexsh", ["-w", file], { input: `cd \\Key\n${writes.join("")}commit\nquit\n` });
    expect(run.stderr.toString()).toBe("");
    const size = hive.bins.sizeBytes;
    for (let round = 1; round <= 50; round++) edit.setValue("Key", "v", 3, bytesOf(300, round));
    const grown = { hivex: statSync(file).size - before, ours: hive.bins.sizeBytes - size };
    process.stderr.write(`50 overwrites of 300 bytes: hivex grows by ${grown.hivex} bytes, we by ${grown.ours}\n`);
    expect(grown.hivex).toBeGreaterThan(50 * 300);
    expect(grown.ours).toBe(0);
  });
});
