/** What is done about a dirty hive when there is nothing to change: the rest of our own run is written, everything else is told. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { planImage } from "../../src/apply/plan.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { baseBlockOf } from "../../src/regf/log/base-block-of.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { copyOf, cutAfter, cutPastCommit, makeDirty } from "./cuts.ts";
import {
  applyOptions,
  contents,
  imageOptions,
  isReceipt,
  listener,
  NOW,
  ORPHANS,
  readHive,
  receiptsIn,
  SAVED_PROFILE,
  SILENT,
  sha256,
  snapshot,
} from "./support.ts";

const codes = (warnings: readonly { readonly code: string }[]): string[] => warnings.map(({ code }) => code);

const isDirty = (hive: string): boolean => readHive(hive, ({ recovery }) => recovery.dirty);

/** Both sequences of a clean hive. */
function renumber(hive: string, sequence: (former: number) => number): void {
  const bytes = readFileSync(hive);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 4096);
  bytes.set(baseBlockOf(view, { sequence: sequence(view.getUint32(4, true)) }));
  writeFileSync(hive, bytes);
}

describe("the rest of a run that was cut past its point of commit", () => {
  test("is written by the next apply, which says so; one more has nothing to do", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const original = contents(root, isReceipt);
    const cut = cutPastCommit(root, SAVED_PROFILE);
    const cutHive = join(cut, relative(root, hive));
    expect(isDirty(cutHive)).toBe(true);
    const receipts = receiptsIn(join(cut, "Windows", "PINT", "receipts"));
    const { events, emit } = listener();
    const applied = applyImage(applyOptions(cut, SAVED_PROFILE), emit);
    expect(applied).toMatchObject({
      exitCode: 0,
      steps: [],
      written: true,
      completed: NOW.toISOString(),
      receipt: receipts[0],
      hiveSha256: { after: sha256(cutHive) },
    });
    expect(codes(applied.warnings)).not.toContain("hive-dirty");
    expect(isDirty(cutHive)).toBe(false);
    expect(events).toContainEqual({
      kind: "completed",
      hive: cutHive,
      sha256: sha256(cutHive),
      at: NOW.toISOString(),
    });
    expect(events.at(-1)).toMatchObject({ kind: "compared", differences: 0 });
    expect(receiptsIn(join(cut, "Windows", "PINT", "receipts"))).toEqual(receipts);
    expect(verifyImage(imageOptions(cut), SILENT)).toMatchObject({ exitCode: 0, warnings: [] });
    const after = snapshot(cut);
    expect(applyImage(applyOptions(cut, SAVED_PROFILE), SILENT)).toMatchObject({ written: false, completed: null });
    expect(snapshot(cut)).toEqual(after);
    undoImage(imageOptions(cut), SILENT);
    expect(contents(cut, isReceipt)).toEqual(original);
  });

  test("a cut on the way leaves it to the next one, and none takes it back", () => {
    const { root, hive } = phonyImage("moved-windows-7");
    const cut = cutPastCommit(root, ORPHANS);
    let cuts = 0;
    for (; ; cuts++) {
      const copy = copyOf(cut);
      const { reached, failure } = cutAfter(cuts, () => applyImage(applyOptions(copy, ORPHANS), SILENT));
      if (!reached) {
        break;
      }
      expect(failure).toMatchObject({ exitCode: 29 });
      expect(verifyImage({ ...imageOptions(copy), planning: ORPHANS }, SILENT).exitCode).toBe(0);
      applyImage(applyOptions(copy, ORPHANS), SILENT);
      expect(isDirty(join(copy, relative(root, hive)))).toBe(false);
      undoImage(imageOptions(copy), SILENT);
      expect(contents(copy, isReceipt)).toEqual(contents(root, isReceipt));
    }
    expect(cuts).toBeGreaterThan(3);
  });

  test("the advice of exit code 30 is what happens", () => {
    const { root } = phonyImage("moved-windows-10");
    const failures = Array.from({ length: 40 }, (_, count) =>
      cutAfter(count, () => applyImage(applyOptions(copyOf(root), SAVED_PROFILE), SILENT)),
    ).flatMap(({ failure }) => (failure?.exitCode === 30 ? [failure] : []));
    expect(failures[0]?.advice).toMatch(/run apply again, which completes it .*; pint undo takes it back/);
    applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    const undone = Array.from({ length: 40 }, (_, count) =>
      cutAfter(count, () => undoImage(imageOptions(copyOf(root)), SILENT)),
    ).flatMap(({ failure }) => (failure?.exitCode === 30 ? [failure] : []));
    expect(undone[0]?.advice).toMatch(/run the undo again, which completes it/);
  });
});

