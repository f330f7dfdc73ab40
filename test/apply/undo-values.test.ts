/** `undo --values`: what still stands of a run goes back although Windows has run since; all else stays as it is, and is named. */
import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { checkImage } from "../../src/apply/check.ts";
import { readReceipt } from "../../src/apply/receipt/store.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import type { Key } from "../../src/regf/index.ts";
import { failureOf } from "../support/failures.ts";
import { type HiveDump, hivexDump } from "../support/hivex-export.ts";
import { phonyImage } from "../support/phony-images.ts";
import { describeWithTools } from "../support/tools.ts";
import { runChanges } from "./any-run.ts";
import { makeDirty } from "./cuts.ts";
import {
  applyOptions,
  contents,
  dword,
  editOnDisk,
  imageOptions,
  isReceipt,
  listener,
  NOW,
  ORPHANS,
  readHive,
  SAVED_PROFILE,
  SILENT,
  sha256,
  snapshot,
} from "./support.ts";
import {
  byValue,
  type CopiedKey,
  expectTakenBack,
  IMAGES,
  LATER,
  movedAndRun,
  putKeys,
  TARGET,
  treeOf,
  windowsRan,
} from "./windows-ran.ts";

describe.each(IMAGES)("$name", ({ name, what, logFormat }) => {
  test.each(["clean", "dirty"])(
    "Windows has run since and left the hive %s: every change is taken back",
    (condition) => {
      const { root, hive } = phonyImage(name);
      const before = treeOf(hive);
      const { receipt, steps } = applyImage(applyOptions(root, what), SILENT);
      const applied = treeOf(hive);
      windowsRan(hive, logFormat);
      if (condition === "dirty") {
        makeDirty(hive, logFormat);
      }
      const now = treeOf(hive);
      const { binsBefore, files } = { binsBefore: sha256(hive), files: contents(root) };
      expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({
        exitCode: 24,
        code: "changed-since-receipt",
        advice: expect.stringContaining("--values"),
      });
      expect(contents(root)).toEqual(files);

      const { events, emit } = listener();
      const undone = undoImage(byValue(root), emit);
      expect(undone).toMatchObject({
        way: "by-value",
        written: true,
        receipt,
        appliedAt: NOW.toISOString(),
        already: [],
        left: [],
        completed: null,
        restored: [],
        hiveSha256: { before: binsBefore, after: sha256(hive) },
        exitCode: 0,
      });
      expect(undone.steps).toHaveLength(steps.length);
      expect(undone.warnings).toEqual([]);
      expect(events.at(-1)).toMatchObject({ kind: "compared", differences: 0 });
      expectTakenBack(before, applied, now, treeOf(hive));
      expect(checkImage(imageOptions(root), SILENT)).toMatchObject({ problems: [], hive: { dirty: false } });

      // Once more there is nothing to do, and nothing is written.
      const done = snapshot(root);
      expect(undoImage(byValue(root), SILENT)).toMatchObject({ written: false, steps: [], left: [], exitCode: 0 });
      expect(snapshot(root)).toEqual(done);
      expect(failureOf(() => undoImage(imageOptions(root), SILENT)).exitCode).toBe(24);

      // The undo is a run with a receipt: named, it is undone bit for bit.
      const own = readReceipt(undone.undoReceipt ?? "").receipt;
      expect(own).toMatchObject({
        undoes: { path: receipt, at: NOW.toISOString() },
        at: LATER.toISOString(),
        sources: [],
      });
      undoImage({ ...imageOptions(root), receipt: undone.undoReceipt ?? "" }, SILENT);
      expect(treeOf(hive)).toEqual(now);
      expect(contents(root, isReceipt)).toEqual(
        Object.fromEntries(Object.entries(files).filter(([path]) => !isReceipt(path))),
      );
    },
  );
});

