/** How subkey lists grow, split and shrink, in each version. */
import { describe, expect, test } from "vitest";
import { compareUpcased } from "../../../src/bytes/upcase.ts";
import { nameHash, nameHint } from "../../../src/regf/format/key-name.ts";
import { SECURITY } from "../../../src/regf/format/security.ts";
import { buildHive, checkHive, describe as sentence, editHive, type Hive } from "../../../src/regf/index.ts";
import { cellSizes, keyAt, keyNode, listShape, securityOf } from "../../support/low-level.ts";

const number = (index: number): string => index.toString().padStart(5, "0");

function hiveWithSubkeys(minor: 3 | 5, names: readonly string[]): Hive {
  const hive = buildHive({ minor });
  const edit = editHive(hive, { now: 1n });
  for (const name of names) edit.createKey(`parent\\${name}`);
  return hive;
}

function upTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => number(index));
}

function expectNames(hive: Hive, names: readonly string[]): void {
  expect(checkHive(hive).problems.map(sentence)).toEqual([]);
  const found = [...keyAt(hive, "parent").subkeys()].map(({ name }) => name);
  expect(found).toEqual([...names].sort(compareUpcased));
}

function shape(hive: Hive): string {
  const { kind, count, leaves } = listShape(hive, "parent");
  return kind === "ri" ? `ri of ${leaves.map((leaf) => `${leaf.kind} ${leaf.count}`).join(", ")}` : `${kind} ${count}`;
}

describe("version 1.5", () => {
  test.each([
    [1, "lh 1"],
    [1012, "lh 1012"],
    [1013, "ri of lh 506, lh 507"],
    [1518, "ri of lh 506, lh 1012"],
    [1519, "ri of lh 506, lh 506, lh 507"],
  ])("%i subkeys made in order: %s", (count, expected) => {
    const hive = hiveWithSubkeys(5, upTo(count));
    expect(shape(hive)).toBe(expected);
    expectNames(hive, upTo(count));
  });

  test.each([
    ["in reverse", (names: string[]) => names.reverse()],
    [
      "from the middle outwards",
      (names: string[]) => names.sort((left, right) => Math.abs(+left - 1300.3) - Math.abs(+right - 1300.3)),
    ],
    [
      "all over the place",
      (names: string[]) => names.sort((left, right) => ((+left * 7919) % 2600) - ((+right * 7919) % 2600)),
    ],
  ])("2600 subkeys made %s", (_, order) => {
    const names = order(upTo(2600));
    const hive = hiveWithSubkeys(5, names);
    expectNames(hive, names);
    expect(listShape(hive, "parent").leaves.every(({ count }) => count >= 506 && count <= 1012)).toBe(true);
  });

  test("a name that belongs between two leaves", () => {
    const hive = hiveWithSubkeys(5, upTo(1013));
    editHive(hive).createKey(`parent\\${number(505)}x`);
    expectNames(hive, [...upTo(1013), `${number(505)}x`]);
  });

  test("hashes are of the upcased name", () => {
    const hive = hiveWithSubkeys(5, ["straße", "Ünder", "日本"]);
    expect(listShape(hive, "parent").hints).toEqual([nameHash("straße"), nameHash("Ünder"), nameHash("日本")]);
    expectNames(hive, ["straße", "Ünder", "日本"]);
  });
});

describe("version 1.3", () => {
  test.each([
    [1, "lf 1"],
    [506, "lf 506"],
    [507, "li 507"],
    [1012, "li 1012"],
    [1013, "ri of li 506, li 507"],
  ])("%i subkeys: %s", (count, expected) => {
    const hive = hiveWithSubkeys(3, upTo(count));
    expect(shape(hive)).toBe(expected);
    expectNames(hive, upTo(count));
  });

  test("hints are the first characters as they are written", () => {
    const hive = hiveWithSubkeys(3, ["Services", "Ä", "日本"]);
    expect(listShape(hive, "parent").hints).toEqual([nameHint("Services"), 0xc4, 0]);
    expect(nameHint("Services")).toBe(0x7672_6553); // "Serv"
  });
});

describe("deleting", () => {
  test("never leaves an empty leaf, and at last no list", () => {
    const hive = hiveWithSubkeys(5, upTo(1013));
    const edit = editHive(hive);
    for (let index = 0; index < 506; index++) edit.deleteKey(`parent\\${number(index)}`);
    expect(shape(hive)).toBe("ri of lh 507");
    expectNames(hive, upTo(1013).slice(506));
    for (let index = 506; index < 1013; index++) edit.deleteKey(`parent\\${number(index)}`);
    expect(keyNode(hive, "parent")).toMatchObject({ subkeyCount: 0, subkeys: 0xffff_ffff });
    expectNames(hive, []);
  });

  test("a whole subtree gives back all its room", () => {
    const hive = hiveWithSubkeys(5, ["stays"]);
    const edit = editHive(hive);
    const used = usedBytes(hive);
    for (const name of upTo(1500)) {
      edit.createKey(`parent\\tree\\${name}\\deeper`);
      edit.setValue(`parent\\tree\\${name}`, "value", 3, new Uint8Array(50));
    }
    edit.setValue("parent\\tree", "big", 3, new Uint8Array(40_000));
    edit.deleteKey("parent\\tree");
    expect(checkHive(hive)).toMatchObject({ problems: [], counts: { keys: 3, values: 0 } });
    // All but the second entry of the parent's list, for which the list had grown.
    expect(usedBytes(hive)).toBe(used + 8);
    expect(securityOf(hive, "").referenceCount).toBe(3);
  });
});

function usedBytes(hive: Hive): number {
  return cellSizes(hive).reduce((sum, size) => sum + Math.max(0, -size), 0);
}

test("a new key has its parent's security, no class, no values and its time; the parents' times move on", () => {
  const hive = buildHive({ minor: 5, timestamp: 5n });
  editHive(hive, { now: 1234n }).createKey("A\\Bc");
  expect(securityOf(hive, "").referenceCount).toBe(3);
  expect(keyNode(hive, "A\\Bc")).toMatchObject({
    flags: 0x20,
    lastWritten: 1234n,
    access: 0,
    parent: keyAt(hive, "A").cell,
    security: keyNode(hive, "").security,
    subkeyCount: 0,
    volatileSubkeyCount: 0,
    values: 0xffff_ffff,
    className: 0xffff_ffff,
    nameSize: 2,
  });
  expect(keyNode(hive, "A")).toMatchObject({ lastWritten: 1234n, subkeyCount: 1, longestSubkeyName: 4 });
  expect(keyNode(hive, "")).toMatchObject({ lastWritten: 1234n, flags: 0x2c });
});

test("a count of users that can go no higher stays where it is: from 0 again it would be too low", () => {
  const hive = buildHive({ minor: 5 });
  const { security } = keyNode(hive, "");
  hive.bins.set(security, SECURITY.fields.referenceCount, 0xffff_ffff);
  const before = checkHive(hive).problems.map(({ code }) => code);
  editHive(hive).createKey("A\\B");
  expect(securityOf(hive, "").referenceCount).toBe(0xffff_ffff);
  expect(checkHive(hive).problems.map(({ code }) => code)).toEqual(before);
});
