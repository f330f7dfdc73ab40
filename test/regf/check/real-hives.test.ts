/** Clean hives of Windows pass every rule; damaged ones are caught, with the places of the damage. */
import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { checkHive, openHive, type Problem } from "../../../src/regf/index.ts";
import { openFile } from "../../../src/storage/file.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";

function open(path: string) {
  return openHive({ primary: openFile(realHive(path), "read"), logs: [] }, { acceptDirty: true });
}

function countsByCode(problems: readonly Problem[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { severity, code } of problems) counts[`${severity} ${code}`] = (counts[`${severity} ${code}`] ?? 0) + 1;
  return counts;
}

describeWithRealHives("real hives", () => {
  // Keys and values as hivex counts them (test/regf/read/witness.test.ts).
  test.each<[path: string, keys: number, values: number, tolerated?: Record<string, number>]>([
    ["system/win7-sp1-x86-esx.hiv", 30_756, 73_456],
    ["system/win10-21h2-vmware.hiv", 33_317, 74_454],
    ["system/xp-sp3-dell.hiv", 9_629, 26_819],
    ["system/nt4-dc.hiv", 1_971, 5_841],
    ["system/container-delta.hiv", 586, 820],
    ["odd/BigDataHive", 2, 2],
    ["odd/ManySubkeysHive", 5_003, 0],
    ["odd/UnicodeHive", 3, 0],
    ["odd/UpcaseHive", 4, 0],
    ["odd/PairHive", 4, 0],
    ["odd/TruncatedPairHive2", 6, 5],
    ["odd/EmptyHive", 1, 0],
    ["odd/OffHive", 1, 0],
    ["odd/hivex/special", 4, 3],
    ["dirty/NewDirtyHive1/RecoveredHive_Windows10", 5, 1, { "warning cell-leaked": 8 }],
    ["dirty/OldDirtyHive/RecoveredHive_Windows7", 5_003, 1],
  ])("%s has no problem that Windows did not leave itself", (path, keys, values, tolerated = {}) => {
    const result = checkHive(open(path));
    expect(countsByCode(result.problems)).toEqual(tolerated);
    expect(result).toMatchObject({ omitted: 0, counts: { keys, values } });
  });

  test("what Windows leaves after healing a hive is tolerated, and said", () => {
    const { problems } = checkHive(open("odd/HealedHive"));
    expect(countsByCode(problems)).toEqual({ "warning cell-leaked": 4, "warning security-count-too-high": 2 });
  });

  test.each([
    ["odd/BadListHive", { "fatal cell-shared": 1, "fatal wrong-parent": 1 }],
    ["odd/BadSubkeyHive", { "fatal cell-shared": 1, "fatal wrong-parent": 1 }],
    ["odd/CompHive", { "fatal wrong-hash": 1 }],
    ["odd/DeletedDataHiveTruncated", { "fatal cell-outside-bins": 1 }],
    ["odd/DeletedTreeNoRootFlagHive", { "warning bad-root-flags": 1 }],
    ["odd/DuplicateSubkeysHive", { "fatal duplicate-name": 1 }],
    ["odd/EffectiveSizeHive", { "warning bad-checksum": 1, "fatal count-disagrees": 1, "fatal cell-outside-bins": 9 }],
    ["odd/InvalidParentHive", { "fatal wrong-parent": 1 }],
    ["odd/TruncatedNameHive", { "fatal cell-too-small": 1 }],
    ["odd/WrongOrderHive", { "fatal wrong-order": 2 }],
  ])("%s is caught", (path, found) => {
    expect(countsByCode(checkHive(open(path)).problems)).toEqual(found);
  });

  test("xp-sp3-damaged.hiv, whose header says that it is clean, is caught, with the places", () => {
    const hive = open("system/xp-sp3-damaged.hiv");
    expect(hive.recovery.dirty).toBe(false);
    const { problems, counts } = checkHive(hive);
    expect(countsByCode(problems)).toEqual({
      "fatal bad-cell-size": 1,
      "fatal bad-signature": 30,
      "fatal cell-misplaced": 187,
    });
    expect(problems[0]).toEqual({
      code: "cell-misplaced",
      severity: "fatal",
      at: 0x3a98,
      key: "ControlSet001\\Control\\Biosinfo",
      structure: "value data",
      cell: 0x98308,
    });
    expect(counts.keys).toBeGreaterThan(1000);
  });

  test("11 MB take well under a second", () => {
    const hive = open("system/win10-21h2-vmware.hiv");
    checkHive(hive);
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      checkHive(hive);
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(1000); // 0.2 s on an idle machine; a build server is not idle
  });
});
