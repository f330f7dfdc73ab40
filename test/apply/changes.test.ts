/** Making changes in a hive: each only where its `was` stands, and what was meant can be told from what is there. */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { makeChanges } from "../../src/apply/writing/execute.ts";
import { netOf } from "../../src/apply/writing/net.ts";
import { differencesFrom, valueAt } from "../../src/apply/writing/standing.ts";
import { buildHive, editHive, type Hive, type HiveEdit } from "../../src/regf/index.ts";
import type { Change } from "../../src/windows/model/change.ts";
import type { RegistryData } from "../../src/notation/registry-data.ts";
import { isSameData } from "../../src/windows/registry-data.ts";
import { failureOf } from "../support/failures.ts";
import { changeThatFits, randomChange } from "./random-changes.ts";
import { dword, listener, SILENT } from "./support.ts";

let hive: Hive;
let edit: HiveEdit;

beforeEach(() => {
  hive = buildHive({ minor: 5 });
  edit = editHive(hive);
  edit.createKey("A\\B");
  edit.setValue("A", "number", 4, dword(7));
});

const number = (data: number): RegistryData => ({ type: "REG_DWORD", data });
const set = (name: string, data: number, was: RegistryData | null, key = "A"): Change => ({
  kind: "set-value",
  key,
  name,
  ...number(data),
  was,
});

function make(...changes: Change[]): Change[] {
  const { events, emit } = listener();
  makeChanges(hive, edit, changes, emit);
  expect(events).toEqual(changes.map((change) => ({ kind: "changed", change })));
  return changes;
}

test("every kind of change is made, told, and found again", () => {
  const changes = make(
    { kind: "create-key", key: "A\\New" },
    set("x", 1, null, "A\\New"),
    set("NUMBER", 8, number(7)),
    { kind: "set-value", key: "A", name: "", type: "REG_MULTI_SZ", data: ["a", "b"], was: null },
    { kind: "delete-key", key: "A\\B" },
    { kind: "delete-value", key: "a\\new", name: "X", was: number(1) },
  );
  expect(valueAt(hive.root, "A", "number")).toEqual(number(8));
  expect(valueAt(hive.root, "A", "")).toEqual({ type: "REG_MULTI_SZ", data: ["a", "b"] });
  expect(valueAt(hive.root, "A\\New", "x")).toBeNull();
  expect(hive.root.open("A\\B")).toBeUndefined();
  expect(differencesFrom(hive.root, changes)).toEqual([]);
});

describe("what is not as the plan saw it stops everything", () => {
  test.each<[string, Change]>([
    ["another value", set("number", 1, number(6))],
    ["a value where there was none", set("number", 1, null)],
    ["no value where there was one", set("gone", 1, number(7))],
    ["another type", set("number", 1, { type: "REG_BINARY", data: { hex: "07000000" } })],
    ["no key", set("x", 1, null, "A\\Gone")],
    ["a value to delete that is another", { kind: "delete-value", key: "A", name: "number", was: number(6) }],
    ["a value to delete that is not there", { kind: "delete-value", key: "A", name: "gone", was: number(6) }],
    ["a key that is there already", { kind: "create-key", key: "a\\b" }],
    ["a key to delete that is not there", { kind: "delete-key", key: "A\\Gone" }],
  ])("%s", (_what, change) => {
    const failure = failureOf(() => makeChanges(hive, edit, [change], SILENT));
    expect(failure).toMatchObject({ exit: "refused", exitCode: 24, code: "changed-since-plan" });
    expect(failure.at).toContain(change.key);
    expect(valueAt(hive.root, "A", "number")).toEqual(number(7));
  });

  test("what no hive can hold is refused too", () => {
    const failure = failureOf(() =>
      makeChanges(hive, edit, [{ kind: "create-key", key: `A\\${"x".repeat(300)}` }], SILENT),
    );
    expect(failure).toMatchObject({ exit: "refused", code: "bad-name" });
  });

  test("the same bytes written in two ways are the same", () => {
    make({
      kind: "set-value",
      key: "A",
      name: "number",
      type: "REG_DWORD",
      data: { hex: "09000000" },
      was: { type: "REG_DWORD", data: { hex: "07000000" } },
    });
    expect(valueAt(hive.root, "A", "number")).toEqual(number(9));
    expect(isSameData({ type: "REG_SZ", data: "a" }, { type: "REG_SZ", data: { hex: "61000000" } })).toBe(true);
    expect(isSameData({ type: "REG_SZ", data: "a" }, { type: "REG_EXPAND_SZ", data: "a" })).toBe(false);
    expect(isSameData(null, null)).toBe(true);
    expect(isSameData(null, number(0))).toBe(false);
  });
});

describe("what was meant", () => {
  test("the last word counts; a deleted key takes with it what was said of it before; what was before is kept", () => {
    const net = netOf([
      { kind: "create-key", key: "A\\N" },
      set("x", 1, null, "A\\N"),
      { kind: "delete-key", key: "a\\n" },
      set("y", 1, null),
      set("Y", 2, number(1)),
      { kind: "delete-value", key: "A", name: "z", was: number(1) },
      { kind: "delete-key", key: "A\\B" },
      { kind: "create-key", key: "A\\B\\C" },
    ]);
    expect(net.keys).toEqual([
      { key: "a\\n", was: false, meant: false },
      { key: "A\\B", was: true, meant: true },
      { key: "A\\B\\C", was: false, meant: true },
    ]);
    expect(net.values).toEqual([
      { key: "A\\N", name: "x", was: null, meant: null },
      { key: "A", name: "Y", was: null, meant: number(2) },
      { key: "A", name: "z", was: number(1), meant: null },
    ]);
  });

  test("each difference is named", () => {
    const changes: Change[] = [
      { kind: "create-key", key: "A\\New" },
      { kind: "delete-key", key: "A\\B" },
      set("number", 8, number(7)),
      set("x", 1, null),
      { kind: "delete-value", key: "A", name: "number", was: number(7) },
    ];
    expect(differencesFrom(hive.root, changes.slice(0, 4))).toEqual([
      { message: "The key is not there", key: "A\\New" },
      { message: "The key is still there", key: "A\\B" },
      { message: "The value is another one", key: "A", name: "number", meant: number(8), found: number(7) },
      { message: "The value is not there", key: "A", name: "x", meant: number(1), found: null },
    ]);
    expect(differencesFrom(hive.root, changes.slice(4))).toEqual([
      { message: "The value is still there", key: "A", name: "number", meant: null, found: number(7) },
    ]);
  });

  test("after any changes that could be made, nothing differs; and before them something does", () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(randomChange, { minLength: 10, maxLength: 30 }), (actions) => {
        const there = buildHive({ minor: 5 });
        const its = editHive(there);
        its.createKey("A\\B");
        const made: Change[] = [];
        for (const action of actions) {
          const change = changeThatFits(there, action);
          if (change !== undefined) {
            makeChanges(there, its, [change], SILENT);
            made.push(change);
            compared++;
          }
        }
        expect(differencesFrom(there.root, made)).toEqual([]);
        const last = netOf(made).values.find(({ meant }) => meant !== null);
        if (last !== undefined) {
          its.setValue(last.key, last.name, 4, dword(99));
          expect(differencesFrom(there.root, made)).toHaveLength(1);
        }
      }),
    );
    expect(compared).toBeGreaterThan(200);
  });
});
