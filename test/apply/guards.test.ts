/** The guards, one by one: what stops a run, what forces it, and what is said of what was not looked at. */
import { describe, expect, test } from "vitest";
import { GUARDS, type GuardEvidence, isGuardWarning, refuseBlocked, weighGuards } from "../../src/apply/guards.ts";
import { FORCE_NAMES } from "../../src/image/force.ts";
import { failureOf } from "../support/failures.ts";
import { listener, SILENT } from "./support.ts";

const NONE = { checked: true, state: "none" } as const;

const FINE = {
  volume: { hibernation: NONE, runningWindows: undefined },
  setup: { setupType: 0, systemSetupInProgress: 0, oobeInProgress: 0, commandLine: "setup -newsetup" },
  controlSets: { current: 1, default: 1, failed: 0, lastKnownGood: 2, existing: [1, 2], written: [1, 2] },
} satisfies GuardEvidence;

const CASES: readonly [name: string, evidence: GuardEvidence, words: string][] = [
  ["running-windows", { ...FINE, volume: { hibernation: NONE, runningWindows: "C:\\ is running" } }, "C:\\ is running"],
  ...(["hibernated", "resuming", "resume-failed"] as const).map((state): [string, GuardEvidence, string] => [
    "hibernated",
    { ...FINE, volume: { hibernation: { checked: true, state, signature: "HIBR" } } },
    '"HIBR"',
  ]),
  ["setup-in-progress", { ...FINE, setup: { ...FINE.setup, setupType: 2 } }, "SetupType=2"],
  ["setup-in-progress", { ...FINE, setup: { ...FINE.setup, setupType: "unreadable" } }, "SetupType=unreadable"],
  ["setup-in-progress", { ...FINE, setup: { ...FINE.setup, systemSetupInProgress: 1 } }, "SystemSetupInProgress=1"],
  ["setup-in-progress", { ...FINE, setup: { ...FINE.setup, oobeInProgress: 1 } }, "OOBEInProgress=1"],
  ["failed-control-set", { ...FINE, controlSets: { ...FINE.controlSets, failed: 1 } }, "ControlSet001"],
];

test("the names are pinned, each guard has a case here, and each can be forced by its own name or not at all", () => {
  const names = GUARDS.map(({ name }) => name);
  expect(names).toEqual(["running-windows", "hibernated", "setup-in-progress", "failed-control-set"]);
  expect(new Set(CASES.map(([name]) => name))).toEqual(new Set(names));
  for (const { name, force } of GUARDS) {
    expect(force).toBe(name === "running-windows" ? undefined : name);
  }
});

test("nothing stands in the way of a plain image", () => {
  const { events, emit } = listener();
  const verdict = weighGuards(FINE, [], emit);
  expect(verdict).toEqual({ blocking: [], warnings: [] });
  expect(() => refuseBlocked(verdict)).not.toThrow();
  expect(events).toEqual(GUARDS.map(({ name }) => ({ kind: "guard", name, outcome: "passed", message: "" })));
});

describe.each(CASES)("%s", (name, evidence, words) => {
  test("refuses, and says why and what to do", () => {
    const { events, emit } = listener();
    const failure = failureOf(() => refuseBlocked(weighGuards(evidence, [], emit)));
    expect(failure).toMatchObject({
      exit: "refused",
      exitCode: 24,
      code: name,
      message: expect.stringContaining(words),
    });
    expect(failure.advice).toMatch(/\w/);
    expect(events).toContainEqual({ kind: "guard", name, outcome: "blocked", message: failure.message });
  });

  test("is forced by its own name alone, and that is said", () => {
    const others = FORCE_NAMES.filter((force) => force !== name);
    expect(failureOf(() => refuseBlocked(weighGuards(evidence, others, SILENT))).code).toBe(name);
    const verdict = weighGuards(evidence, FORCE_NAMES, SILENT);
    if (name === "running-windows") {
      expect(verdict.blocking).toHaveLength(1);
    } else {
      expect(verdict.blocking).toEqual([]);
      expect(verdict.warnings).toEqual([{ code: `forced-${name}`, message: expect.stringContaining(words) }]);
      expect(verdict.warnings[0]?.message).toMatch(/^Forced: /);
    }
  });
});

test("a failed control set that is not the current one is no matter", () => {
  expect(weighGuards({ ...FINE, controlSets: { ...FINE.controlSets, failed: 2 } }, [], SILENT).blocking).toEqual([]);
});

test("what could not be looked at is a warning, not a refusal", () => {
  const volume = { hibernation: { checked: false, reason: "no volume" } } as const;
  const verdict = weighGuards({ ...FINE, volume }, [], SILENT);
  expect(verdict.blocking).toEqual([]);
  expect(verdict.warnings).toEqual([{ code: "not-checked-hibernated", message: expect.stringContaining("no volume") }]);
});

test("an undo, which knows only the volume, hears only the guards that look at it", () => {
  const { events, emit } = listener();
  weighGuards({ volume: FINE.volume }, [], emit);
  expect(events.map((event) => "name" in event && event.name)).toEqual(["running-windows", "hibernated"]);
});

test("several refusals are told together, and forced together where all can be", () => {
  const both: GuardEvidence = {
    ...FINE,
    setup: { ...FINE.setup, setupType: 1 },
    controlSets: { ...FINE.controlSets, failed: 1 },
  };
  const failure = failureOf(() => refuseBlocked(weighGuards(both, [], SILENT)));
  expect(failure.message).toContain("SetupType=1");
  expect(failure.message).toContain("as failed");
  expect(failure.advice).toContain("--force setup-in-progress --force failed-control-set");
  const running: GuardEvidence = { ...both, volume: { hibernation: NONE, runningWindows: "it runs" } };
  expect(failureOf(() => refuseBlocked(weighGuards(running, [], SILENT))).advice).not.toContain("--force");
});

test("a plan's guard warnings are known by their codes", () => {
  expect(["not-checked-hibernated", "forced-dirty", "refused-hibernated"].every(isGuardWarning)).toBe(true);
  expect(["link-followed", "gateway-outside-subnet"].some(isGuardWarning)).toBe(false);
});
