/** A hive for every code of a problem, in fixtures/hives/bad: what the check says of it, where, and that it says nothing else. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BAD_HIVES, badHive, PROBLEM_CODES } from "../../../scripts/fixtures/bad-hives/index.ts";
import { BAD_HIVES_FOLDER } from "../../../scripts/fixtures.ts";
import { RULES } from "../../../src/regf/check/rules/index.ts";
import {
  checkHive,
  describe as sentenceOf,
  HiveError,
  type Problem,
  type ProblemCode,
  type Severity,
} from "../../../src/regf/index.ts";
import { openBytes } from "../../support/sample-hive.ts";

/** Severity, place in the file, key, and sentence. */
type Says = readonly [severity: Severity, at: number, key: string | undefined, sentence: string];

/** Past its middle, which is left out. */
const CHAIN = `a${"\\k".repeat(249)}\\...${"\\k".repeat(250)}`;

// biome-ignore format: one line for each code
const SAYS: Readonly<Record<ProblemCode, Says>> = {
  "adjacent-free-cells": ["warning", 0x1a88, undefined, "Two free cells stand side by side; Windows always joins them"],
  "backslash-in-name": ["warning", 0x1928, "alph\\2", `The key's name "alph\\2" has a backslash in it, so that no path leads to the key`],
  "bad-bin-offset": ["fatal", 0x1000, undefined, "A bin says that it is at 0x2000, but it is at 0x1000"],
  "bad-bin-size": ["fatal", 0x1000, undefined, "A bin says that it has 2048 bytes; it must be a multiple of 4096, and 4096 bytes are left"],
  "bad-bins-size": ["fatal", 0x28, undefined, "The base block says that the bins have 6144 bytes, which cannot be"],
  "bad-cell-size": ["fatal", 0x1a78, undefined, "A cell says that it has 72000 bytes; it must be a multiple of 8, and 1416 bytes are left in its bin"],
  "bad-checksum": ["warning", 0x1fc, undefined, "The base block's checksum is 0x5e99138c, but its bytes make 0x5e9913ac"],
  "bad-descriptor": ["fatal", 0x1078, undefined, "A security descriptor is not valid: the owner leaves the descriptor"],
  "bad-descriptor-size": ["fatal", 0x1078, "", "A security descriptor has 4294967295 bytes, but its cell holds 128"],
  "bad-inline-size": ["fatal", 0x1200, "Values", "A value holds 5 bytes in itself, where 4 have room"],
  "bad-name": ["fatal", 0x1868, "Alpha\\", "The name of a key (0 bytes) is wrong: empty"],
  "bad-root-flags": ["warning", 0x1020, "", "The root key's flags are 0x20, which does not mark it as the root"],
  "bad-segment-count": ["fatal", 0x11b0, "Values", "The number of segments of a value's data is 1; its size needs 2"],
  "bad-signature": ["fatal", 0x17f8, "", 'A key should begin with "nk", but begins with "kn"'],
  "cell-free": ["fatal", 0x1258, "Values", "The value data should be at 0x1278, but that cell is free"],
  "cell-leaked": ["warning", 0x1278, undefined, "A cell of 104 bytes is in use, but nothing refers to it"],
  "cell-misplaced": ["fatal", 0x17f8, "Alpha", "The subkey list should be at 0x1800, where no cell begins"],
  "cell-missing": ["fatal", 0x17f8, "Alpha", "A subkey list is needed, but no cell is given for it"],
  "cell-outside-bins": ["fatal", 0x17f8, "Alpha", "The subkey list should be at 0x80000ff8, which is outside the hive's bins"],
  "cell-shared": ["fatal", 0x12e0, "Values", "The value data at 0x1320 is used a second time"],
  "cell-too-small": ["fatal", 0x1200, "Values", "The value needs 420 bytes, but its cell holds 28"],
  "class-missing": ["warning", 0x17f8, "Alpha", "A key has a class name of 8 bytes, but no cell for it"],
  "count-disagrees": ["fatal", 0x1020, "", "A key's count of subkeys is 99, but its lists hold 4"],
  "data-too-large": ["fatal", 0x1258, "Values", "A value's data has 120 bytes, but its cell holds 100"],
  "descriptor-repeated": ["warning", 0x1a78, undefined, "The same security descriptor is held at 0x1078 already"],
  "descriptor-without-owner": ["warning", 0x1078, undefined, "A security descriptor has no owner"],
  "dirty-without-logs": ["fatal", 0x4, undefined, "The hive was not written completely (its sequences are 2 and 1), and no log can complete it: there are none"],
  "duplicate-name": ["fatal", 0x1928, "alpha", 'There are two keys with the name "alpha"'],
  "empty-file": ["fatal", 0x0, undefined, "The file is empty"],
  "empty-list": ["fatal", 0x11c8, "Alpha", "A subkey list is empty"],
  "hint-too-low": ["warning", 0x1020, "", "A key says that its longest subkey name is 11, but it is 12"],
  "is-a-log": ["fatal", 0x1c, undefined, "This is the log of a registry hive (type 6), not the hive itself"],
  "key-too-deep": ["fatal", 0xe2f8, CHAIN, "Keys are nested deeper than 512 levels"],
  "key-too-large": ["fatal", 0x1320, "Alpha\\Beta", "A key's cell holds 1204 bytes; Windows accepts at most 1116"],
  "leaf-too-large": ["warning", 0xd020, "", 'A subkey list of kind "lf" has 508 entries, where Windows puts at most 507'],
  "name-not-compressed": ["warning", 0x1a20, "Ключ\\delo", 'The name "delo" of a key is stored as UTF-16, where Windows stores one byte a character'],
  "nested-list": ["fatal", 0x1980, "Alpha", "A list of subkey lists holds another list of lists"],
  "not-a-hive": ["fatal", 0x0, undefined, 'This is not a registry hive: it begins with "A no", not with "regf"'],
  "odd-class-size": ["warning", 0x17f8, "Alpha", "A key's class name has 7 bytes, where each character has two"],
  "root-flag-below-root": ["fatal", 0x17f8, "Alpha", "A key below the root is marked as the root (flags 0x24)"],
  "security-count-too-high": ["warning", 0x1078, undefined, "A security descriptor's count of keys that use it is 2147483647, which is more than the 8 there are"],
  "security-count-too-low": ["fatal", 0x1078, undefined, "A security descriptor's count of keys that use it is 3, which is less than the 8 there are"],
  "security-outside-ring": ["fatal", 0x17f8, "Alpha", "A key's security descriptor is not in the ring of the hive's descriptors"],
  "security-ring-broken": ["fatal", 0x1078, undefined, "The next security descriptor, at 0x1078, does not refer back but to nowhere"],
  "security-unused": ["warning", 0x1a78, undefined, "A security descriptor is in the ring, but no key uses it"],
  "sequences-differ": ["warning", 0x4, undefined, "The hive was not written completely: its sequences are 2 and 1"],
  "short-file": ["fatal", 0x64, undefined, "The file begins as a registry hive, but it has only 100 of at least 8192 bytes"],
  "small-data-not-inline": ["warning", 0x1220, "Values", "A value keeps 3 bytes of data in a cell of its own, where Windows keeps them in the value"],
  truncated: ["fatal", 0x1fff, undefined, "The file is truncated: it should have at least 8192 bytes, and has 8191"],
  "unsupported-base-block": ["fatal", 0x2c, undefined, "The base block's clustering factor is 8 instead of 1; Windows refuses such a hive"],
  "unsupported-version": ["fatal", 0x14, undefined, "Version 1.1 of the hive format is not supported"],
  "unused-reference": ["warning", 0x18c0, "Alpha\\Beta\\Gamma", "A key has no subkey list, but refers to one at 0x1020"],
  "unusual-key-flags": ["warning", 0x17f8, "Alpha", "A key is marked as one that is in memory only (flags 0x21)"],
  "unusual-list": ["warning", 0x1980, "Alpha", 'A subkey list of kind "lf" is unusual in version 1.5'],
  "unusual-segment-size": ["warning", 0x6020, "Values", "A segment of big data is in a cell of 16 bytes, where Windows makes it 16352"],
  "unusual-value-flags": ["warning", 0x1200, "Values", "A value's flags are 0x11, which is unusual in version 1.5"],
  "wrong-hash": ["fatal", 0x1198, "Alpha\\Beta", 'The list holds 0x7cf9766 for the subkey "Beta" instead of 0x34805c, so that Windows cannot find it'],
  "wrong-order": ["fatal", 0x1140, "Values", 'The subkey "Values" comes after "Ключ", so that Windows cannot find every subkey'],
  "wrong-parent": ["fatal", 0x1868, "Alpha\\Beta", "A key says that its parent is at 0x1020, but it is at 0x17f8"],
  "zero-size-not-inline": ["warning", 0x11a8, "Values", "A value without data is not marked as Windows marks it"],
};

