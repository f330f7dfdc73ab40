/** The stages of a run as lines, while it works. */
import { expect, test } from "vitest";
import { eventLines } from "../../src/report/events.ts";

test("a stage is one line, or several that hang under it", () => {
  expect(eventLines({ kind: "checked", stage: "read-back", keys: 1, values: 20, problems: 0 })).toEqual([
    "* checked the hive as read back: 1 key, 20 values, 0 problems",
  ]);
  expect(eventLines({ kind: "logs-replayed", logs: ["SYSTEM.LOG1", "SYSTEM.LOG2"] })).toEqual([
    "* the hive is dirty; in memory, what its logs hold was applied: SYSTEM.LOG1,",
    "  SYSTEM.LOG2",
  ]);
});

test("a guard that could not look says so", () => {
  const message = "hiberfil.sys cannot be read";
  expect(eventLines({ kind: "guard", name: "hibernated", outcome: "not-checked", message })).toEqual([
    "* guard hibernated: not-checked: hiberfil.sys cannot be read",
  ]);
  expect(eventLines({ kind: "guard", name: "hibernated", outcome: "passed", message: "" })).toEqual([
    "* guard hibernated: passed",
  ]);
});

test("what the report shows anyway is not told twice", () => {
  expect(eventLines({ kind: "warning", code: "x", message: "y" })).toEqual([]);
  expect(eventLines({ kind: "changed", change: { kind: "create-key", key: "A" } })).toEqual([]);
});
