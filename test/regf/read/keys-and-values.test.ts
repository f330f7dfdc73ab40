/** Keys and values of a hive that was built here, and what is refused when single bytes of it are wrong. */
import { describe, expect, test } from "vitest";
import { encodeUtf16 } from "../../../src/bytes/utf16.ts";
import { BIG_DATA } from "../../../src/regf/format/big-data.ts";
import { KEY_NODE } from "../../../src/regf/format/key-node.ts";
import { type CellOffset, NIL } from "../../../src/regf/format/offsets.ts";
import { PLAIN_ENTRY, SUBKEY_LIST_HEADER } from "../../../src/regf/format/subkey-list.ts";
import { VALUE_NODE } from "../../../src/regf/format/value-node.ts";
import { type Hive, HiveError, type Key, type ProblemCode } from "../../../src/regf/index.ts";
import { subkeyCells } from "../../../src/regf/read/subkey-cells.ts";
import {
  BIG_SIZES,
  MANY,
  needKey,
  needValue,
  openBytes,
  sampleData,
  sampleHive,
  setClass,
} from "../../support/sample-hive.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;

/** Walks everything, data and class names included. */
function readAll(key: Key): number {
  let count = 1;
  key.className;
  for (const value of key.values()) value.data;
  for (const subkey of key.subkeys()) count += readAll(subkey);
  return count;
}

function codeOf(action: () => unknown): ProblemCode | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof HiveError) return error.problem.code;
    throw error;
  }
}

describe.each([3, 5] as const)("version 1.%i", (minor) => {
  const hive = openBytes(sampleHive(minor));

  test("knows its version", () => expect(hive.version).toEqual({ major: 1, minor }));

  test("names, paths and times", () => {
    const key = needKey(hive, "alpha\\BETA\\gamma");
    expect([key.name, key.path, key.lastWritten]).toEqual(["Gamma", "Alpha\\Beta\\Gamma", 0x1d2_9505_9e68_e89en]);
    expect(hive.root.path).toBe("");
    expect(needKey(hive, "")).toMatchObject({ cell: hive.rootCell });
    expect(needKey(hive, "ключ\\ДЕЛО").path).toBe("Ключ\\дело");
  });

  test("case does not count where Windows knows the upper case", () => {
    expect(needKey(hive, "éTÉ").name).toBe("Été");
    expect(needKey(hive, "ÿ").name).toBe("ÿ"); // Ÿ is its upper case, so that both names are one key
    expect(needKey(hive, "Ÿ").name).toBe("ÿ");
    expect(hive.root.open("Many\\１")).toBeUndefined();
  });

  test("what is not there is undefined", () => {
    expect(hive.root.open("Alpha\\Gamma")).toBeUndefined();
    expect(hive.root.open("Alpha\\Gamma\\Beta")).toBeUndefined();
    expect(hive.root.subkey("")).toBeUndefined();
    expect(hive.root.open("Alpha\\")).toBeUndefined();
    expect(hive.root.value("no such value")).toBeUndefined();
    expect(needKey(hive, "Alpha").value("")).toBeUndefined();
  });

  test("every subkey of a list of lists", () => {
    const many = needKey(hive, "Many");
    expect(hive.bins.get(hive.bins.get(many.cell, KEY.subkeys), SUBKEY_LIST_HEADER.fields.signature)).toBe("ri");
    const names = [...many.subkeys()].map(({ name }) => name);
    expect(names).toHaveLength(MANY);
    expect(new Set(names).size).toBe(MANY);
    for (const name of ["0", "999", "1099", "506", "507"]) expect(many.subkey(name)?.path).toBe(`Many\\${name}`);
    expect(many.subkey("1100")).toBeUndefined();
  });

  test("data of every size", () => {
    for (const size of [0, 1, 4, 5, 100, ...BIG_SIZES]) {
      const value = needValue(hive, "Values", `of ${size}`);
      expect(value.sizeBytes).toBe(size);
      expect(value.data).toEqual(sampleData(size));
    }
    const big = needValue(hive, "Values", "of 16345").cell;
    const isSegmented = hive.bins.get(hive.bins.get(big, VALUE.data), BIG_DATA.fields.signature) === "db";
    expect(isSegmented).toBe(minor === 5);
  });

  test("any type, any name, and the default value", () => {
    expect(needValue(hive, "Values", "ИМЯ")).toMatchObject({ name: "имя", type: 0xffff_0012, sizeBytes: 8 });
    expect(needValue(hive, "Values", "STRAßE").type).toBe(0x1234_5678);
    expect(needValue(hive, "", "")).toMatchObject({ name: "", type: 1, data: sampleData(6) });
  });

  test("data is a copy", () => {
    needValue(hive, "Values", "of 100").data.fill(0);
    expect(needValue(hive, "Values", "of 100").data).toEqual(sampleData(100));
  });
});

