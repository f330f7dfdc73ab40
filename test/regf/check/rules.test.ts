/** What the check passes over in silence, and how it reports what it finds. What it finds of each kind: bad-hives.test.ts. */
import { describe, expect, test } from "vitest";
import { BASE_BLOCK_HEADER, FLAG_TRANSACTIONS } from "../../../src/regf/format/base-block.ts";
import { BIN_HEADER } from "../../../src/regf/format/bin.ts";
import { KEY_FLAG, KEY_NODE } from "../../../src/regf/format/key-node.ts";
import { type CellOffset, NIL } from "../../../src/regf/format/offsets.ts";
import { VALUE_FLAG, VALUE_NODE } from "../../../src/regf/format/value-node.ts";
import { checkHive, type Hive, type ProblemCode } from "../../../src/regf/index.ts";
import { badHive } from "../../../scripts/fixtures/bad-hives/index.ts";
import { keyAt, lastFreeCell, newSecurity, useSecurity, valueAt } from "../../../scripts/fixtures/bad-hives/places.ts";
import { smallHive } from "../../../scripts/fixtures/bad-hives/sound-hives.ts";
import { MANY, needKey, openBytes, sampleHive, withBaseBlock } from "../../support/sample-hive.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;

/** As Windows since Vista marks its hives: then no hint may be too low. */
const sample = withBaseBlock(sampleHive(5), { managerSignature: "rmtm" });
const sampleOf13 = withBaseBlock(sampleHive(3), { managerSignature: "rmtm" });

/** The codes that a fault brings, once each, sorted. */
function codesOf(hive: Hive): ProblemCode[] {
  return [...new Set(checkHive(hive).problems.map(({ code }) => code))].sort();
}

test("a hive without a fault is silent, and everything is counted", () => {
  for (const bytes of [sample, sampleOf13]) {
    const result = checkHive(openBytes(bytes));
    expect(result.problems).toEqual([]);
    expect(result).toMatchObject({ omitted: 0, counts: { keys: 11 + MANY, values: 11 } });
  }
});

