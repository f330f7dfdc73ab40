/** A plan that was saved: applied as it is, or refused. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { planImage } from "../../src/apply/plan.ts";
import { readReceipt } from "../../src/apply/receipt/store.ts";
import { sealed } from "../../src/apply/plan-seal.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { formatPlan } from "../../src/plan/document.ts";
import type { Plan } from "../../src/plan/model.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { applyOptions, editOnDisk, imageOptions, receiptsIn, SAVED_PROFILE, SILENT, sha256 } from "./support.ts";

describe("plan", () => {
  test("is saved, and applied from the file with the same result", () => {
    const { root } = phonyImage("moved-windows-10");
    const output = join(newFolder(), "plan.json");
    const { plan, savedTo, text } = planImage({ ...imageOptions(root), ...SAVED_PROFILE, output }, SILENT);
    expect(savedTo).toBe(output);
    expect(readFileSync(output, "utf8")).toBe(text);
    const applied = applyImage(applyOptions(root, { planFile: output }), SILENT);
    expect(applied).toMatchObject({ written: true, steps: plan.steps, sources: plan.sources, exitCode: 0 });
    const again = failureOf(() => applyImage(applyOptions(root, { planFile: output }), SILENT));
    expect(again).toMatchObject({ exit: "refused", code: "changed-since-plan", at: `${output}: $.image.hiveSha256` });
  });

  test.each<[string, (plan: Plan) => Plan]>([
    ["a step more", (plan) => ({ ...plan, steps: [...plan.steps, { kind: "delete-key", key: "ControlSet001" }] })],
    ["no steps", (plan) => ({ ...plan, steps: [] })],
    ["another outcome", (plan) => ({ ...plan, sources: plan.sources.map((it) => ({ ...it, outcome: "conflict" })) })],
    ["no seal", ({ seal: _seal, ...plan }) => plan],
  ])("a plan that was altered is refused: %s", (_what, alter) => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = sha256(hive);
    const { plan } = planImage({ ...imageOptions(root), ...SAVED_PROFILE }, SILENT);
    const altered = writeFileIn(newFolder(), "plan.json", formatPlan(alter(plan)));
    const failure = failureOf(() => applyImage(applyOptions(root, { planFile: altered }), SILENT));
    expect(failure).toMatchObject({ exit: "invalidDocument", code: "plan-altered", at: `${altered}: $.seal` });
    expect(sha256(hive)).toBe(before);
  });

  test("another way to space and order the document is no alteration", () => {
    const { root } = phonyImage("moved-windows-10");
    const { text } = planImage({ ...imageOptions(root), ...SAVED_PROFILE }, SILENT);
    const members = Object.entries(JSON.parse(text) as object).toReversed();
    const respaced = writeFileIn(newFolder(), "plan.json", JSON.stringify(Object.fromEntries(members)));
    expect(applyImage(applyOptions(root, { planFile: respaced }), SILENT)).toMatchObject({
      exitCode: 0,
      written: true,
    });
  });

  test("a plan whose hash was put right is refused where a value is not what it saw", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const output = join(newFolder(), "plan.json");
    const { plan } = planImage({ ...imageOptions(root), ...SAVED_PROFILE, output }, SILENT);
    const step = plan.steps.find((each) => each.kind === "set-value") ?? expect.fail();
    editOnDisk(hive, (edit) => edit.setValue(step.key, step.name, 1, new Uint8Array([0x21, 0, 0, 0])));
    const now = sha256(hive);
    writeFileSync(output, formatPlan(sealed({ ...plan, image: { ...plan.image, hiveSha256: now } })));
    const failure = failureOf(() => applyImage(applyOptions(root, { planFile: output }), SILENT));
    expect(failure).toMatchObject({ exit: "refused", code: "changed-since-plan", at: `${step.key}\\${step.name}` });
    expect(sha256(hive)).toBe(now);
    expect(receiptsIn(join(root, "Windows", "PINT", "receipts"))).toEqual([]);
  });

  test("a guard that would refuse apply is foreseen: the plan is made, and its exit code is apply's", () => {
    const { root } = phonyImage("moved-windows-10");
    writeFileIn(root, "hiberfil.sys", "HIBR");
    const output = join(newFolder(), "plan.json");
    const { plan, exitCode } = planImage({ ...imageOptions(root), ...SAVED_PROFILE, output }, SILENT);
    expect([exitCode, plan.exitCode]).toEqual([24, 24]);
    expect(plan.steps).not.toEqual([]);
    expect(plan.warnings).toContainEqual({ code: "refused-hibernated", message: expect.stringContaining("HIBR") });
    expect(failureOf(() => applyImage(applyOptions(root, { planFile: output }), SILENT)).code).toBe("hibernated");
    const forced = applyImage(applyOptions(root, { planFile: output }, ["hibernated"]), SILENT);
    expect(forced).toMatchObject({ exitCode: 0, written: true });
    expect(forced.warnings.map(({ code }) => code)).toEqual([
      "forced-hibernated",
      "presence-by-last-boot",
      "network-may-be-public",
    ]);
    expect(readReceipt(forced.receipt ?? "").receipt.forced).toEqual(["hibernated"]);
    expect(failureOf(() => undoImage(imageOptions(root), SILENT)).code).toBe("hibernated");
    expect(undoImage(imageOptions(root, ["hibernated"]), SILENT).exitCode).toBe(0);
  });
});