test("class names", () => {
  const hive = openBytes(sampleHive());
  const text = encodeUtf16("Класс");
  const cell = hive.bins.get(needValue(hive, "Values", "of 100").cell, VALUE.data);
  hive.bins.write(cell, 0, text);
  setClass(hive, needKey(hive, "Alpha"), cell, text.length);
  expect(needKey(hive, "Alpha").className).toBe("Класс");
  expect(needKey(hive, "Alpha\\Beta").className).toBeUndefined();
  setClass(hive, needKey(hive, "Alpha"), NIL, 4);
  expect(needKey(hive, "Alpha").className).toBeUndefined(); // Windows drops such a class
  setClass(hive, needKey(hive, "Alpha"), cell, 500);
  expect(codeOf(() => needKey(hive, "Alpha").className)).toBe("cell-too-small");
});

test("what the file says of volatile subkeys is not read", () => {
  const hive = openBytes(sampleHive());
  const { cell } = needKey(hive, "Alpha");
  hive.bins.set(cell, KEY.volatileSubkeyCount, 7);
  hive.bins.set(cell, KEY.volatileSubkeys, 0xbaad_f00d as CellOffset);
  expect([...needKey(hive, "Alpha").subkeys()].map(({ name }) => name)).toEqual(["Beta"]);
});

test("a key is found in a list whose order and hashes are wrong", () => {
  const hive = openBytes(sampleHive());
  const list = hive.bins.get(hive.rootCell, KEY.subkeys);
  const count = hive.bins.get(list, SUBKEY_LIST_HEADER.fields.count);
  const entries = Array.from({ length: count }, (_, index) =>
    hive.bins.bytes(list, 4 + index * 8, 8).slice(),
  ).reverse();
  for (const [index, entry] of entries.entries()) {
    entry.fill(0xee, 4);
    hive.bins.write(list, 4 + index * 8, entry);
  }
  for (const name of ["Alpha", "alpha2", "Many", "Ключ", "ÿ"]) expect(needKey(hive, name).name).toBe(name);
});