describe("what is not a fault", () => {
  const cases: readonly (readonly [string, (hive: Hive) => void])[] = [
    [
      "volatile subkeys, which the file has left over",
      (it) => {
        it.bins.set(keyAt(it, "Alpha"), KEY.volatileSubkeyCount, 5);
        it.bins.set(keyAt(it, "Alpha"), KEY.volatileSubkeys, 0xbaad_f00d as CellOffset);
      },
    ],
    ["the root's parent", (it) => it.bins.set(it.rootCell, KEY.parent, 0x748 as CellOffset)],
    ["hints that are too high", (it) => it.bins.set(it.rootCell, KEY.longestSubkeyName, 500)],
    [
      "the handle that a key for performance data has instead of a count of values",
      (it) => {
        const key = keyAt(it, "Alpha");
        it.bins.set(key, KEY.flags, KEY_FLAG.compressedName | KEY_FLAG.predefinedHandle);
        it.bins.set(key, KEY.valueCount, 0x8000_0060);
        it.bins.set(key, KEY.values, 0 as CellOffset);
      },
    ],
    ["what bins have in memory", (it) => it.bins.setBin(0 as CellOffset, BIN_HEADER.fields.spare, 1)],
  ];
  test.each(cases)("%s", (_what, change) => {
    const hive = openBytes(sample);
    change(hive);
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("bytes behind the bins, no time of writing, transactions that are pending", () => {
    const longer = new Uint8Array(sample.length + 5000).fill(0xee);
    longer.set(withBaseBlock(sample, { lastWritten: 0n, flags: FLAG_TRANSACTIONS }));
    expect(checkHive(openBytes(longer)).problems).toEqual([]);
  });

  test("what is in a free cell", () => {
    const hive = openBytes(smallHive());
    hive.bins.write(lastFreeCell(hive), 0, new Uint8Array(64).fill(0xee));
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("a value that stands for a deleted one, in a hive that lies as a layer over another", () => {
    const hive = openBytes(withBaseBlock(sample, { minor: 6 }));
    const value = valueAt(hive, "of 0");
    hive.bins.set(value, VALUE.flags, VALUE_FLAG.compressedName | VALUE_FLAG.tombstone);
    hive.bins.set(value, VALUE.dataSize, 0);
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("the same security descriptor twice, in a hive that can be as old as NT 4", () => {
    const hive = openBytes(sampleOf13);
    useSecurity(hive, "Alpha", newSecurity(hive));
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("the one hint that Windows XP leaves too low, in a hive that Windows XP wrote", () => {
    const written = (marks: Parameters<typeof withBaseBlock>[1]): ProblemCode[] => {
      const hive = openBytes(withBaseBlock(sample, marks));
      hive.bins.set(hive.rootCell, KEY.longestSubkeyName, 0);
      return codesOf(hive);
    };
    const offlineLibrary = new Uint8Array(332);
    offlineLibrary.set([0x4f, 0x66, 0x52, 0x67]);
    expect(written({ managerSignature: "rmtm" })).toEqual(["hint-too-low"]);
    expect(written({ managerSignature: "\0\0\0\0", reserved: offlineLibrary })).toEqual(["hint-too-low"]);
    expect(written({ managerSignature: "\0\0\0\0" })).toEqual([]);
  });
});

test("keys nested deeper than Windows allows are neither checked nor read", () => {
  const hive = openBytes(badHive("key-too-deep").build().bytes);
  expect(checkHive(hive)).toMatchObject({ problems: [{ code: "key-too-deep", deepest: 512 }], counts: { keys: 514 } });
  expect(() => hive.root.open(`a${"\\k".repeat(599)}`)).toThrow("Keys are nested deeper than 512 levels");
});

test("a hive that was accepted although it was dirty", () => {
  const dirty = withBaseBlock(sample, { primarySequence: 9 });
  expect(codesOf(openBytes(dirty, [], true))).toEqual(["sequences-differ"]);
  const { checksum } = BASE_BLOCK_HEADER.fields;
  checksum.set(new DataView(dirty.buffer), 0, 1);
  expect(codesOf(openBytes(dirty, [], true))).toEqual(["bad-checksum", "sequences-differ"]);
});

test("a key that cannot be walked hides no leak that is not known to be one", () => {
  const hive = openBytes(sample);
  hive.bins.set(keyAt(hive, "Many"), KEY.signature, "??");
  expect(checkHive(hive)).toMatchObject({ problems: [{ code: "bad-signature", key: "" }], counts: { keys: 10 } });
});

test("problems come in the order of their places, each with the key it was met at", () => {
  const hive = openBytes(sample);
  hive.bins.set(keyAt(hive, "Alpha\\Beta\\Gamma"), KEY.parent, NIL);
  hive.bins.set(keyAt(hive, "Values"), KEY.longestValueName, 0);
  hive.bins.set(hive.rootCell, KEY.longestSubkeyName, 0);
  const { problems } = checkHive(hive);
  expect(problems.map(({ key }) => key)).toEqual(["", "Values", "Alpha\\Beta\\Gamma"]);
  expect(problems.map(({ at }) => at)).toEqual(problems.map(({ at }) => at).sort((left, right) => left - right));
});

test("more than a thousand problems of one severity are cut, and how many is said; the other severity is not hidden", () => {
  const hive = openBytes(sample);
  for (const { cell } of [...needKey(hive, "Many").subkeys()]) hive.bins.set(cell, KEY.largestValueData, 0);
  const names = [...needKey(hive, "Many").subkeys()];
  for (const { cell } of names) hive.bins.set(cell, KEY.parent, hive.rootCell);
  hive.bins.set(hive.rootCell, KEY.longestSubkeyName, 0);
  const { problems, omitted } = checkHive(hive);
  expect(omitted).toBe(MANY - 1000);
  expect(problems.filter(({ severity }) => severity === "fatal")).toHaveLength(1000);
  expect(problems.filter(({ code }) => code === "hint-too-low")).toHaveLength(1);
});