describe("a hive that is dirty for another reason", () => {
  test("nothing is written, and every operation that leaves it so tells it", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    makeDirty(hive, "HvLE");
    const before = snapshot(root);
    const { events, emit } = listener();
    const applied = applyImage(applyOptions(root, SAVED_PROFILE), emit);
    expect(applied).toMatchObject({ exitCode: 0, written: false, completed: null, receipt: null, steps: [] });
    const results = [
      applied,
      verifyImage({ ...imageOptions(root), planning: SAVED_PROFILE }, SILENT),
      planImage({ ...imageOptions(root), ...SAVED_PROFILE }, SILENT).plan,
      inspectImage(imageOptions(root), SILENT),
    ];
    for (const { warnings } of results) {
      const told = warnings.filter(({ code }) => code === "hive-dirty");
      expect(told).toHaveLength(1);
      expect(told[0]?.message).toContain("in its logs only");
    }
    const kinds = events.flatMap((event) => (event.kind === "warning" ? [event.code] : []));
    expect(kinds).toEqual(codes(applied.warnings));
    expect(snapshot(root)).toEqual(before);
  });

  test("what apply writes anyway is clean afterwards, and no warning is left", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    makeDirty(hive, "HvLE");
    const { warnings, written } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    expect(written).toBe(true);
    expect(codes(warnings)).not.toContain("hive-dirty");
    expect(isDirty(hive)).toBe(false);
  });
});

describe("what nobody but a cut run can have left is not undone", () => {
  test("a higher sequence, although the keys are those after the run", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    renumber(hive, (former) => former + 9);
    const before = snapshot(root);
    expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({
      exitCode: 24,
      code: "changed-since-receipt",
    });
    expect(snapshot(root)).toEqual(before);
  });

  test("another log, beside a run that was cut", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const cut = cutPastCommit(root, SAVED_PROFILE);
    writeFileSync(join(cut, relative(root, `${hive}.LOG2`)), "something else");
    const before = snapshot(cut);
    expect(failureOf(() => undoImage(imageOptions(cut), SILENT))).toMatchObject({
      exitCode: 24,
      code: "changed-since-receipt",
    });
    // No receipt says that this is ours: what is dirty stays so, and is told.
    const applied = applyImage(applyOptions(cut, SAVED_PROFILE), SILENT);
    expect(applied).toMatchObject({ written: false, completed: null });
    expect(codes(applied.warnings)).toContain("hive-dirty");
    expect(snapshot(cut)).toEqual(before);
  });

  test("a load that only replays the journal changes nothing about whose it is", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    renumber(hive, () => 40);
    const cut = cutPastCommit(root, SAVED_PROFILE);
    applyImage(applyOptions(cut, SAVED_PROFILE), SILENT);
    // Another program's recovery may go on with the number that the dirty header had.
    renumber(join(cut, relative(root, hive)), (former) => former - 1);
    expect(codes(undoImage(imageOptions(cut), SILENT).warnings)).toEqual(["run-cut-short"]);
    expect(contents(cut, isReceipt)).toEqual(contents(root, isReceipt));
  });
});

describe("logs of another kind than this Windows writes", () => {
  /** A Windows 7 whose hive a newer Windows loaded. */
  function withLogsOfWindows10(): { root: string; hive: string } {
    const { root, hive } = phonyImage("moved-windows-7");
    const newer = phonyImage("moved-windows-10");
    applyImage(applyOptions(newer.root, SAVED_PROFILE), SILENT);
    writeFileSync(`${hive}.LOG1`, readFileSync(`${newer.hive}.LOG1`));
    return { root, hive };
  }

  test("beside a clean hive: refused, and the advice can be followed without that Windows", () => {
    const { root, hive } = withLogsOfWindows10();
    const before = snapshot(root);
    const failure = failureOf(() => applyImage(applyOptions(root, ORPHANS), SILENT));
    expect(failure).toMatchObject({ exitCode: 24, code: "log-format-contradicts" });
    expect(snapshot(root)).toEqual(before);
    const named = [".LOG1", ".LOG2"].map((end) => basename(hive) + end);
    expect(failure.advice).toContain(`move ${named.join(" and ")} out of`);
    const elsewhere = newFolder();
    for (const name of named) {
      renameSync(join(hive, "..", name), join(elsewhere, name));
    }
    const left = contents(root, isReceipt);
    expect(applyImage(applyOptions(root, ORPHANS), SILENT)).toMatchObject({ exitCode: 0, written: true });
    undoImage(imageOptions(root), SILENT);
    expect(contents(root, isReceipt)).toEqual(left);
  });

  test("beside a dirty hive: refused, and nobody is told to move away what it needs", () => {
    const { root, hive } = phonyImage("moved-windows-7");
    makeDirty(hive, "HvLE");
    const before = snapshot(root);
    const failure = failureOf(() => applyImage(applyOptions(root, ORPHANS), SILENT));
    expect(failure).toMatchObject({ exitCode: 24, code: "log-format-contradicts" });
    expect(failure.advice).toContain("needs these logs");
    expect(failure.advice).not.toContain("move");
    expect(snapshot(root)).toEqual(before);
  });
});

test("a receipt that cannot be read is named when none fits", () => {
  const { root } = phonyImage("moved-windows-10");
  const { receipt } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
  const text = readFileSync(receipt ?? "", "utf8");
  writeFileSync(receipt ?? "", text.slice(0, text.length / 2));
  const failure = failureOf(() => undoImage(imageOptions(root), SILENT));
  expect(failure).toMatchObject({ exitCode: 24, code: "no-receipt" });
  expect(failure.message).toContain("no receipt that can be read");
  expect(failure.message).toContain(receipt ?? "");
  expect(failure.advice).toContain("--receipt FILE");
});
