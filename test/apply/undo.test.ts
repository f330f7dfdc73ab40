/** Taking a run back: by which receipt, and when not. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { captureImage } from "../../src/apply/capture.ts";
import { formatReceipt } from "../../src/apply/receipt/document.ts";
import { readReceipt } from "../../src/apply/receipt/store.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import {
  applyOptions,
  contents,
  dword,
  editOnDisk,
  imageOptions,
  isReceipt,
  NOW,
  ORPHANS,
  SAVED_PROFILE,
  SILENT,
  sha256,
  snapshot,
  withProfile,
} from "./support.ts";

describe("undo", () => {
  test("goes back run by run, the newest first", () => {
    const { root, hive } = phonyImage("moved-windows-7");
    const profile = writeFileIn(
      newFolder(),
      "p.json",
      captureImage({ ...imageOptions(root), save: "nowhere", now: NOW }, SILENT).text,
    );
    const states = [sha256(hive)];
    applyImage(applyOptions(root, ORPHANS), SILENT);
    states.push(sha256(hive));
    const text = readFileSync(profile, "utf8")
      .replaceAll("192.168.50.21", "192.168.50.99")
      .replaceAll('"skip"', '"move"');
    writeFileSync(profile, text);
    const second = applyImage(
      { ...applyOptions(root, withProfile(profile, "fixtures/moved-windows-7/inventory.json")), now: NOW },
      SILENT,
    );
    if (second.written) {
      states.push(sha256(hive));
    }
    while (states.length > 1) {
      expect(sha256(hive)).toBe(states.pop());
      undoImage(imageOptions(root), SILENT);
    }
    expect(sha256(hive)).toBe(states[0]);
  });

  test("by a receipt that was kept elsewhere", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = sha256(hive);
    const { receipt } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    const kept = writeFileIn(newFolder(), "kept.json", readFileSync(receipt ?? ""));
    rmSync(join(root, "Windows", "PINT"), { recursive: true });
    expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({
      exit: "refused",
      code: "no-receipt",
    });
    expect(undoImage({ ...imageOptions(root), receipt: kept }, SILENT).receipt).toBe(kept);
    expect(sha256(hive)).toBe(before);
  });

  test("is refused when something has written since", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const { receipt } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    editOnDisk(hive, (edit) => void edit.setValue("Setup", "Other", 4, dword(1)));
    const before = snapshot(root);
    for (const named of [undefined, receipt ?? ""]) {
      const failure = failureOf(() => undoImage({ ...imageOptions(root), receipt: named }, SILENT));
      expect(failure).toMatchObject({ exit: "refused", exitCode: 24, code: "changed-since-receipt" });
      expect(failure.advice).toMatch(/\w/);
    }
    expect(snapshot(root)).toEqual(before);
  });

  test("is refused with a receipt that would give back other bytes than it names", () => {
    const { root } = phonyImage("moved-windows-10");
    const { receipt } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    const stored = readReceipt(receipt ?? "").receipt;
    const [primary = expect.fail(), ...logs] = stored.former.files;
    const [region = expect.fail(), ...regions] = primary.regions.slice().reverse();
    const altered = { ...region, bytes: region.bytes.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) };
    const files = [{ ...primary, regions: [altered, ...regions].reverse() }, ...logs];
    writeFileSync(receipt ?? "", formatReceipt({ ...stored, former: { files } }));
    const before = snapshot(root);
    expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({
      exit: "invalidDocument",
      code: "receipt-damaged",
    });
    expect(snapshot(root)).toEqual(before);
  });

  test("takes away the log that the run had made", () => {
    const { hive } = phonyImage("moved-windows-10");
    const alone = writeFileIn(newFolder(), "SYSTEM", readFileSync(hive));
    const before = sha256(alone);
    applyImage(applyOptions(alone, ORPHANS), SILENT);
    expect(existsSync(`${alone}.LOG1`)).toBe(true);
    const undone = undoImage(imageOptions(alone), SILENT);
    expect(undone).toMatchObject({ removed: [`${alone}.LOG1`], restored: [alone] });
    expect(existsSync(`${alone}.LOG1`)).toBe(false);
    expect(sha256(alone)).toBe(before);
  });

  test("a .LOG that this Windows does not read stays what it is, and is no reason to undo twice", () => {
    const folder = newFolder();
    const alone = writeFileIn(folder, "SYSTEM", readFileSync(phonyImage("moved-windows-10").hive));
    writeFileIn(folder, "SYSTEM.LOG", "left by Setup");
    const before = contents(folder, isReceipt);
    applyImage(applyOptions(alone, ORPHANS), SILENT);
    const { warnings } = undoImage(imageOptions(alone), SILENT);
    expect(warnings.map(({ code }) => code)).toEqual([
      "not-checked-hibernated",
      "not-checked-dirty-volume",
      "not-checked-bitlocker",
    ]);
    expect(contents(folder, isReceipt)).toEqual(before);
    expect(failureOf(() => undoImage(imageOptions(alone), SILENT)).code).toBe("nothing-to-undo");
  });

  test("tells when another program wrote to a log, which cannot be what it was", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = sha256(hive);
    applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    writeFileSync(`${hive}.LOG2`, "something else");
    const undone = undoImage(imageOptions(root), SILENT);
    expect(undone.warnings.map(({ code }) => code)).toEqual(["log-differs"]);
    expect(sha256(hive)).toBe(before);
  });
});
