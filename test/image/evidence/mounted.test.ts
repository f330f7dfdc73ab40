/** A phony Windows on a real NTFS volume, mounted by ntfs-3g: what this Linux says of it, and what plan and apply make of that. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildFixture } from "../../../scripts/fixtures.ts";
import { applyImage } from "../../../src/apply/apply.ts";
import { planImage } from "../../../src/apply/plan.ts";
import { undoImage } from "../../../src/apply/undo.ts";
import { verifyImage } from "../../../src/apply/verify.ts";
import { accessListsOf, whyNotProtected } from "../../../src/image/access-list/access-lists.ts";
import type { Host } from "../../../src/image/host.ts";
import { THIS_MACHINE } from "../../../src/image/machine.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../../src/plan/options.ts";
import { applyOptions, imageOptions, NOW, ORPHANS, SILENT } from "../../apply/support.ts";
import { failureOf } from "../../support/failures.ts";
import { newFolder } from "../../support/folders.ts";
import { LINUX } from "../../support/hosts.ts";
import { mayMount, mounted } from "../../support/ntfs-mount.ts";
import { findTool, runTool } from "../../support/tools.ts";
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

describe.skipIf(!mayMount || findTool("setfattr") === undefined)("a first boot on such a volume", () => {
  test("lies where only administrators may write, as the volume itself says when it is mounted anew; undo takes it out", () => {
    const volume = ntfsVolume("clean");
    const first = mounted(volume);
    buildFixture("pending-7-x86", first.path);
    const options = {
      image: first.path,
      force: [],
      host: HOST,
      what: {
        inventory: { kind: "document", path: "fixtures/variants/pending-7-x86/inventory.json" },
        pairing: { ...DEFAULT_PLAN_OPTIONS, sources: "orphans" },
      },
      tool: "pint-offline test",
      now: NOW,
      firstBoot: { filesFolder: first.path, insisted: true },
    } as const;
    const applied = applyImage(options, SILENT);
    expect(applied).toMatchObject({ exitCode: 27, firstBoot: { way: "batch", state: "written" } });
    expect(applyImage(options, SILENT)).toMatchObject({
      exitCode: 27,
      written: false,
      firstBoot: { state: "as-it-was" },
    });
    first.unmount();
    const again = mounted(volume);
    const lists = accessListsOf(HOST);
    const folder = join(again.path, "Windows", "PINT", "first-boot");
    for (const place of [join(again.path, "Windows", "PINT"), folder, join(folder, `${applied.firstBoot?.id}.cmd`)])
      expect(whyNotProtected(lists, place)).toBeUndefined();
    expect(verifyImage({ image: again.path, force: [], host: HOST }, SILENT).exitCode).toBe(27);
    expect(undoImage({ ...imageOptions(again.path), host: HOST }, SILENT).exitCode).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });
});
