/**
 * What we read of real hives is what other people's programs read: hivex (keys, values, types, bytes), reglookup (keys, times) and libregf (class names).
 * Only this finds a reading that is wrong in the same way as our writing.
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HiveError, openHive } from "../../../src/regf/index.ts";
import { openFile } from "../../../src/storage/file.ts";
import { hivexDump, ourDump } from "../../support/hivex-export.ts";
import { describeWithRealHives, hasRealHives, REAL_HIVES, realHive } from "../../support/real-hives.ts";
import { describeWithTools } from "../../support/tools.ts";
import { ourClassNames, regfexportClassNames } from "../../support/witness/regfexport.ts";
import { ourTimes, reglookupTimes } from "../../support/witness/reglookup.ts";

/** Hives that we refuse, or part of which we refuse, and with what. Everything else in the folders must be readable to its end. */
const REFUSED: Readonly<Record<string, string>> = {
  "system/xp-sp3-damaged.hiv": "cell-free",
  "odd/BadListHive": "wrong-parent",
  "odd/BadSubkeyHive": "wrong-parent",
  "odd/DeletedDataHiveTruncated": "cell-outside-bins",
  "odd/EffectiveSizeHive": "cell-outside-bins",
  "odd/InvalidParentHive": "wrong-parent",
  "odd/OldLogWithRemnantData": "is-a-log",
  "odd/TruncatedDirtyHive": "truncated",
  "odd/TruncatedHive": "truncated",
  "odd/TruncatedNameHive": "cell-too-small",
  "odd/samba/regfio_corrupt_hbin1.dat": "truncated",
  "odd/samba/regfio_corrupt_lf_subkeys.dat": "truncated",
};

/** Hives that hivex refuses, and why; reglookup reads them. */
const NOT_FOR_HIVEX: Readonly<Record<string, string>> = {
  "system/container-delta.hiv": "values that stand for deleted ones",
  "odd/System_Delta": "values that stand for deleted ones",
  "odd/GarbageHive": "a wrong checksum",
  "odd/TruncatedPairHive": "half a surrogate pair in a name",
  "odd/TruncatedPairHive2": "half a surrogate pair in a name",
  "odd/BogusKeyNamesHive": "line ends in a name",
};

/** reglookup ends a name at a zero character. */
const NOT_FOR_REGLOOKUP = ["odd/BogusKeyNamesHive", "odd/hivex/special"];

function filesIn(folder: string): string[] {
  return readdirSync(join(REAL_HIVES, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    return statSync(join(REAL_HIVES, path)).isDirectory() ? filesIn(path) : [path];
  });
}

const all = hasRealHives ? [...filesIn("system"), ...filesIn("odd")] : [];
const readable = all.filter((path) => !Object.hasOwn(REFUSED, path));

function rootOf(path: string) {
  return openHive({ primary: openFile(realHive(path), "read"), logs: [] }, { acceptDirty: true }).root;
}

describeWithRealHives("real hives", () => {
  test("there are as many as there were when this was written", () => {
    expect({ all: all.length, readable: readable.length }).toEqual({ all: 56, readable: 44 });
  });

  test.each(Object.entries(REFUSED))("%s is refused: %s", (path, code) => {
    let found: unknown;
    try {
      ourDump(rootOf(path));
    } catch (error) {
      found = error instanceof HiveError ? error.problem.code : error;
    }
    expect(found).toBe(code);
  });

  describeWithTools("are read alike by hivex", ["hivexregedit"], () => {
    const forHivex = readable.filter((path) => !Object.hasOwn(NOT_FOR_HIVEX, path));
    const spoken = { hives: 0, keys: 0, values: 0 };

    test.each(forHivex)("%s", (path) => {
      const witness = hivexDump(realHive(path));
      const ours = ourDump(rootOf(path));
      expect(ours.keys.filter((line, index) => line !== witness.keys[index])).toEqual([]);
      expect(ours.values.filter((line, index) => line !== witness.values[index])).toEqual([]);
      expect([ours.keys.length, ours.values.length]).toEqual([witness.keys.length, witness.values.length]);
      spoken.hives++;
      spoken.keys += witness.keys.length;
      spoken.values += witness.values.length;
    });

    test("the witness has spoken", () => {
      expect(spoken.hives).toBe(38);
      expect(spoken.keys).toBeGreaterThan(150_000);
      expect(spoken.values).toBeGreaterThan(320_000);
    });
  });

  describeWithTools("have the same keys and times for reglookup", ["reglookup"], () => {
    const forReglookup = readable.filter((path) => !NOT_FOR_REGLOOKUP.includes(path));
    let keyCount = 0;

    test.each(forReglookup)("%s", (path) => {
      const witness = reglookupTimes(realHive(path));
      const ours = ourTimes(rootOf(path));
      expect(ours.keys.filter((line, index) => line !== witness.keys[index])).toEqual([]);
      expect([ours.keys.length, ours.valueCount]).toEqual([witness.keys.length, witness.valueCount]);
      keyCount += witness.keys.length;
    });

    test("the witness has spoken", () => expect(keyCount).toBeGreaterThan(150_000));
  });

  describeWithTools("have the same class names for libregf", ["regfexport"], () => {
    // One hive: regfexport takes many seconds.
    test("system/xp-sp3-dell.hiv", () => {
      const witness = regfexportClassNames(realHive("system/xp-sp3-dell.hiv"));
      expect(ourClassNames(rootOf("system/xp-sp3-dell.hiv"))).toEqual(witness);
      expect(witness).toHaveLength(16);
    });
  });
});
