/** The whole run on phony images: plan, apply, verify, apply again, undo; and that looking never writes. */
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { captureImage } from "../../src/apply/capture.ts";
import { checkImage } from "../../src/apply/check.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { planImage } from "../../src/apply/plan.ts";
import { readReceipt } from "../../src/apply/receipt/store.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { failureOf } from "../support/failures.ts";
import { phonyImage } from "../support/phony-images.ts";
import {
  applyOptions,
  contents,
  imageOptions,
  isReceipt,
  listener,
  NOW,
  ORPHANS,
  SAVED_PROFILE,
  SILENT,
  sha256,
  snapshot,
} from "./support.ts";

const IMAGES = [
  { name: "moved-windows-10", second: "already", what: SAVED_PROFILE, address: "10.20.30.40/24" },
  { name: "moved-windows-7", second: "kept", what: ORPHANS, address: "192.168.50.21/24" },
  { name: "moved-windows-xp", second: "kept", what: ORPHANS, address: "172.16.5.30/" },
] as const;

describe.each(IMAGES)("$name", ({ name, what, address, second }) => {
  test("plan, apply, verify, a second apply that changes nothing, undo", () => {
    const { root, hive } = phonyImage(name);
    const untouched = snapshot(root);

    const planned = planImage({ ...imageOptions(root), ...what }, SILENT);
    expect(planned.exitCode).toBe(0);
    expect(planned.plan.sources.map(({ outcome }) => outcome)).toEqual(["moved"]);
    expect(snapshot(root)).toEqual(untouched);
    expect(verifyImage({ ...imageOptions(root), planning: what }, SILENT).exitCode).toBe(28);

    const applied = applyImage(applyOptions(root, what), SILENT);
    expect(applied).toMatchObject({ exitCode: 0, written: true, steps: planned.plan.steps });
    expect(applied.sources[0]?.source.addresses.join()).toContain(address);
    expect(applied.hiveSha256).toEqual({ before: planned.plan.image.hiveSha256, after: sha256(hive) });
    expect(applied.hiveSha256.after).not.toBe(applied.hiveSha256.before);
    const { receipt } = readReceipt(applied.receipt ?? "");
    expect(receipt).toMatchObject({ after: { sha256: sha256(hive) }, changes: applied.steps });
    expect(asJson(receipt.sources)).toEqual(asJson(applied.sources));
    expect(checkImage(imageOptions(root), SILENT)).toMatchObject({ exitCode: 0, problems: [] });

    const after = snapshot(root);
    const again = applyImage(applyOptions(root, what), SILENT);
    expect(again).toMatchObject({ exitCode: 0, written: false, receipt: null, steps: [] });
    expect(again.sources.map(({ outcome }) => outcome)).toEqual([second]);
    expect(snapshot(root)).toEqual(after);

    for (const planning of [undefined, what]) {
      expect(verifyImage({ ...imageOptions(root), planning }, SILENT)).toMatchObject({ exitCode: 0, differences: [] });
    }
    expect(snapshot(root)).toEqual(after);

    const undone = undoImage(imageOptions(root), SILENT);
    expect(undone).toMatchObject({ exitCode: 0, receipt: applied.receipt, removed: [], warnings: [] });
    expect(undone.hiveSha256).toEqual({ before: applied.hiveSha256.after, after: applied.hiveSha256.before });
    const former = Object.fromEntries(Object.entries(untouched).map(([path, text]) => [path, text.split(" ")[0]]));
    expect(contents(root, isReceipt)).toEqual(former);
    expect(verifyImage(imageOptions(root), SILENT).differences[0]?.message).toContain("that was undone");
    expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({
      exit: "refused",
      code: "nothing-to-undo",
    });
  });

  test("looking never writes", () => {
    const { root } = phonyImage(name);
    const untouched = snapshot(root);
    inspectImage(imageOptions(root), SILENT);
    captureImage({ ...imageOptions(root), save: "nowhere", now: NOW }, SILENT);
    planImage({ ...imageOptions(root), ...what }, SILENT);
    checkImage(imageOptions(root), SILENT);
    verifyImage({ ...imageOptions(root), planning: what }, SILENT);
    expect(snapshot(root)).toEqual(untouched);
  });

  test("every stage is told, in its order", () => {
    const { root } = phonyImage(name);
    const { events, emit } = listener();
    applyImage(applyOptions(root, what), emit);
    const stages = events.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]);
    const expected = [
      "image-opened",
      "checked",
      "guard",
      ...(what === ORPHANS ? [] : ["profile-read"]),
      "planned",
      "source",
    ];
    expect(stages.filter((kind) => kind !== "warning")).toEqual([
      ...expected,
      "changed",
      "receipt-written",
      "committed",
      "checked",
      "compared",
    ]);
  });
});

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
