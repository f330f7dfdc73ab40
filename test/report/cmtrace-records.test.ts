/** Events as records of a log: what is told, and how bad it is. */
import { describe, expect, test } from "vitest";
import type { Event } from "../../src/apply/events.ts";
import { parseMac } from "../../src/notation/mac.ts";
import { EXIT_CODES } from "../../src/exit/codes.ts";
import { Failure } from "../../src/exit/failure.ts";
import type { Outcome } from "../../src/plan/model.ts";
import { errorRecords, eventRecord, exitRecord } from "../../src/report/cmtrace-records.ts";

const source = (outcome: Outcome): Event => ({
  kind: "source",
  planned: {
    source: { number: 1, name: "Ethernet0", addresses: ["10.20.30.40/24"], mac: parseMac("00-0C-29-5A-3C-1E") },
    outcome,
    reason: "because",
    target: undefined,
    matchedBy: undefined,
  },
});

test.each<[Event, string, string]>([
  [{ kind: "planned", sources: 1, steps: 2 }, "info", "planned: 1 source, 2 registry changes"],
  [{ kind: "guard", name: "hibernated", outcome: "passed", message: "" }, "info", "guard hibernated: passed"],
  [{ kind: "guard", name: "hibernated", outcome: "warned", message: "m" }, "warning", "guard hibernated: warned: m"],
  [{ kind: "guard", name: "x", outcome: "not-checked", message: "m" }, "warning", "guard x: not-checked: m"],
  [{ kind: "guard", name: "x", outcome: "forced", message: "m" }, "warning", "guard x: forced: m"],
  [{ kind: "guard", name: "x", outcome: "blocked", message: "m" }, "error", "guard x: blocked: m"],
  [{ kind: "warning", code: "link-followed", message: "m" }, "warning", "link-followed: m"],
  [{ kind: "compared", changes: 2, differences: 0 }, "info", "read back and compared 2 changes: 0 differences"],
  [{ kind: "compared", changes: 2, differences: 1 }, "error", "read back and compared 2 changes: 1 difference"],
  [
    {
      kind: "difference",
      difference: {
        message: "The value is not there",
        key: "A\\B",
        name: "MTU",
        meant: { type: "REG_DWORD", data: 9000 },
        found: null,
      },
    },
    "error",
    "difference: A\\B: MTU: meant REG_DWORD 9000, found (none)",
  ],
  [
    { kind: "problem", problem: { code: "bad-cell-size", severity: "fatal", at: 4128, message: "m" } },
    "error",
    "problem bad-cell-size at byte offset 0x1020: m",
  ],
  [
    { kind: "problem", problem: { code: "bad-cell-size", severity: "warning", at: 4128, message: "m" } },
    "warning",
    "problem bad-cell-size at byte offset 0x1020: m",
  ],
  [
    {
      kind: "changed",
      change: { kind: "set-value", key: "A", name: "EnableDHCP", type: "REG_DWORD", data: 0, was: null },
    },
    "info",
    "change: A: set EnableDHCP: (none) -> REG_DWORD 0",
  ],
  [{ kind: "step", step: { kind: "create-key", key: "A" } }, "info", "planned change: A: create this key"],
  [{ kind: "profile-passed-over", path: "p", reason: "r" }, "warning", "passed over the profile p: r"],
  [
    { kind: "waiting", what: "a profile", waitedMs: 10_000, limitMs: 60_000 },
    "info",
    "waiting for a profile: 10 of at most 60 seconds",
  ],
  [source("moved"), "info", "[moved] 1 Ethernet0 (10.20.30.40/24; 00-0C-29-5A-3C-1E): because"],
])("%j", (event, severity, message) => {
  expect(eventRecord(event)).toEqual({ severity, message });
});

test.each<[Outcome, string]>([
  ["already", "info"],
  ["kept", "info"],
  ["skipped", "info"],
  ["arranged", "info"],
  ["unplaced", "warning"],
  ["pending", "warning"],
  ["conflict", "warning"],
])("a source that is %s: %s", (outcome, severity) => {
  expect(eventRecord(source(outcome)).severity).toBe(severity);
});

describe("an end", () => {
  test("by its code", () => {
    const severities = Object.fromEntries(Object.values(EXIT_CODES).map((code) => [code, exitRecord(code).severity]));
    expect(severities).toEqual({
      0: "info",
      25: "warning",
      26: "warning",
      27: "warning",
      ...Object.fromEntries([1, 2, 20, 21, 22, 23, 24, 28, 29, 30, 31, 130].map((code) => [code, "error"])),
    });
  });

  test("by a failure: its lines, its place, what to do, and the code", () => {
    const failure = new Failure("noImage", "Two were found:\n  D:\\\n  E:\\", { at: "x", advice: "name one" });
    expect(errorRecords(failure)).toEqual([
      { severity: "error", message: "Two were found:" },
      { severity: "error", message: "D:\\" },
      { severity: "error", message: "E:\\" },
      { severity: "error", message: "at: x" },
      { severity: "info", message: "do: name one" },
      { severity: "error", message: expect.stringMatching(/^exit code 21: /) },
    ]);
  });

  test("by a fault of the program: its stack, line by line", () => {
    const records = errorRecords(new TypeError("no hive"));
    expect(records[0]?.message).toContain("fault of pint");
    expect(records[1]?.message).toBe("TypeError: no hive");
    expect(records.some(({ message }) => message.includes("cmtrace-records.test.ts"))).toBe(true);
    expect(records.at(-1)?.message).toMatch(/^exit code 1: /);
    expect(errorRecords("thrown as text")[1]?.message).toBe("thrown as text");
  });
});
