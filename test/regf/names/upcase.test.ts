/** Keys and values are found by another case where Windows takes two names for one, are two where it does not, and stand in its order. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { upcaseUnit } from "../../../src/bytes/upcase.ts";
import { isLatin1 } from "../../../src/bytes/utf16.ts";
import {
  buildHive,
  checkHive,
  editHive,
  type Hive,
  hiveBytes,
  openHive,
  describe as sentence,
} from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { hivexDump, ourDump } from "../../support/hivex-export.ts";
import { keyAt, keyNode, listShape } from "../../support/low-level.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { describeWithTools } from "../../support/tools.ts";
import { WINDOWS_NAMES } from "../../support/windows-names.ts";
import { regfexportNames } from "../../support/witness/regfexport.ts";
import { ourTimes, reglookupTimes } from "../../support/witness/reglookup.ts";

/** reglookup wants a time that it can print. */
const NOW = 134_116_992_000_000_000n;
const DATA = Uint8Array.of(1, 2, 3, 4, 5);

const names = WINDOWS_NAMES.map(([, name]) => name);
const uppers = WINDOWS_NAMES.map(([, , upper]) => upper);
/** By code units, as `<` compares strings. */
const inOrder = [...WINDOWS_NAMES].sort(([, , left], [, , right]) => (left < right ? -1 : 1)).map(([, name]) => name);

/** Below "Names" a key of each name, and in it a value of each name. */
function addNames(hive: Hive, added = names): Hive {
  const edit = editHive(hive, { now: NOW });
  for (const name of added) {
    expect(edit.createKey(`Names\\${name}`)).toBe(true);
    expect(edit.setValue("Names", name, 3, DATA)).toBe(true);
  }
  return hive;
}

/** Without half a surrogate pair. */
function isWellFormed(name: string): boolean {
  return !/\p{Surrogate}/u.test(name);
}

function reopened(hive: Hive): Hive {
  return openHive({ primary: new MemoryStorage("reopened", hiveBytes(hive)), logs: [] });
}

function expectSound(hive: Hive): void {
  expect(checkHive(hive).problems.map(sentence)).toEqual([]);
}

/** The hash as it is documented, of an upper case that no table of ours made. */
function hashOf(upper: string): number {
  return [...Array(upper.length).keys()].reduce(
    (hash, index) => (Math.imul(hash, 37) + upper.charCodeAt(index)) >>> 0,
    0,
  );
}

describe.each([3, 5] as const)("version 1.%i", (minor) => {
  const hive = reopened(addNames(buildHive({ minor, timestamp: NOW })));

  test("all are there, in order, with their hints, stored as Windows stores them", () => {
    expectSound(hive);
    expect([...keyAt(hive, "Names").subkeys()].map(({ name }) => name)).toEqual(inOrder);
    expect([...keyAt(hive, "Names").values()].map(({ name }) => name)).toEqual(names);
    if (minor === 5) {
      expect(listShape(hive, "Names").hints).toEqual([...uppers].sort((a, b) => (a < b ? -1 : 1)).map(hashOf));
    }
    for (const name of names) {
      const { nameSize } = keyNode(hive, `Names\\${name}`);
      expect(nameSize).toBe(isLatin1(name) ? name.length : name.length * 2);
    }
  });

  test("each is found by its upper case, and none by another's", () => {
    const key = keyAt(hive, "Names");
    for (const [index, upper] of uppers.entries()) {
      expect(key.subkey(upper)?.name).toBe(names[index]);
      expect(key.value(upper)?.name).toBe(names[index]);
    }
  });

  test.each([
    ["STRASSE", "stra\u00dfe"],
    ["T\u0130TLE", "title"],
    ["SERVICE", "\u017fervice"],
    ["\u039f\u03a3", "\u03bf\u03c2"],
    ["\u1f88", "\u1f00"],
    ["\u039c", "\u00b5"],
    ["\u01c4", "\u01c5"],
    ["\u1c90\u1c91", "\u10d0\u10d1"],
    ["\u13a0\u13a1", "\uab70\uab71"],
    ["\ud801\udc00", "\ud801\udc28"],
    ["\u1fbb", "\u03ac"],
  ])("%s does not find %s", (asked, other) => {
    const hive = buildHive({ minor, timestamp: NOW });
    const edit = editHive(hive, { now: NOW });
    edit.createKey(`Names\\${other}`);
    edit.setValue("Names", other, 3, DATA);
    expect(keyAt(hive, "Names").subkey(asked)).toBeUndefined();
    expect(keyAt(hive, "Names").value(asked)).toBeUndefined();
    expect(() => edit.deleteKey(`Names\\${asked}`)).toThrow("There is no key");
    expect(() => edit.deleteValue("Names", asked)).toThrow("has no value");
    expect(edit.createKey(`Names\\${asked}`)).toBe(true);
    expect(edit.setValue("Names", asked, 3, DATA)).toBe(true);
    expectSound(hive);
    expect([...keyAt(hive, "Names").subkeys()]).toHaveLength(2);
    expect([...keyAt(hive, "Names").values()]).toHaveLength(2);
  });

  test("what is there in another case is not made a second time, keeps its spelling, and is deleted by it", () => {
    const copy = reopened(hive);
    const edit = editHive(copy, { now: NOW });
    for (const upper of uppers) {
      expect(edit.createKey(`Names\\${upper}`)).toBe(false);
      expect(edit.setValue("Names", upper, 3, DATA)).toBe(false);
    }
    expect(edit.changed).toBe(false);
    for (const upper of uppers) {
      edit.deleteKey(`Names\\${upper}`);
      edit.deleteValue("Names", upper);
    }
    expectSound(copy);
    expect(checkHive(copy).counts).toEqual({ keys: 2, values: 0 });
  });

  test("all units that have another upper case, each as a key: found, not doubled, and deleted by it", () => {
    const lower = Array.from({ length: 0x10000 }, (_, unit) => unit).filter((unit) => upcaseUnit(unit) !== unit);
    const many = buildHive({ minor, timestamp: NOW });
    const edit = editHive(many, { now: NOW });
    for (const unit of lower) edit.createKey(`Names\\${String.fromCharCode(unit)}`);
    expectSound(many);
    for (const unit of lower) expect(edit.createKey(`Names\\${String.fromCharCode(upcaseUnit(unit))}`)).toBe(false);
    expect(checkHive(many).counts.keys).toBe(2 + 973);
    for (const unit of lower) edit.deleteKey(`Names\\${String.fromCharCode(upcaseUnit(unit))}`);
    expect(checkHive(many)).toMatchObject({ problems: [], counts: { keys: 2 } });
  });
});