describe("a wrong byte is refused with its code, not followed", () => {
  type Break = (hive: Hive) => void;
  const cellOf = (hive: Hive, path: string): CellOffset => needKey(hive, path).cell;
  const valueCell = (hive: Hive, name: string): CellOffset => needValue(hive, "Values", name).cell;
  const listOf = (hive: Hive, path: string): CellOffset => hive.bins.get(cellOf(hive, path), KEY.subkeys);
  const cases: readonly (readonly [string, ProblemCode, Break])[] = [
    ["a key without its signature", "bad-signature", (it) => it.bins.write(cellOf(it, "Alpha"), 0, encodeUtf16("k"))],
    ["a key that is free", "cell-free", (it) => it.bins.setCellSize(cellOf(it, "Alpha"), 88)],
    ["a key whose cell is too small", "cell-too-small", (it) => it.bins.setCellSize(cellOf(it, "Alpha"), -72)],
    ["a cell that leaves the bins", "bad-cell-size", (it) => it.bins.setCellSize(cellOf(it, "Alpha"), -0x7fff_fff8)],
    ["a name longer than its cell", "cell-too-small", (it) => it.bins.set(cellOf(it, "Alpha"), KEY.nameSize, 500)],
    ["UTF-16 with half a unit", "bad-name", (it) => it.bins.set(cellOf(it, "Ключ"), KEY.nameSize, 7)],
    ["another parent", "wrong-parent", (it) => it.bins.set(cellOf(it, "Alpha"), KEY.parent, cellOf(it, "Many"))],
    ["subkeys without a list", "cell-missing", (it) => it.bins.set(cellOf(it, "Alpha"), KEY.subkeys, NIL)],
    [
      "a list outside",
      "cell-outside-bins",
      (it) => it.bins.set(cellOf(it, "Alpha"), KEY.subkeys, 0x7fff_fff8 as CellOffset),
    ],
    [
      "a list between cells",
      "cell-misplaced",
      (it) => it.bins.set(cellOf(it, "Alpha"), KEY.subkeys, 0x2c as CellOffset),
    ],
    ["a list of no kind", "bad-signature", (it) => it.bins.write(listOf(it, "Alpha"), 0, encodeUtf16("l"))],
    [
      "a count beyond the list",
      "cell-too-small",
      (it) => it.bins.set(listOf(it, "Alpha"), SUBKEY_LIST_HEADER.fields.count, 900),
    ],
    [
      "a list of lists of lists",
      "nested-list",
      (it) => {
        const top = listOf(it, "Many");
        it.bins.set(top, PLAIN_ENTRY.fields.cell, top, SUBKEY_LIST_HEADER.sizeBytes);
      },
    ],
    [
      "the root below the root",
      "cell-shared",
      (it) => {
        it.bins.set(it.rootCell, KEY.parent, cellOf(it, "Alpha\\Beta"));
        it.bins.set(listOf(it, "Alpha\\Beta"), PLAIN_ENTRY.fields.cell, it.rootCell, SUBKEY_LIST_HEADER.sizeBytes);
      },
    ],
    [
      "a key twice in its list",
      "cell-shared",
      (it) => {
        const first = it.bins.get(listOf(it, ""), PLAIN_ENTRY.fields.cell, SUBKEY_LIST_HEADER.sizeBytes);
        it.bins.set(listOf(it, ""), PLAIN_ENTRY.fields.cell, first, SUBKEY_LIST_HEADER.sizeBytes + 8);
      },
    ],
    ["values without a list", "cell-missing", (it) => it.bins.set(cellOf(it, "Values"), KEY.values, NIL)],
    [
      "more values than the list holds",
      "cell-too-small",
      (it) => it.bins.set(cellOf(it, "Values"), KEY.valueCount, 0x4000_0000),
    ],
    [
      "a value without its signature",
      "bad-signature",
      (it) => it.bins.write(valueCell(it, "of 5"), 0, encodeUtf16("v")),
    ],
    [
      "a value's name beyond its cell",
      "cell-too-small",
      (it) => it.bins.set(valueCell(it, "of 5"), VALUE.nameSize, 999),
    ],
    [
      "five bytes in the place of four",
      "bad-inline-size",
      (it) => it.bins.set(valueCell(it, "of 4"), VALUE.dataSize, 0x8000_0005),
    ],
    ["data beyond its cell", "data-too-large", (it) => it.bins.set(valueCell(it, "of 5"), VALUE.dataSize, 500)],
    [
      "data that nobody could hold",
      "data-too-large",
      (it) => it.bins.set(valueCell(it, "of 16345"), VALUE.dataSize, 0x7fff_ffff),
    ],
    ["big data that is none", "bad-signature", (it) => it.bins.set(valueCell(it, "of 100"), VALUE.dataSize, 16_345)],
    [
      "fewer segments than the data needs",
      "bad-segment-count",
      (it) => it.bins.set(valueCell(it, "of 16345"), VALUE.dataSize, 40_000),
    ],
  ];
  test.each(cases)("%s: %s", (_what, code, breakIt) => {
    const hive = openBytes(sampleHive());
    expect(readAll(hive.root)).toBe(1 + 2 + MANY + 3 + 1 + 2 + 1 + 1);
    breakIt(hive);
    expect(codeOf(() => readAll(hive.root))).toBe(code);
  });

  test("lists that name more keys than the hive has room for end", () => {
    const hive = openBytes(sampleHive());
    const top = listOf(hive, "Many");
    const leaf = hive.bins.get(top, PLAIN_ENTRY.fields.cell, SUBKEY_LIST_HEADER.sizeBytes);
    // A hive of this size has room for some 5,000 keys: here come 60,000, in lists that are sound in themselves.
    const list = hive.bins.get(needValue(hive, "Values", "of 16344").cell, VALUE.data);
    hive.bins.write(list, 0, Uint8Array.from([0x72, 0x69, 120, 0]));
    for (let index = 0; index < 120; index++) hive.bins.set(list, PLAIN_ENTRY.fields.cell, leaf, 4 + index * 4);
    const { cell } = needKey(hive, "Many");
    hive.bins.set(cell, KEY.subkeys, list);
    expect(codeOf(() => [...subkeyCells(hive.bins, cell)])).toBe("count-disagrees");
    expect(codeOf(() => readAll(hive.root))).toBe("cell-shared");
  });
});
