/** The guards, one by one, each on an image (or a volume) that shows it: what stops a run, what forces it, what is only told, what was not looked at. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VARIANT_NAMES, type VariantName } from "../../scripts/fixtures/images.ts";
import { applyImage } from "../../src/apply/apply.ts";
import { GUARDS } from "../../src/apply/guards/list.ts";
import { type GuardEvidence, isGuardWarning, refuseBlocked, weighGuards } from "../../src/apply/guards/weigh.ts";
import { planImage } from "../../src/apply/plan.ts";
import type { VolumeEvidence } from "../../src/image/evidence/gather.ts";
import { FORCE_NAMES, type ForceName } from "../../src/image/force.ts";
import type { Windows } from "../../src/windows/model/windows.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { windowsWith } from "../support/models.ts";
import { phonyImage } from "../support/phony-images.ts";
import { applyOptions, imageOptions, listener, ORPHANS, SILENT, snapshot } from "./support.ts";
import {
  ADAPTER_VARIANT_NAMES,
  DRIVER_VARIANT_NAMES,
  IPV6_VARIANT_NAMES,
  SETTINGS_VARIANT_NAMES,
} from "../support/variants.ts";

const FINE_VOLUME: VolumeEvidence = {
  runningWindows: undefined,
  hibernation: { checked: true, state: "none" },
  writability: { checked: true, readOnly: false },
  dirt: { checked: true, dirty: false },
  bitLocker: { checked: true, encrypted: false },
};

const FINE_WINDOWS: Windows = {
  ...windowsWith([]),
  version: { family: "10", version: "Server 2019", from: "SOFTWARE", productType: "ServerNT" },
};
const FINE = { volume: FINE_VOLUME, windows: FINE_WINDOWS } satisfies GuardEvidence;

const ALLOWED = { pairing: { ...ORPHANS.pairing, allowConflict: true } };

/** Every image that shows a guard: what is said, and by what it is forced. */
const BLOCKING: readonly [variant: VariantName, guard: string, words: string][] = [
  ["hibernated", "hibernated", 'holds a hibernated Windows (hiberfil.sys begins with "hibr"'],
  ["fast-started", "hibernated", 'holds a hibernated Windows (hiberfil.sys begins with "HIBR"'],
  ["resuming", "hibernated", 'was being resumed on this volume (hiberfil.sys begins with "RSTR"'],
  ["resume-failed", "hibernated", "its boot menu may offer to continue"],
  ["setup-in-progress", "setup-in-progress", "(SetupType=2, SystemSetupInProgress=1, OOBEInProgress=1)"],
  ["generalized", "generalized", "ImageState=IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE"],
  ["generalized-for-audit", "generalized", "ImageState=IMAGE_STATE_GENERALIZE_RESEAL_TO_AUDIT"],
  ["failed-control-set", "failed-control-set", "current control set (ControlSet001) as failed"],
];

const WARNING: readonly [variant: VariantName, guard: string, words: string][] = [
  ["setup-unfinished", "setup-in-progress", "IMAGE_STATE_UNDEPLOYABLE"],
  ["earlier-failed-control-set", "failed-control-set", "ControlSet002 is left as it is"],
  ["default-control-set", "default-control-set", "its next start takes ControlSet002"],
  ["domain-controller", "domain-controller", "is a domain controller"],
  ["cluster-node", "cluster-node", "ClusSvc"],
];

/** Images on which no guard has anything to say. */
const QUIET: readonly VariantName[] = [
  "hibernation-zeroed",
  "cluster-feature-only",
  "windows-11",
  "windows-2003",
  ...ADAPTER_VARIANT_NAMES,
  ...IPV6_VARIANT_NAMES,
  ...DRIVER_VARIANT_NAMES,
  ...SETTINGS_VARIANT_NAMES,
];

/** Shows what no guard looks at (the last test). */
const OTHERS: readonly VariantName[] = ["conflict"];

