/** Whether an image is as it was meant to be, and what differs. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { failureOf } from "../support/failures.ts";
import { phonyImage } from "../support/phony-images.ts";
import { applyOptions, dword, editOnDisk, imageOptions, ORPHANS, SAVED_PROFILE, SILENT } from "./support.ts";

describe("verify", () => {
  test("names each value that is not as the last run left it", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const { steps, receipt } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    const step = steps.find((each) => each.kind === "set-value" && each.name === "EnableDHCP") ?? expect.fail();
    editOnDisk(hive, (edit) => void edit.setValue(step.key, "EnableDHCP", 4, dword(1)));
    const result = verifyImage(imageOptions(root), SILENT);
    expect(result).toMatchObject({ exitCode: 28, against: { kind: "receipt", path: receipt } });
    expect(result.differences).toEqual([
      {
        message: "The value is another one",
        key: step.key,
        name: "EnableDHCP",
        meant: { type: "REG_DWORD", data: 0 },
        found: { type: "REG_DWORD", data: 1 },
      },
    ]);
  });

  test("without a receipt the saved profile counts; without either there is nothing to compare with", () => {
    const { root } = phonyImage("moved-windows-10");
    const result = verifyImage(imageOptions(root), SILENT);
    expect(result).toMatchObject({
      exitCode: 28,
      against: { kind: "profile", path: join(root, "Windows", "PINT", "profile.json") },
    });
    expect(result.differences[0]?.message).toContain("is not in place");
    rmSync(join(root, "Windows", "PINT"), { recursive: true });
    expect(failureOf(() => verifyImage(imageOptions(root), SILENT))).toMatchObject({
      exit: "noImage",
      code: "no-profile",
    });
  });

  test("against the image's orphans", () => {
    const { root } = phonyImage("moved-windows-7");
    const before = verifyImage({ ...imageOptions(root), planning: ORPHANS }, SILENT);
    expect(before).toMatchObject({ exitCode: 28, against: { kind: "orphans", path: null } });
    applyImage(applyOptions(root, ORPHANS), SILENT);
    expect(verifyImage({ ...imageOptions(root), planning: ORPHANS }, SILENT)).toMatchObject({
      exitCode: 0,
      differences: [],
    });
  });
});
