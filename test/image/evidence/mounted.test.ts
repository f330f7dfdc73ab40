/** A phony Windows on a real NTFS volume, mounted by ntfs-3g: what this Linux says of it, and what plan and apply make of that. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildFixture } from "../../../scripts/fixtures.ts";
import { applyImage } from "../../../src/apply/apply.ts";
import { planImage } from "../../../src/apply/plan.ts";
import { undoImage } from "../../../src/apply/undo.ts";
import type { Host } from "../../../src/image/host.ts";
import { THIS_MACHINE } from "../../../src/image/machine.ts";
import { applyOptions, imageOptions, ORPHANS, SILENT } from "../../apply/support.ts";
import { failureOf } from "../../support/failures.ts";
import { newFolder } from "../../support/folders.ts";
import { LINUX } from "../../support/hosts.ts";
import { mayMount, mounted } from "../../support/ntfs-mount.ts";
import { runTool } from "../../support/tools.ts";
import { bitLockerVolume, ntfsVolume } from "./volumes.ts";

const HOST: Host = { ...LINUX, machine: THIS_MACHINE };

function volumeWithWindows(): string {
  const volume = ntfsVolume("clean");
  const folder = mounted(volume);
  buildFixture("moved-windows-7", folder.path);
  folder.unmount();
  return volume;
}

function planCodes(folder: string): string[] {
  const { plan } = planImage({ ...imageOptions(folder), ...ORPHANS, host: HOST }, SILENT);
  return plan.warnings.map(({ code }) => code).filter((code) => /^(?:refused|not-checked)-/.test(code));
}

describe.skipIf(!mayMount)("on a volume that ntfs-3g has mounted", () => {
  test("a clean one is planned for, changed, and undone without a word about the volume", () => {
    const folder = mounted(volumeWithWindows()).path;
    expect(planCodes(folder)).toEqual([]);
    const options = { ...applyOptions(folder, ORPHANS), host: HOST };
    const applied = applyImage(options, SILENT);
    expect(applied).toMatchObject({ exitCode: 0, written: true });
    expect(applied.warnings.map(({ code }) => code)).not.toContain("not-checked-dirty-volume");
    expect(undoImage({ ...imageOptions(folder), host: HOST }, SILENT).exitCode).toBe(0);
  });

  test("a dirty one is refused, by the undo too, unless it is forced", () => {
    const volume = volumeWithWindows();
    expect(runTool("ntfsfix", [volume]).status).toBe(0);
    const folder = mounted(volume).path;
    expect(planCodes(folder)).toEqual(["refused-dirty-volume"]);
    const apply = (force: readonly "dirty-volume"[]) =>
      applyImage({ ...applyOptions(folder, ORPHANS, force), host: HOST }, SILENT);
    expect(failureOf(() => apply([]))).toMatchObject({ code: "dirty-volume", exitCode: 24 });
    expect(apply(["dirty-volume"]).written).toBe(true);
    expect(failureOf(() => undoImage({ ...imageOptions(folder), host: HOST }, SILENT)).code).toBe("dirty-volume");
  });

  test("a read-only one: the plan foresees what apply says", () => {
    const folder = mounted(volumeWithWindows(), "ro").path;
    expect(planCodes(folder)).toEqual(["refused-read-only-volume"]);
    const failure = failureOf(() => applyImage({ ...applyOptions(folder, ORPHANS), host: HOST }, SILENT));
    expect(failure).toMatchObject({ exitCode: 24, code: "read-only" });
  });

  test("a locked one cannot be mounted, and is told for what it is when it is named", () => {
    const volume = bitLockerVolume();
    expect(runTool("ntfs-3g", [volume, newFolder()]).status).not.toBe(0);
    expect(failureOf(() => planCodes(volume)).code).toBe("bitlocker-locked");
    expect(failureOf(() => planCodes(join(volume, "Windows"))).code).toBe("no-such-path");
  });
});
