/** What an edit refuses, and that a call which fails leaves no trace. */
import { describe, expect, test } from "vitest";
import { KEY_FLAG, KEY_NODE } from "../../../src/regf/format/key-node.ts";
import type { CellOffset } from "../../../src/regf/format/offsets.ts";
import { buildHive, EditError, editHive, type Hive, HiveError, hiveBytes, openHive } from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { keyAt, valueNode } from "../../support/low-level.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { readFileSync } from "node:fs";

function sample(): Hive {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive, { now: 1n });
  edit.createKey("A\\B\\C\\D");
  edit.setValue("A\\B", "value", 3, new Uint8Array(100));
  edit.setValue("A\\B\\C", "big", 3, new Uint8Array(40_000));
  return hive;
}

function codeOf(edit: () => void): string {
  try {
    edit();
  } catch (error) {
    if (error instanceof EditError) return error.code;
    if (error instanceof HiveError) return error.problem.code;
    throw error;
  }
  return "done";
}

/** The failing call must change no byte, and what follows must find the same free room. */
function expectNoTrace(hive: Hive, failing: () => void, code: string): void {
  const before = hiveBytes(hive);
  expect(codeOf(failing)).toBe(code);
  expect(Buffer.compare(hiveBytes(hive), before)).toBe(0);
}

describe("refused, without a trace", () => {
  const hive = sample();
  const edit = editHive(hive, { now: 2n });
  test.each([
    ["no-such-key", () => edit.setValue("A\\X", "v", 1, new Uint8Array(0))],
    ["no-such-key", () => edit.deleteKey("X")],
    ["no-such-value", () => edit.deleteValue("A", "v")],
    ["no-such-value", () => edit.renameValue("A\\B", "v", "w")],
    ["protected-key", () => edit.deleteKey("")],
    ["bad-name", () => edit.createKey("A\\\\B")],
    ["bad-name", () => edit.createKey("\\A")],
    ["bad-name", () => edit.createKey(`New\\${"n".repeat(256)}`)],
    ["key-too-deep", () => edit.createKey(new Array(512).fill("d").join("\\"))],
    ["data-too-large", () => edit.setValue("A", "v", 3, new Uint8Array(0xffff * 16_344 + 1))],
  ])("%s", (code, failing) => expectNoTrace(hive, failing, code));

  test("a name that is taken", () => {
    edit.setValue("A\\B", "other", 1, new Uint8Array(2));
    expectNoTrace(hive, () => edit.renameValue("A\\B", "value", "OTHER"), "value-exists");
  });

  test("511 levels below the root are the most", () => {
    const deep = buildHive({ minor: 5 });
    expect(editHive(deep).createKey(new Array(511).fill("d").join("\\"))).toBe(true);
  });
});

describe("failing half way", () => {
  test("a subtree with a protected key in its depths stays whole", () => {
    const hive = sample();
    const edit = editHive(hive, { now: 2n });
    hive.bins.set(keyAt(hive, "A\\B\\C\\D").cell, KEY_NODE.fields.flags, KEY_FLAG.noDelete | KEY_FLAG.compressedName);
    expectNoTrace(hive, () => edit.deleteKey("A"), "protected-key");
    expect(edit.createKey("A\\B\\E")).toBe(true);
  });

  test("damage that shows only on the way", () => {
    const hive = sample();
    const edit = editHive(hive, { now: 2n });
    const data = valueNode(hive, "A\\B", "value").data as CellOffset;
    hive.bins.setCellSize(data, -hive.bins.cellSize(data)); // free, behind the edit's back
    expectNoTrace(hive, () => edit.deleteKey("A"), "cell-free");
    expectNoTrace(hive, () => edit.deleteValue("A\\B", "value"), "cell-free");
  });
});

test("`changed` is about bytes, not about calls", () => {
  const hive = openHive({ primary: new MemoryStorage("hive", hiveBytes(sample())), logs: [] });
  const edit = editHive(hive, { now: 1n });
  expect(edit.changed).toBe(false);
  expect(edit.createKey("A\\B")).toBe(false);
  expect(edit.setValue("A\\B", "value", 3, new Uint8Array(100))).toBe(false);
  expect(edit.changed).toBe(false);
  edit.setValue("A\\B", "value", 3, new Uint8Array(100).fill(1));
  expect(edit.changed).toBe(true);
  edit.setValue("A\\B", "value", 3, new Uint8Array(100));
  expect(edit.changed).toBe(false);
});

test("two edits of one hive share what is free", () => {
  const hive = sample();
  const [first, second] = [editHive(hive, { now: 1n }), editHive(hive, { now: 2n })];
  first.setValue("A", "one", 3, new Uint8Array(200));
  second.setValue("A", "two", 3, new Uint8Array(200).fill(2));
  first.setValue("A", "three", 3, new Uint8Array(200).fill(3));
  expect(keyAt(hive, "A").value("two")?.data).toEqual(new Uint8Array(200).fill(2));
});

describeWithRealHives("hives that must not be edited", () => {
  test.each([
    ["system/container-delta.hiv", "unsupported-version"],
    ["odd/DuplicateSubkeysHive", "duplicate-name"],
    ["odd/WrongOrderHive", "wrong-order"],
    ["odd/InvalidParentHive", "wrong-parent"],
  ])("%s: %s", (name, code) => {
    const hive = openHive({ primary: new MemoryStorage(name, readFileSync(realHive(name))), logs: [] });
    expect(codeOf(() => editHive(hive))).toBe(code);
  });
});
