/** `apply --auto` on an image whose machine has an adapter that it never met: it arranges what it can, and says what it cannot. */
import { describe, expect, test } from "vitest";
import { applyAuto, type ApplyAutoOptions } from "../../src/apply/auto/apply-auto.ts";
import type { FirstBootRequest } from "../../src/apply/first-boot/prepare.ts";
import { keepingLists } from "../support/first-boot.ts";
import { newFolder } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { readable, surroundingsWith } from "../support/surroundings.ts";
import { codes, finisherPath, useFinisher, what } from "./first-boot-runs.ts";
import { NOW, SILENT, snapshot } from "./support.ts";

useFinisher();

function auto(root: string, firstBoot: FirstBootRequest | undefined): ApplyAutoOptions {
  return {
    host: keepingLists().host,
    surroundings: surroundingsWith(() => [readable(root)]),
    force: [],
    waitMs: 0,
    planning: what("pending-10"),
    firstBoot,
    tool: "pint-offline test",
    now: NOW,
  };
}

describe("an unattended run", () => {
  test("arranges the first boot where the files for it are at hand, and verifies it", () => {
    const { root } = phonyImage("pending-10");
    const result = applyAuto(auto(root, { filesFolder: finisherPath(), insisted: false }), SILENT);
    expect(result).toMatchObject({
      exitCode: 27,
      firstBoot: { state: "written" },
      verification: { exitCode: 27, differences: [], firstBoot: { state: "arranged" } },
    });
  });

  test("without them warns, ends with 26, and writes nothing", () => {
    const { root } = phonyImage("pending-10");
    const before = snapshot(root);
    const result = applyAuto(auto(root, { filesFolder: newFolder(), insisted: false }), SILENT);
    expect(result).toMatchObject({ exitCode: 26, written: false, firstBoot: null });
    expect(codes(result)).toContain("first-boot-not-arranged");
    expect(snapshot(root)).toEqual(before);
  });

  test("told not to, leaves nothing and says nothing of it", () => {
    const { root } = phonyImage("pending-10");
    const result = applyAuto(auto(root, undefined), SILENT);
    expect(result).toMatchObject({ exitCode: 26, written: false, firstBoot: null });
    expect(codes(result).filter((code) => code.startsWith("first-boot"))).toEqual([]);
  });

  test.each([true, false])("prefers the answer file of a generalized image (asked for: %s)", (insisted) => {
    const { root } = phonyImage("generalized");
    const result = applyAuto(auto(root, { filesFolder: finisherPath(), insisted }), SILENT);
    expect(result).toMatchObject({ exitCode: 27, firstBoot: null, answerFile: { state: "written" } });
    expect(codes(result).includes("answer-file-preferred")).toBe(insisted);
  });
});