describe("what something else has changed", () => {
  test("is left and named, the rest is taken back (28)", () => {
    const { root, hive } = movedAndRun((edit) => {
      edit.setValue(TARGET, "NameServer", 1, Buffer.from("9.9.9.9\0", "utf16le"));
      edit.deleteValue(TARGET, "InterfaceMetric");
      edit.setValue(TARGET, "EnableDHCP", 4, dword(1));
    });
    const undone = undoImage(byValue(root), SILENT);
    expect(undone.exitCode).toBe(28);
    expect(undone.left).toEqual([
      {
        key: TARGET,
        name: "NameServer",
        reason: "Something else has written it since",
        now: { type: "REG_SZ", data: "9.9.9.9" },
        wrote: { type: "REG_SZ", data: "10.20.30.2,10.20.30.3" },
        was: { type: "REG_SZ", data: "" },
      },
    ]);
    expect(undone.already.map(({ name }) => name).sort()).toEqual(["EnableDHCP", "InterfaceMetric"]);
    expect(undone.warnings.map(({ code }) => code)).toEqual(["key-mixed"]);
    expect(readReceipt(undone.undoReceipt ?? "").receipt.exitCode).toBe(28);
    const values = treeOf(hive).values.filter((line) => line.startsWith(`${TARGET}|`));
    expect(values.filter((line) => /\|(?:IPAddress|SubnetMask|InterfaceMetric)\|/.test(line))).toEqual([]);
    expect(values).toContain(`${TARGET}|NameServer|1|${Buffer.from("9.9.9.9\0", "utf16le").toString("hex")}`);
    // Nothing stands any more: that is not done, and says so.
    const after = snapshot(root);
    expect(undoImage(byValue(root), SILENT)).toMatchObject({
      exitCode: 24,
      written: false,
      steps: [],
      left: undone.left,
    });
    expect(snapshot(root)).toEqual(after);
  });

  test("everything: nothing is written (24)", () => {
    const { root, hive } = movedAndRun();
    const { steps } = undoImage(byValue(root, { dryRun: true }), SILENT);
    editOnDisk(hive, (edit) => {
      for (const step of steps) {
        edit.setValue(step.key, "name" in step ? step.name : "", 3, dword(77));
      }
    });
    const before = snapshot(root);
    const undone = undoImage(byValue(root), SILENT);
    expect(undone).toMatchObject({ exitCode: 24, written: false, steps: [], already: [], undoReceipt: null });
    expect(undone.left).toHaveLength(steps.length);
    expect(snapshot(root)).toEqual(before);
  });

  test("the interface is gone: its key is not made again", () => {
    const { root } = movedAndRun((edit) => edit.deleteKey(TARGET));
    const { left, steps, exitCode } = undoImage(byValue(root), SILENT);
    expect(exitCode).toBe(28);
    expect(steps.map(({ key }) => key)).not.toContain(TARGET);
    expect(new Set(left.map(({ key, reason }) => `${key}: ${reason}`))).toEqual(
      new Set([`${TARGET}: Its key is not there any more`]),
    );
  });
});

describe("control sets", () => {
  const isBelow = (key: Key): boolean => key.path !== "";

  function keysOf(hive: string, path: string): CopiedKey[] {
    return readHive(hive, ({ root }) => {
      const found: CopiedKey[] = [];
      const left = [root.open(path) ?? expect.fail()];
      for (let key = left.pop(); key !== undefined; key = left.pop()) {
        found.push({
          path: key.path,
          values: [...key.values()].map(({ name, type, data }) => ({ name, type, data: data.slice() })),
        });
        left.push(...[...key.subkeys()].filter(isBelow));
      }
      return found;
    });
  }

  test("one that is gone is named; one that Windows made of it and uses now is left and named", () => {
    const { root, hive } = phonyImage("moved-windows-7");
    applyImage(applyOptions(root, ORPHANS), SILENT);
    const keys = keysOf(hive, "ControlSet001");
    windowsRan(hive, "DIRT", (edit) => {
      putKeys(edit, keys, "ControlSet001", "ControlSet003");
      edit.deleteKey("ControlSet001");
      edit.setValue("Select", "Current", 4, dword(3));
      edit.setValue("Select", "Default", 4, dword(3));
    });
    const before = treeOf(hive);
    const { left, steps, exitCode } = undoImage(byValue(root), SILENT);
    expect(exitCode).toBe(28);
    const reasons = new Set(left.map(({ reason }) => reason));
    expect(reasons).toEqual(
      new Set([
        "ControlSet001 is not there any more",
        expect.stringMatching(/^Windows uses this control set now, and it holds all \d+ values that the run wrote/),
      ]),
    );
    expect(left.filter(({ name }) => name === undefined)).toMatchObject([{ key: "ControlSet003" }]);
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.every(({ key }) => key.startsWith("ControlSet002\\"))).toBe(true);
    const outside = (dump: HiveDump): string[] => dump.values.filter((line) => !line.startsWith("ControlSet002"));
    expect(outside(treeOf(hive))).toEqual(outside(before));
  });
});

