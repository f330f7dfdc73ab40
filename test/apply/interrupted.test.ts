/** A run that is cut at any write or flush: the image is the old one or the new one, as the exit code says, and undo restores it bit for bit. */
import { join } from "node:path";
import fs from "fs-extra";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { BIN_HEADER } from "../../src/regf/format/bin.ts";
import { ourDump } from "../support/hivex-export.ts";
import { phonyImage } from "../support/phony-images.ts";
import { copyOf, cutAfter, makeDirty } from "./cuts.ts";
import {
  applyOptions,
  contents,
  dword,
  imageOptions,
  isReceipt,
  NOW,
  ORPHANS,
  readHive,
  receiptsIn,
  SAVED_PROFILE,
  SILENT,
} from "./support.ts";

interface Base {
  readonly root: string;
  /** The hive's path below the root. */
  readonly hive: string;
}

const IMAGES = [
  { name: "moved-windows-10", what: SAVED_PROFILE, logFormat: "HvLE" },
  { name: "moved-windows-7", what: ORPHANS, logFormat: "DIRT" },
  { name: "moved-windows-xp", what: ORPHANS, logFormat: "DIRT-XP" },
] as const;

const tree = (hive: string) => readHive(hive, ({ root }) => ourDump(root));

describe.each(IMAGES)("$name", ({ name, what, logFormat }) => {
  describe.each(["clean", "dirty", "the first bin's stamp is not the header's"] as const)("%s", (condition) => {
    const base = {} as { -readonly [Name in keyof Base]: Base[Name] };
    const copy = (): { root: string; hive: string } => {
      const root = copyOf(base.root);
      return { root, hive: join(root, base.hive) };
    };

    test("apply", () => {
      prepare();
      const original = contents(base.root);
      const old = tree(join(base.root, base.hive));
      const whole = copy();
      applyImage(applyOptions(whole.root, what), SILENT);
      const made = tree(whole.hive);
      expect(made).not.toEqual(old);
      const exits: number[] = [];
      for (let count = 0; ; count++) {
        const { root, hive } = copy();
        const { reached, failure } = cutAfter(count, () => applyImage(applyOptions(root, what), SILENT));
        if (!reached) {
          break;
        }
        if (failure === undefined) {
          expect.fail("a cut run is never a success");
        }
        exits.push(failure.exitCode);
        expect([29, 30], failure.message).toContain(failure.exitCode);
        expect(tree(hive)).toEqual(failure.exitCode === 29 ? old : made);
        if (count % 4 === 0) {
          rerun(copyOf(root), failure.exitCode === 29);
          expect(verifyImage({ ...imageOptions(root), planning: what }, SILENT).exitCode).toBe(
            failure.exitCode === 29 ? 28 : 0,
          );
        }
        if (Object.entries(contents(root, isReceipt)).toString() !== Object.entries(original).toString()) {
          expect(
            receiptsIn(join(root, "Windows", "PINT", "receipts")).length +
              receiptsIn(join(root, "WINDOWS", "PINT", "receipts")).length,
          ).toBe(1);
          const { warnings } = undoImage(imageOptions(root), SILENT);
          // None where only the very last flush failed.
          expect(warnings.filter(({ code }) => code !== "run-cut-short")).toEqual([]);
        }
        expect(contents(root, isReceipt)).toEqual(original);
      }
      expect(exits.filter((exit) => exit === 29).length).toBeGreaterThan(5);
      expect(exits.filter((exit) => exit === 30).length).toBeGreaterThan(2);
      expect(exits).toEqual(exits.toSorted((left, right) => left - right));
    });

    test("undo", () => {
      prepare();
      const original = contents(base.root);
      const applied = copy();
      applyImage(applyOptions(applied.root, what), SILENT);
      const old = tree(join(base.root, base.hive));
      const made = tree(applied.hive);
      let cuts = 0;
      for (; ; cuts++) {
        const root = copyOf(applied.root);
        const { reached, failure } = cutAfter(cuts, () => undoImage(imageOptions(root), SILENT));
        if (!reached) {
          expect(contents(root, isReceipt)).toEqual(original);
          break;
        }
        expect([29, 30, undefined], failure?.message).toContain(failure?.exitCode);
        expect(tree(join(root, base.hive))).toEqual(failure?.exitCode === 29 ? made : old);
        if (Object.entries(contents(root, isReceipt)).toString() !== Object.entries(original).toString()) {
          undoImage(imageOptions(root), SILENT);
        }
        expect(contents(root, isReceipt)).toEqual(original);
      }
      expect(cuts).toBeGreaterThan(8);
    });

    /** Does what the cut run could not, or completes it; the hive is clean then, and as made; and the undo is of the run that was cut. */
    function rerun(root: string, isOld: boolean): void {
      const hive = join(root, base.hive);
      const wasDirty = readHive(hive, ({ recovery }) => recovery.dirty);
      const { written, completed } = applyImage(applyOptions(root, what), SILENT);
      expect({ written, completed }).toEqual({
        written: isOld || wasDirty,
        completed: !isOld && wasDirty ? NOW.toISOString() : null,
      });
      expect(readHive(hive, ({ recovery }) => recovery.dirty)).toBe(false);
      if (!isOld) {
        undoImage(imageOptions(root), SILENT);
        expect(contents(root, isReceipt)).toEqual(contents(base.root));
      }
    }

    function prepare(): void {
      const image = phonyImage(name);
      base.root = image.root;
      base.hive = image.hive.slice(image.root.length + 1);
      if (condition !== "clean" && condition !== "dirty") {
        const stamp = 0x1000 + BIN_HEADER.fields.lastWritten.offset;
        patchFile(image.hive, stamp, dword(0x12345678));
      }
      if (condition === "dirty") {
        makeDirty(image.hive, logFormat);
        expect(readHive(image.hive, ({ recovery }) => recovery.dirty && recovery.replayed.length)).toBe(1);
      }
    }
  });
});

function patchFile(file: string, offset: number, bytes: Uint8Array): void {
  const descriptor = fs.openSync(file, "r+");
  fs.writeSync(descriptor, bytes, 0, bytes.length, offset);
  fs.closeSync(descriptor);
}
