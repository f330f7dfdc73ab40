/** Commits to real hives, clean and dirty ones with the logs that Windows left: the edit is there, nothing else has changed, and undo gives back every bit. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  checkHive,
  describe as sentence,
  type FormerBytes,
  type LogFormat,
  openHive,
  restoreHive,
} from "../../../src/regf/index.ts";
import {
  binsAfter,
  binsOf,
  commitOn,
  createLogOn,
  type Edit,
  filesOf,
  PRIMARY,
} from "../../support/commit-scenarios.ts";
import { bytesOf } from "../../support/edit-actions.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { type Images, RecordedDisk } from "../../support/simulated-disk.ts";

const edit: Edit = (it) => {
  it.createKey("Made by a test\\Below");
  it.setValue("Made by a test", "small", 1, bytesOf(30, 1));
  it.setValue("Made by a test\\Below", "big", 3, bytesOf(40_000, 2));
};

const HIVES: readonly (readonly [string, readonly string[], LogFormat])[] = [
  ["system/win7-sp1-x86-esx.hiv", [], "DIRT"],
  ["system/win10-21h2-vmware.hiv", [], "HvLE"],
  ["system/xp-sp3-dell.hiv", [], "DIRT-XP"],
  ["dirty/NewDirtyHive1/NewDirtyHive", [".LOG1", ".LOG2"], "HvLE"],
  ["dirty/NewDirtyHive2/NewDirtyHive", [".LOG1", ".LOG2"], "HvLE"],
  ["dirty/transactions_ntuser/NTUSER.DAT", [".LOG1", ".LOG2"], "HvLE"],
  ["dirty/usrclass/UsrClass.dat", [".LOG1", ".LOG2"], "HvLE"],
  ["dirty/OldDirtyHive/OldDirtyHive", [".LOG1"], "DIRT"],
  ["dirty/BadBaseBlockHive/BadBaseBlockHive", [".LOG1"], "DIRT"],
];

function imagesOf(name: string, ends: readonly string[]): Images {
  const logs = ends.map((end) => [PRIMARY + end, new Uint8Array(readFileSync(realHive(name + end)))] as const);
  return new Map([[PRIMARY, new Uint8Array(readFileSync(realHive(name)))], ...logs]);
}

describeWithRealHives("real hives", () => {
  test.each(HIVES)("%s %j %s", (name, ends, format) => {
    const images = imagesOf(name, ends);
    const problems = new Map<string, number>();
    const hive = openHive(filesOf(new RecordedDisk(images)));
    for (const { code } of checkHive(hive).problems) problems.set(code, (problems.get(code) ?? 0) + 1);

    const { disk, report, former } = commitOn(images, format, edit);
    expect(report.recovered).toBe(ends.length > 0);
    const committed = disk.images();
    const again = openHive(filesOf(disk));
    expect(again.recovery.dirty).toBe(false);
    expect(Buffer.compare(binsOf(committed), binsAfter(images, edit))).toBe(0);
    expect(again.root.open("Made by a test\\Below")?.value("big")?.data).toEqual(bytesOf(40_000, 2));
    for (const { code } of checkHive(again).problems) problems.set(code, (problems.get(code) ?? 0) - 1);
    expect([...problems].filter(([, count]) => count < 0)).toEqual([]);

    const undone = restoreHive(filesOf(disk), former as FormerBytes, {
      logFormat: format,
      createLog: createLogOn(disk, format),
    });
    expect(undone.removeLogs).toHaveLength(ends.length === 0 ? 1 : 0);
    for (const [file, bytes] of images) {
      const left = disk.images().get(file) as Uint8Array;
      expect({ file, order: Buffer.compare(left.subarray(0, bytes.length), bytes) }).toEqual({ file, order: 0 });
      if (file === PRIMARY) expect(left.length).toBe(bytes.length);
    }
    expect(checkHive(openHive(filesOf(disk))).problems.map(sentence)).toEqual(checkHive(hive).problems.map(sentence));
  });
});