/** A folder shows none of these: a volume does (test/image/evidence), here its evidence. */
const ON_VOLUMES: readonly [guard: string, volume: Partial<VolumeEvidence>, words: string][] = [
  ["running-windows", { runningWindows: "C:\\ is running" }, "C:\\ is running"],
  ["read-only-volume", { writability: { checked: true, readOnly: true } }, "mounted read-only"],
  ["dirty-volume", { dirt: { checked: true, dirty: true } }, "marked as dirty"],
  ["bitlocker", { bitLocker: { checked: true, encrypted: true } }, "recovery key"],
];

const NOT_FORCED: readonly string[] = ["running-windows", "read-only-volume"];

test("the names are pinned; each guard has an image or a volume here, and is forced by its own name or not at all", () => {
  const names = GUARDS.map(({ name }) => name);
  expect(names).toEqual([
    "running-windows",
    "read-only-volume",
    "hibernated",
    "dirty-volume",
    "generalized",
    "setup-in-progress",
    "failed-control-set",
    "default-control-set",
    "bitlocker",
    "domain-controller",
    "cluster-node",
  ]);
  const shown = [...BLOCKING, ...WARNING].map(([, guard]) => guard);
  expect(new Set([...shown, ...ON_VOLUMES.map(([guard]) => guard)])).toEqual(new Set(names));
  expect(
    [...BLOCKING, ...WARNING]
      .map(([variant]) => variant)
      .concat(QUIET, OTHERS)
      .sort(),
  ).toEqual(VARIANT_NAMES.toSorted());
  for (const { name, refusal } of GUARDS) {
    if (refusal !== null) expect(refusal.force).toBe(NOT_FORCED.includes(name) ? undefined : name);
  }
  const forced = GUARDS.flatMap(({ refusal }) => refusal?.force ?? []);
  expect(new Set([...forced, "dirty", "damaged", "conflict"])).toEqual(new Set(FORCE_NAMES));
});

test("nothing stands in the way of a plain image", () => {
  const { events, emit } = listener();
  const verdict = weighGuards(FINE, [], emit);
  expect(verdict).toEqual({ blocking: [], warnings: [] });
  expect(() => refuseBlocked(verdict)).not.toThrow();
  expect(events).toEqual(GUARDS.map(({ name }) => ({ kind: "guard", name, outcome: "passed", message: "" })));
});

function codes({ warnings }: { readonly warnings: readonly { readonly code: string }[] }): string[] {
  return warnings.map(({ code }) => code).filter((code) => isGuardWarning(code));
}

describe.each(BLOCKING)("an image that is %s", (variant, guard, words) => {
  test("is refused, untouched, with why and what to do; the plan foresees it; its own name forces it, and no other", () => {
    const { root } = phonyImage(variant);
    const before = snapshot(root);
    const others = FORCE_NAMES.filter((name) => name !== guard);
    for (const force of [[], others]) {
      const failure = failureOf(() => applyImage(applyOptions(root, ORPHANS, force), SILENT));
      expect(failure).toMatchObject({ exit: "refused", exitCode: 24, code: guard });
      expect(failure.message).toContain(words);
      expect(failure.advice).toMatch(new RegExp(`\\w.*; or --force ${guard}$`));
    }
    const { plan } = planImage({ ...imageOptions(root), ...ORPHANS }, SILENT);
    expect(plan.exitCode).toBe(24);
    expect(plan.warnings).toContainEqual({
      code: `refused-${guard}`,
      message: expect.stringContaining(`apply refuses this image: `),
    });
    expect(snapshot(root)).toEqual(before);
    const forced = applyImage(applyOptions(root, ORPHANS, [guard as ForceName]), SILENT);
    expect(forced).toMatchObject({ exitCode: 0, written: true });
    expect(codes(forced)).toEqual([`forced-${guard}`]);
  });
});

