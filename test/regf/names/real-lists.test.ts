/** Every subkey list of every real hive stands in the order, and carries the hints, that the frozen upcase table gives. */
import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { compareUpcased } from "../../../src/bytes/upcase.ts";
import { nameHash, nameHint } from "../../../src/regf/format/key-name.ts";
import { type Hive, HiveError, type Key, openHive } from "../../../src/regf/index.ts";
import { openFile } from "../../../src/storage/file.ts";
import { type ListShape, listShapeOf } from "../../support/low-level.ts";
import { describeWithRealHives, hasRealHives, REAL_HIVES } from "../../support/real-hives.ts";

/** What is wrong with lists that somebody broke on purpose: the only ones that may be. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  "odd/CompHive": ["a hint"],
  "odd/DuplicateSubkeysHive": ["the order"],
  "odd/WrongOrderHive": ["the order", "the order"],
};

/** Damaged: some key's list cannot be read to its end. */
const UNREADABLE = [
  "odd/BadListHive",
  "odd/BadSubkeyHive",
  "odd/EffectiveSizeHive",
  "odd/InvalidParentHive",
  "odd/TruncatedNameHive",
  "system/xp-sp3-damaged.hiv",
];

/** Files that are no whole hive. */
const NO_HIVE = [
  "odd/OldLogWithRemnantData",
  "odd/TruncatedDirtyHive",
  "odd/TruncatedHive",
  "odd/samba/regfio_corrupt_hbin1.dat",
  "odd/samba/regfio_corrupt_lf_subkeys.dat",
];

const hives = hasRealHives
  ? readdirSync(REAL_HIVES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^README|\.LOG[12]?$/i.test(entry.name))
      .map((entry) => relative(REAL_HIVES, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .filter((path) => !NO_HIVE.includes(path))
      .sort()
  : [];

/** With its logs replayed; a dirty hive without logs as it stands. */
function open(path: string): Hive {
  const file = join(REAL_HIVES, path);
  const logs = readdirSync(dirname(file)).filter((name) => /^\.LOG[12]?$/i.test(name.slice(basename(path).length)));
  const files = [
    file,
    ...logs.filter((name) => name.startsWith(basename(path))).map((name) => join(dirname(file), name)),
  ];
  const [primary, ...others] = files.map((name) => openFile(name, "read"));
  return openHive({ primary: primary ?? expect.fail(), logs: others }, { acceptDirty: true });
}

type Order = (left: string, right: string) => boolean;

const byTable: Order = (left, right) => compareUpcased(left, right) < 0;

interface Tally {
  /** Keys with subkeys: the leaves below one list of lists are one list here. */
  listCount: number;
  keyCount: number;
  beyondAsciiCount: number;
  readonly wrong: string[];
  unreadableCount: number;
}

function tally(hive: Hive, isBefore: Order = byTable): Tally {
  const found: Tally = { listCount: 0, keyCount: 0, beyondAsciiCount: 0, wrong: [], unreadableCount: 0 };
  visit(hive.root);
  return found;

  function visit(key: Key): void {
    const subkeys = subkeysOf(key);
    if (subkeys === undefined) found.unreadableCount++;
    if (subkeys === undefined || subkeys.length === 0) return;
    const names = subkeys.map(({ name }) => name);
    found.listCount++;
    found.keyCount += names.length;
    found.beyondAsciiCount += names.filter((name) => /[\u0080-\uffff]/.test(name)).length;
    const isInOrder = names.every((name, index) => index === 0 || isBefore(names[index - 1] ?? "", name));
    if (!isInOrder) found.wrong.push("the order");
    if (!haveRightHints(names, listShapeOf(hive, key))) found.wrong.push("a hint");
    subkeys.forEach(visit);
  }
}

function subkeysOf(key: Key): Key[] | undefined {
  try {
    return [...key.subkeys()];
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}

function haveRightHints(names: readonly string[], shape: ListShape): boolean {
  const leaves = shape.kind === "ri" ? shape.leaves : [shape];
  let first = 0;
  return leaves.every(({ kind, count, hints }) => {
    const own = names.slice(first, first + count);
    first += count;
    const expected = kind === "lh" ? own.map(nameHash) : kind === "lf" ? own.map(nameHint) : [];
    return hints.length === expected.length && hints.every((hint, index) => hint === expected[index]);
  });
}

describeWithRealHives("the lists of all real hives", () => {
  test("are in order and have the right hints, but for those that somebody broke", () => {
    const tallies = Object.fromEntries(hives.map((path) => [path, tally(open(path))]));
    const wrong = Object.entries(tallies).flatMap(([path, { wrong }]) => (wrong.length > 0 ? [[path, wrong]] : []));
    expect(Object.fromEntries(wrong)).toEqual(WRONG);
    expect(hives.filter((path) => tallies[path]?.unreadableCount !== 0)).toEqual(UNREADABLE);
    const whole = hives.filter((path) => !UNREADABLE.includes(path)).flatMap((path) => tallies[path] ?? []);
    const sum = (count: (found: Tally) => number) => whole.reduce((total, found) => total + count(found), 0);
    // As many as there were when this was written.
    expect(whole.length).toBeGreaterThanOrEqual(56);
    expect(sum(({ listCount }) => listCount)).toBeGreaterThanOrEqual(41_538);
    expect(sum(({ keyCount }) => keyCount)).toBeGreaterThanOrEqual(190_024);
    expect(sum(({ beyondAsciiCount }) => beyondAsciiCount)).toBeGreaterThanOrEqual(31);
  });

  // So that the test above is known to see a wrong table: these lists are in order by Windows' own table only.
  test.each<[mapping: string, upper: (name: string) => string, hive: string]>([
    ["toUpperCase()", (name) => name.toUpperCase(), "odd/UpcaseHive"],
    ["toUpperCase()", (name) => name.toUpperCase(), "odd/nt-hive/testhive"],
    ["lower case", (name) => name.toLowerCase(), "system/win10-21h2-vmware.hiv"],
    ["no mapping", (name) => name, "system/win10-21h2-vmware.hiv"],
  ])("by %s would be wrong", (_, upper, path) => {
    const hive = open(path);
    expect(tally(hive).wrong).toEqual([]);
    expect(tally(hive, (left, right) => upper(left) < upper(right)).wrong).toContain("the order");
  });
});