describeWithRealHives("in real hives", () => {
  test.each(["system/win10-21h2-vmware.hiv", "system/xp-sp3-dell.hiv", "odd/nt-hive/testhive"])("%s", (path) => {
    const hive = openHive({ primary: new MemoryStorage(path, readFileSync(realHive(path))), logs: [] });
    const before = checkHive(hive);
    addNames(hive);
    const after = checkHive(hive);
    expect(after.problems).toEqual(before.problems);
    expect(after.counts.keys).toBe(before.counts.keys + 1 + names.length);
    expect([...keyAt(hive, "Names").subkeys()].map(({ name }) => name)).toEqual(inOrder);
  });

  test("a hive that Windows wrote has Deseret letters of both cases as two keys", () => {
    const path = "odd/nt-hive/testhive";
    const hive = openHive({ primary: new MemoryStorage(path, readFileSync(realHive(path))), logs: [] });
    const key = keyAt(hive, "character-encoding-test");
    const deseret = [...key.subkeys()].map(({ name }) => name).filter((name) => name.startsWith("\ud801"));
    expect(deseret).toEqual(["\ud801\udc10", "\ud801\udc38"]);
    expect("\ud801\udc38".toUpperCase()).toBe("\ud801\udc10"); // as JavaScript has it, they would be one
  });
});

describeWithTools("the witnesses", ["hivexregedit", "reglookup", "regfexport"], () => {
  test.each([3, 5] as const)("read the names of version 1.%i as we do", (minor) => {
    const folder = mkdtempSync(join(tmpdir(), "pint-names-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const write = (name: string, hive: Hive): string => {
      const file = join(folder, name);
      writeFileSync(file, hiveBytes(hive));
      return file;
    };
    const all = addNames(buildHive({ minor, timestamp: NOW }));
    expect(reglookupTimes(write("all", all))).toEqual(ourTimes(all.root));

    // Half a surrogate pair ends hivex and libregf.
    const wellFormed = names.filter(isWellFormed);
    const some = addNames(buildHive({ minor, timestamp: NOW }), wellFormed);
    const file = write("some", some);
    expect(hivexDump(file)).toEqual(ourDump(some.root));
    const seen = regfexportNames(file);
    expect(seen.keys).toEqual(["Names", ...inOrder.filter(isWellFormed).map((name) => `Names\\${name}`)]);
    expect(seen.values).toEqual(wellFormed.map((name) => `Names|${name}`));
    expect(names.length - wellFormed.length).toBe(3);
  });
});