describe.each(WARNING)("an image that is %s", (variant, guard, words) => {
  test("is told of, by plan and by apply, and changed", () => {
    const { root } = phonyImage(variant);
    const { plan } = planImage({ ...imageOptions(root), ...ORPHANS }, SILENT);
    expect(plan.exitCode).toBe(0);
    const applied = applyImage(applyOptions(root, ORPHANS), SILENT);
    expect(applied).toMatchObject({ exitCode: 0, written: true });
    for (const result of [plan, applied]) {
      expect(codes(result)).toEqual([guard]);
      expect(result.warnings).toContainEqual({ code: guard, message: expect.stringContaining(words) });
    }
  });
});

test.each(QUIET)("of %s no guard has anything to say", (variant) => {
  const { root } = phonyImage(variant);
  expect(codes(applyImage(applyOptions(root, ORPHANS), SILENT))).toEqual([]);
});

describe.each(ON_VOLUMES)("a volume: %s", (guard, volume, words) => {
  const evidence = { ...FINE, volume: { ...FINE_VOLUME, ...volume } };

  test("is refused or told, and forced by its own name alone, if at all", () => {
    const { refusal } = GUARDS.find(({ name }) => name === guard) ?? expect.fail();
    const { events, emit } = listener();
    const verdict = weighGuards(evidence, [], emit);
    const outcome = refusal === null ? "warned" : "blocked";
    expect(events).toContainEqual({ kind: "guard", name: guard, outcome, message: expect.stringContaining(words) });
    if (refusal === null) {
      expect(verdict).toEqual({ blocking: [], warnings: [{ code: guard, message: expect.stringContaining(words) }] });
      return;
    }
    expect(failureOf(() => refuseBlocked(verdict))).toMatchObject({
      exitCode: 24,
      code: guard,
      advice: expect.stringMatching(/\w/),
    });
    const others = FORCE_NAMES.filter((force) => force !== guard);
    expect(weighGuards(evidence, others, SILENT).blocking).toHaveLength(1);
    const forced = weighGuards(evidence, FORCE_NAMES, SILENT);
    expect(forced.blocking).toHaveLength(NOT_FORCED.includes(guard) ? 1 : 0);
    expect(forced.warnings.map(({ code }) => code)).toEqual(NOT_FORCED.includes(guard) ? [] : [`forced-${guard}`]);
  });
});

describe("what could not be looked at is a warning, with the reason, and no refusal", () => {
  const not = { checked: false, reason: "no volume" } as const;

  test.each<[string, Partial<GuardEvidence["volume"]>]>([
    ["hibernated", { hibernation: not }],
    ["read-only-volume", { writability: not }],
    ["dirty-volume", { dirt: not }],
    ["bitlocker", { bitLocker: not }],
  ])("%s", (guard, volume) => {
    expect(weighGuards({ ...FINE, volume: { ...FINE_VOLUME, ...volume } }, [], SILENT)).toEqual({
      blocking: [],
      warnings: [{ code: `not-checked-${guard}`, message: expect.stringMatching(/ was not checked: no volume$/) }],
    });
  });

  test("an image without a SOFTWARE hive is not known to be no generalized one; a hive file by itself tells nothing of its volume", () => {
    const { root, hive } = phonyImage("moved-windows-7");
    const planOf = (image: string) => planImage({ ...imageOptions(image), ...ORPHANS }, SILENT).plan;
    const alone = writeFileIn(newFolder(), "SYSTEM", readFileSync(hive));
    rmSync(join(root, "Windows/System32/config/SOFTWARE"));
    const bare = planOf(root);
    expect(bare.exitCode).toBe(0);
    expect(codes(bare)).toEqual(["not-checked-generalized"]);
    expect(bare.warnings[0]?.message).toContain("there is none beside the SYSTEM hive");
    expect(codes(planOf(alone))).toEqual(
      ["hibernated", "dirty-volume", "generalized", "bitlocker"].map((guard) => `not-checked-${guard}`),
    );
  });

  test("a product type that is not there", () => {
    const windows: Windows = { ...FINE_WINDOWS, version: { family: "10", version: "10", from: "SYSTEM" } };
    expect(codes(weighGuards({ ...FINE, windows }, [], SILENT))).toEqual(["not-checked-domain-controller"]);
  });
});