/** What opening the bytes says, or the check of what was opened. */
function problemsOf(bytes: Uint8Array, acceptDirty = false): readonly Problem[] {
  try {
    return checkHive(openBytes(bytes, [], acceptDirty)).problems;
  } catch (error) {
    if (!(error instanceof HiveError)) throw error;
    return [error.problem];
  }
}

describe("the files", () => {
  test("there is one for every code, and no other", () => {
    expect(readdirSync(BAD_HIVES_FOLDER).sort()).toEqual(PROBLEM_CODES.map((code) => `${code}.hive`).sort());
  });

  test.each(PROBLEM_CODES)("%s: as the script makes it, and with exactly that problem", (code) => {
    const bytes = new Uint8Array(readFileSync(join(BAD_HIVES_FOLDER, `${code}.hive`)));
    const { acceptDirty, build } = badHive(code);
    expect(Buffer.compare(bytes, build().bytes), "run npm run fixtures -- --bad-hives").toBe(0);
    const found = problemsOf(bytes, acceptDirty);
    const [severity, at, key, sentence] = SAYS[code];
    expect(found.map((each) => [each.severity, each.at, each.key, sentenceOf(each)])).toEqual([
      [severity, at, key, sentence],
    ]);
    expect(found[0]?.code).toBe(code);
  });
});

describe("one fault", () => {
  test.each(BAD_HIVES.map((bad) => [bad.code, bad.what, bad] as const))("%s: %s", (code, _what, bad) => {
    const { bytes, at } = bad.build();
    const found = problemsOf(bytes, bad.acceptDirty);
    expect([...new Set(found.map((each) => each.code))].sort()).toEqual(
      [...new Set([code, ...(bad.also ?? [])])].sort(),
    );
    expect(found.filter((each) => each.code === code).map((each) => each.at)).toContain(at);
    for (const each of found) expect(sentenceOf(each)).toMatch(/^[A-Z][^\n]{15,}[^.]$/);
  });
});

test("a rule's file and a problem's file are named as the code", () => {
  const filesOf = (folder: string) => readdirSync(new URL(`../../../src/regf/${folder}/`, import.meta.url));
  const inProblems = filesOf("problems").map((file) => file.replace(/\.ts$/, ""));
  const others = ["index", "problem-kind", "structure-name", "words"];
  expect(inProblems.sort()).toEqual([...PROBLEM_CODES, ...others].sort());
  const rules = RULES.map(({ code }) => code);
  expect(filesOf("check/rules").sort()).toEqual([...rules, "index"].map((name) => `${name}.ts`).sort());
});
