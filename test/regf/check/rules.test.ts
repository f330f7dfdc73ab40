/** Every code that the check can report: one hive with exactly that fault, and what is said of it. A hive without a fault is silent. */
import { describe, expect, test } from "vitest";
import { BASE_BLOCK_HEADER } from "../../../src/regf/format/base-block.ts";
import { BIN_HEADER } from "../../../src/regf/format/bin.ts";
import { KEY_NODE } from "../../../src/regf/format/key-node.ts";
import { type CellOffset, NIL, toFile } from "../../../src/regf/format/offsets.ts";
import { VALUE_FLAG, VALUE_NODE } from "../../../src/regf/format/value-node.ts";
import {
  buildHive,
  checkHive,
  describe as sentenceOf,
  editHive,
  type Hive,
  type ProblemCode,
  SEVERITIES,
} from "../../../src/regf/index.ts";
import { MANY, needKey, openBytes, sampleHive, withBaseBlock } from "../../support/sample-hive.ts";
import { CELL_FAULTS } from "./cell-faults.ts";
import { keyAt, valueAt } from "./fault.ts";
import { KEY_FAULTS } from "./key-faults.ts";
import { VALUE_FAULTS } from "./value-faults.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;

const FAULTS = [...CELL_FAULTS, ...KEY_FAULTS, ...VALUE_FAULTS];

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

describe("one fault", () => {
  test.each(FAULTS)("%s: %j", (_what, codes, fault) => {
    const hive = openBytes(sample);
    const cell = fault(hive);
    const { problems } = checkHive(hive);
    expect(codesOf(hive)).toEqual(codes);
    if (cell !== undefined) {
      const places = problems.map(({ at }) => at);
      expect(places).toContain(toFile(cell));
    }
    for (const found of problems) expect(sentenceOf(found)).toMatch(/^[A-Z][^\n]{15,}[^.]$/);
  });
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
      "a value that stands for a deleted one",
      (it) => {
        it.bins.set(valueAt(it, "of 0"), VALUE.flags, VALUE_FLAG.compressedName | VALUE_FLAG.tombstone);
        it.bins.set(valueAt(it, "of 0"), VALUE.dataSize, 0);
      },
    ],
    ["what is behind the bins", (it) => it.bins.setBin(0 as CellOffset, BIN_HEADER.fields.spare, 1)],
  ];
  test.each(cases)("%s", (_what, change) => {
    const hive = openBytes(sample);
    change(hive);
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

test("keys nested deeper than Windows allows", () => {
  // Two chains of 300 keys, then the second is hung below the first.
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive);
  const chain = (top: string): string => `${top}${"\\k".repeat(300)}`;
  for (const top of ["a", "b"]) edit.createKey(chain(top));
  const bottom = keyAt(hive, chain("a"));
  const second = keyAt(hive, "b");
  hive.bins.set(keyAt(hive, "b\\k"), KEY.parent, bottom);
  hive.bins.set(bottom, KEY.subkeys, hive.bins.get(second, KEY.subkeys));
  hive.bins.set(bottom, KEY.subkeyCount, 1);
  hive.bins.set(bottom, KEY.longestSubkeyName, 2);
  hive.bins.set(second, KEY.subkeyCount, 0);
  expect(checkHive(hive)).toMatchObject({ problems: [{ code: "key-too-deep", deepest: 512 }], counts: { keys: 514 } });
  expect(() => hive.root.open(`${chain("a")}${"\\k".repeat(299)}`)).toThrow("Keys are nested deeper than 512 levels");
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

/** What stops a hive from being opened at all: test/regf/read/open.test.ts has one of each. */
const WHEN_OPENED = [
  "empty-file",
  "not-a-hive",
  "short-file",
  "is-a-log",
  "unsupported-version",
  "unsupported-base-block",
  "bad-bins-size",
  "truncated",
  "dirty-without-logs",
];

/** In tests of their own above; data larger than its cell is reported with its cell by the check, and as such only when it is read. */
const ELSEWHERE = ["sequences-differ", "bad-checksum", "key-too-deep", "data-too-large"];

test("every code has a hive here, or stops a hive from being opened", () => {
  const covered = new Set<string>([...FAULTS.flatMap(([, codes]) => codes), ...WHEN_OPENED, ...ELSEWHERE]);
  expect(Object.keys(SEVERITIES).filter((code) => !covered.has(code))).toEqual([]);
});
