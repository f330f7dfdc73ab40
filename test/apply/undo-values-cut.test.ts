/** An undo value by value that is cut at any write or flush: nothing of it or all of it is there, as the exit code says, and the next one finishes it. */
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { checkImage } from "../../src/apply/check.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { phonyImage } from "../support/phony-images.ts";
import { copyOf, cutAfter, makeDirty } from "./cuts.ts";
import { applyOptions, imageOptions, readHive, receiptsIn, SILENT } from "./support.ts";
import { byValue, IMAGES, LATER, treeOf, windowsRan } from "./windows-ran.ts";

const isDirty = (hive: string): boolean => readHive(hive, ({ recovery }) => recovery.dirty);

describe.each(IMAGES)("$name", ({ name, what, logFormat }) => {
  const condition = logFormat === "DIRT" ? "clean" : "dirty";

  test(`Windows left the hive ${condition}`, () => {
    const { root, hive } = phonyImage(name);
    const old = treeOf(hive);
    const { steps } = applyImage(applyOptions(root, what), SILENT);
    const target = steps.find((step) => "name" in step && step.name === "IPAddress")?.key ?? expect.fail();
    // One change is left as it is: the exit code of the undo that is finished is not lost.
    windowsRan(hive, logFormat, (edit) => edit.deleteValue(target, "EnableDHCP"));
    if (condition === "dirty") {
      makeDirty(hive, logFormat);
    }
    const before = treeOf(hive);
    const whole = copyOf(root);
    const undone = undoImage(byValue(whole), SILENT);
    expect(undone).toMatchObject({ exitCode: 28, written: true });
    const after = treeOf(join(whole, relative(root, hive)));
    expect(after).not.toEqual(before);
    expect(after).not.toEqual(old);
    const exits: number[] = [];
    for (let count = 0; ; count++) {
      const copy = copyOf(root);
      const { reached, failure } = cutAfter(count, () => undoImage(byValue(copy), SILENT));
      if (!reached) {
        break;
      }
      exits.push(failure?.exitCode ?? expect.fail("a cut run is never a success"));
      expect([29, 30], failure?.message).toContain(failure?.exitCode);
      const isThrough = failure?.exitCode === 30;
      const cut = join(copy, relative(root, hive));
      expect(treeOf(cut)).toEqual(isThrough ? after : before);
      if (count % 3 !== 0 && !isThrough) {
        continue;
      }
      // A receipt that was just put there is no reason to take anything back bit for bit.
      expect(() => undoImage(imageOptions(copy), SILENT)).toThrowError(expect.objectContaining({ exitCode: 24 }));
      const wasDirty = isDirty(cut);
      const again = undoImage(byValue(copy, { byValue: { tool: "pint-offline test", now: new Date() } }), SILENT);
      if (!isThrough || wasDirty) {
        expect(again).toMatchObject({
          written: true,
          exitCode: 28,
          completed: isThrough ? LATER.toISOString() : null,
          steps: undone.steps,
          left: undone.left,
          already: undone.already,
        });
      } else {
        expect(again).toMatchObject({ written: false, exitCode: 24, steps: [] });
      }
      expect(treeOf(cut)).toEqual(after);
      expect(checkImage(imageOptions(copy), SILENT)).toMatchObject({ problems: [], hive: { dirty: false } });
      // And the undo that was finished can be undone.
      if (again.undoReceipt !== null) {
        undoImage({ ...imageOptions(copy), receipt: again.undoReceipt }, SILENT);
        expect(treeOf(cut)).toEqual(before);
      }
    }
    expect(exits.filter((exit) => exit === 29).length).toBeGreaterThan(5);
    expect(exits.filter((exit) => exit === 30).length).toBeGreaterThan(2);
    expect(exits).toEqual(exits.toSorted((left, right) => left - right));
    expect(receiptsIn(join(whole, "Windows", "PINT", "receipts")).length).toBeLessThan(3);
  });
});