test.each<[string, Partial<Windows["setup"]>]>([
  ["SetupType=2", { setupType: 2 }],
  ["SetupType=unreadable", { setupType: "unreadable" }],
  ["SystemSetupInProgress=1", { systemSetupInProgress: 1 }],
  ["OOBEInProgress=1", { oobeInProgress: 1 }],
])("one value of Setup is enough: %s", (words, setup) => {
  const windows = { ...FINE_WINDOWS, setup: { ...FINE_WINDOWS.setup, ...setup } };
  expect(weighGuards({ ...FINE, windows }, [], SILENT).blocking).toMatchObject([
    { name: "setup-in-progress", message: expect.stringContaining(words) },
  ]);
});

test.each([
  [{ default: 0 }, "does not say (Default)"],
  [{ default: 9 }, "wants ControlSet009 (Select, Default), which does not exist"],
])("a Default that cannot be followed is told: %o", (select, words) => {
  const windows = { ...FINE_WINDOWS, controlSets: { ...FINE_WINDOWS.controlSets, ...select } };
  expect(weighGuards({ ...FINE, windows }, [], SILENT).warnings).toEqual([
    { code: "default-control-set", message: expect.stringContaining(words) },
  ]);
});

test("an undo, which knows only the volume, hears only the guards that look at it", () => {
  const { events, emit } = listener();
  weighGuards({ volume: FINE_VOLUME }, [], emit);
  expect(events.map((event) => "name" in event && event.name)).toEqual([
    "running-windows",
    "read-only-volume",
    "hibernated",
    "dirty-volume",
    "bitlocker",
  ]);
});

test("several refusals are told together, and forced together where all can be", () => {
  const windows: Windows = {
    ...FINE_WINDOWS,
    setup: { ...FINE_WINDOWS.setup, setupType: 1 },
    controlSets: { ...FINE_WINDOWS.controlSets, failed: 1 },
  };
  const failure = failureOf(() => refuseBlocked(weighGuards({ ...FINE, windows }, [], SILENT)));
  expect(failure.message).toContain("SetupType=1");
  expect(failure.message).toContain("as failed");
  expect(failure.advice).toContain("--force setup-in-progress --force failed-control-set");
  const running = { volume: { ...FINE_VOLUME, runningWindows: "it runs" }, windows };
  expect(failureOf(() => refuseBlocked(weighGuards(running, [], SILENT))).advice).not.toContain("--force");
});

test("a plan's guard warnings are known by their codes; a forced conflict is the plan's own", () => {
  expect(["not-checked-hibernated", "forced-dirty", "refused-hibernated", "bitlocker"].every(isGuardWarning)).toBe(
    true,
  );
  expect(["link-followed", "gateway-outside-subnet", "forced-conflict"].some(isGuardWarning)).toBe(false);
});

test("a conflict is refused by apply, foreseen by plan, forced by its name, and told of a plan that is applied later too", () => {
  const { root } = phonyImage("conflict");
  const planFile = join(newFolder(), "plan.json");
  const plan = (force: readonly ForceName[]) =>
    planImage({ ...imageOptions(root, force), ...(force.length === 0 ? ORPHANS : ALLOWED), output: planFile }, SILENT);
  const before = snapshot(root);
  const refused = applyImage(applyOptions(root, ORPHANS), SILENT);
  expect(refused).toMatchObject({ exitCode: 24, written: false });
  expect(refused.sources).toMatchObject([{ outcome: "conflict", reason: expect.stringContaining("10.20.30.40") }, {}]);
  expect(plan([]).exitCode).toBe(24);
  expect(snapshot(root)).toEqual(before);
  expect(plan(["conflict"]).exitCode).toBe(0);
  const forced = applyImage(applyOptions(root, { planFile }), SILENT);
  expect(forced).toMatchObject({ exitCode: 0, written: true });
  expect(forced.warnings).toContainEqual({
    code: "forced-conflict",
    message: expect.stringMatching(/10\.20\.30\.40 will be on "Ethernet1" .* and on "Bluetooth Network Connection"/),
  });
});
