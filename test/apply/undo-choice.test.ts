/** Which run an undo takes back, and in which way. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { failureOf } from "../support/failures.ts";
import { phonyImage } from "../support/phony-images.ts";
import { bytesOf } from "../support/edit-actions.ts";
import { runChanges } from "./any-run.ts";
import { makeDirty } from "./cuts.ts";
import {
  applyOptions,
  contents,
  editOnDisk,
  imageOptions,
  isReceipt,
  readHive,
  receiptsIn,
  SAVED_PROFILE,
  SILENT,
  sha256,
  snapshot,
} from "./support.ts";
import { byValue, LATER, movedAndRun, TARGET, treeOf, windowsRan } from "./windows-ran.ts";

describe("which run", () => {
  /** Two runs of which the newer one sets a value of the older one anew. */
  function twoRuns(): { root: string; hive: string; first: string; second: string } {
    const { root, hive } = phonyImage("moved-windows-10");
    const first = applyImage(applyOptions(root, SAVED_PROFILE), SILENT).receipt ?? expect.fail();
    const was = { type: "REG_MULTI_SZ", data: ["10.20.30.40"] } as const;
    const set = {
      kind: "set-value",
      key: TARGET,
      name: "IPAddress",
      type: was.type,
      data: ["10.20.30.41"],
      was,
    } as const;
    const second = runChanges(root, "10", [set], LATER);
    windowsRan(hive, "HvLE");
    return { root, hive, first, second };
  }

  test("the newest first, then the one before it", () => {
    const { root, first, second } = twoRuns();
    expect(undoImage(byValue(root), SILENT)).toMatchObject({ receipt: second, exitCode: 0 });
    expect(undoImage(byValue(root), SILENT)).toMatchObject({ receipt: first, exitCode: 0, left: [] });
    expect(undoImage(byValue(root), SILENT)).toMatchObject({ written: false, exitCode: 0 });
  });

  test("the one that is named", () => {
    const { root, first } = twoRuns();
    const { left, receipt, exitCode } = undoImage(byValue(root, { receipt: first }), SILENT);
    expect({ receipt, exitCode }).toEqual({ receipt: first, exitCode: 28 });
    expect(left.map(({ name }) => name)).toContain("IPAddress");
  });

  test("one of which nothing stands is passed over, and that is told", () => {
    const { root, hive, first, second } = twoRuns();
    editOnDisk(hive, (edit) => void edit.setValue(TARGET, "IPAddress", 7, Buffer.from("10.0.0.1\0\0", "utf16le")));
    const { receipt, warnings } = undoImage(byValue(root), SILENT);
    expect(receipt).toBe(first);
    expect(warnings.map(({ code }) => code)).toEqual(["run-passed-over", "key-mixed"]);
    expect(warnings[0]?.message).toContain(second);
  });

  test("what can be restored bit for bit is, although it was asked for by value", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = contents(root, isReceipt);
    applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    expect(undoImage(byValue(root), SILENT)).toMatchObject({ way: "bit-for-bit", written: true, undoReceipt: null });
    expect(contents(root, isReceipt)).toEqual(before);
    // And nothing is left to do, by its name too.
    const [receipt] = receiptsIn(join(root, "Windows", "PINT", "receipts"));
    for (const named of [undefined, receipt]) {
      expect(undoImage(byValue(root, { receipt: named }), SILENT)).toMatchObject({ written: false, exitCode: 0 });
    }
    expect(contents(root, isReceipt)).toEqual(before);
    expect(readHive(hive, ({ recovery }) => recovery.dirty)).toBe(false);
  });

  test("none: refused", () => {
    const { root } = phonyImage("moved-windows-10");
    expect(failureOf(() => undoImage(byValue(root), SILENT))).toMatchObject({ exitCode: 24, code: "no-receipt" });
    const { root: moved, receipt } = movedAndRun();
    writeFileSync(receipt, "{");
    const failure = failureOf(() => undoImage(byValue(moved), SILENT));
    expect(failure).toMatchObject({ exitCode: 24, code: "no-receipt", message: expect.stringContaining(receipt) });
  });
});

describe("logs that another program wrote, beside a hive that is exactly as the run left it", () => {
  /** Of a log that is longer than what the run wrote into it, so that the receipt has not all of it. */
  const FOREIGN: Readonly<Record<string, (log: string) => void>> = {
    "written over": (log) => writeFileSync(log, new Uint8Array(readFileSync(log).length).fill(0xa5)),
    "cut off": (log) => writeFileSync(log, ""),
    removed: (log) => rmSync(log),
  };

  test.each(Object.keys(FOREIGN))(
    "%s: the run found the hive dirty, its last changes in the log: not restored bit for bit, but by value",
    (how) => {
      const { root, hive } = phonyImage("moved-windows-10");
      makeDirty(hive, "HvLE", (edit) => void edit.setValue("Setup", "Other", 3, bytesOf(400_000, 1)));
      const before = treeOf(hive);
      applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
      FOREIGN[how]?.(`${hive}.LOG1`);
      const files = snapshot(root);
      expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({
        exitCode: 24,
        code: "changed-since-receipt",
      });
      expect(snapshot(root)).toEqual(files);
      expect(undoImage(byValue(root), SILENT)).toMatchObject({ way: "by-value", exitCode: 0, left: [] });
      expect(treeOf(hive)).toEqual(before);
    },
  );

  test("the run found it clean: the hive is restored, and the logs that are others now are told", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = sha256(hive);
    applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    writeFileSync(`${hive}.LOG2`, "something else");
    writeFileSync(`${hive}.LOG`, "something else");
    const { warnings } = undoImage(imageOptions(root), SILENT);
    expect(warnings.map(({ code, message }) => `${code}: ${message.split(":")[0]}`)).toEqual([
      "log-differs: SYSTEM.LOG2 is not as it was",
      "log-differs: SYSTEM.LOG was not there",
    ]);
    expect(sha256(hive)).toBe(before);
    expect(existsSync(`${hive}.LOG`)).toBe(true);
  });
});