test("a dry run says the same and writes nothing", () => {
  const { root } = movedAndRun((edit) => void edit.setValue(TARGET, "EnableDHCP", 4, dword(9)));
  const before = snapshot(root);
  const dry = undoImage(byValue(root, { dryRun: true }), SILENT);
  expect(dry).toMatchObject({ way: "by-value", written: false, undoReceipt: null, exitCode: 28 });
  expect(snapshot(root)).toEqual(before);
  const { steps, left, already } = undoImage(byValue(root), SILENT);
  expect({ steps: dry.steps, left: dry.left, already: dry.already }).toEqual({ steps, left, already });

  const { root: exact, hive } = phonyImage("moved-windows-10");
  rmSync(`${hive}.LOG1`);
  rmSync(`${hive}.LOG2`);
  applyImage(applyOptions(exact, SAVED_PROFILE), SILENT);
  const applied = snapshot(exact);
  const foreseen = undoImage({ ...imageOptions(exact), dryRun: true }, SILENT);
  expect(foreseen).toMatchObject({ way: "bit-for-bit", written: false, restored: [hive], removed: [`${hive}.LOG1`] });
  expect(snapshot(exact)).toEqual(applied);
  const { restored, removed } = undoImage(imageOptions(exact), SILENT);
  expect({ restored, removed }).toEqual({ restored: foreseen.restored, removed: foreseen.removed });
});

test("the guards are those of apply: Setup in progress, unless it is forced", () => {
  const { root } = movedAndRun((edit) => void edit.setValue("Setup", "SystemSetupInProgress", 4, dword(1)));
  const before = snapshot(root);
  expect(failureOf(() => undoImage(byValue(root), SILENT))).toMatchObject({ exitCode: 24, code: "setup-in-progress" });
  expect(snapshot(root)).toEqual(before);
  const undone = undoImage(byValue(root, { force: ["setup-in-progress"] }), SILENT);
  expect(undone).toMatchObject({ written: true, exitCode: 0 });
  expect(undone.warnings.map(({ code }) => code)).toContain("forced-setup-in-progress");
  expect(readReceipt(undone.undoReceipt ?? "").receipt.forced).toEqual(["setup-in-progress"]);
});

test("verify says that the run was taken back, and apply does it again", () => {
  const { root, hive, receipt } = movedAndRun();
  undoImage(byValue(root), SILENT);
  const { exitCode, against, differences } = verifyImage(imageOptions(root), SILENT);
  expect({ exitCode, against }).toEqual({ exitCode: 28, against: { kind: "receipt", path: receipt } });
  expect(differences[0]?.message).toBe(
    `The run of ${NOW.toISOString()} was taken back, value by value, by the undo of ${LATER.toISOString()}`,
  );
  const between = sha256(hive);
  const again = applyImage({ ...applyOptions(root, SAVED_PROFILE), now: new Date(LATER.getTime() + 1000) }, SILENT);
  expect(again).toMatchObject({ written: true, exitCode: 0 });
  expect(verifyImage(imageOptions(root), SILENT).exitCode).toBe(0);
  expect(undoImage(byValue(root), SILENT)).toMatchObject({ way: "bit-for-bit", receipt: again.receipt });
  expect(sha256(hive)).toBe(between);
});

describeWithTools("as hivex reads it", ["hivexregedit"], () => {
  test.each(IMAGES)("$name: exactly what the run changed is as before, and nothing else has changed", (image) => {
    const { root, hive } = phonyImage(image.name);
    const before = hivexDump(hive);
    applyImage(applyOptions(root, image.what), SILENT);
    const applied = hivexDump(hive);
    windowsRan(hive, image.logFormat);
    const now = hivexDump(hive);
    undoImage(byValue(root), SILENT);
    expectTakenBack(before, applied, now, hivexDump(hive));
  });
});

test("keys that a run made and deleted, with everything in them", () => {
  const { root, hive } = phonyImage("moved-windows-10");
  const before = treeOf(hive);
  const gone = "ControlSet001\\Services\\NetBT";
  const made = "ControlSet001\\Services\\Made";
  runChanges(root, "10", [
    { kind: "delete-key", key: gone },
    { kind: "create-key", key: `${made}\\Below` },
    {
      kind: "set-value",
      key: `${made}\\Below`,
      name: "",
      type: "REG_BINARY",
      data: { hex: "00".repeat(40_000) },
      was: null,
    },
  ]);
  const applied = treeOf(hive);
  expect(applied.keys.filter((key) => key.startsWith(gone))).toEqual([]);
  windowsRan(hive, "HvLE");
  const now = treeOf(hive);
  expect(undoImage(byValue(root), SILENT)).toMatchObject({ exitCode: 0, left: [] });
  const end = treeOf(hive);
  expect(end.keys.filter((key) => key.startsWith(made))).toEqual([]);
  const inGone = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith(gone));
  expect({ keys: inGone(end.keys), values: inGone(end.values) }).toEqual({
    keys: inGone(before.keys),
    values: inGone(before.values),
  });
  expect(inGone(before.values).length).toBeGreaterThan(1);
  const elsewhere = (lines: readonly string[]): string[] =>
    lines.filter((line) => !line.startsWith(gone) && !line.startsWith(made));
  expect(elsewhere(end.values)).toEqual(elsewhere(now.values));
  expect(elsewhere(end.keys)).toEqual(elsewhere(now.keys));
});
