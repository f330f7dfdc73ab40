/** How values and their data are stored, around every threshold. */
import { describe, expect, test } from "vitest";
import { buildHive, checkHive, describe as sentence, editHive, type Hive } from "../../../src/regf/index.ts";
import { bytesOf } from "../../support/edit-actions.ts";
import { cellSizes, keyAt, keyNode, valueNode } from "../../support/low-level.ts";

const INLINE = 0x8000_0000;

function hiveWith(size: number, minor: 3 | 5 = 5): Hive {
  const hive = buildHive({ minor });
  editHive(hive, { now: 7n }).setValue("", "value", 3, bytesOf(size, 1));
  expect(checkHive(hive).problems.map(sentence)).toEqual([]);
  expect(keyAt(hive, "").value("value")?.data).toEqual(bytesOf(size, 1));
  return hive;
}

/** Cells that are in use beside the root, its security, the list and the value. */
function dataCells(hive: Hive): number[] {
  return cellSizes(hive)
    .filter((size) => size < 0)
    .slice(4)
    .map((size) => -size);
}

describe("where the data is", () => {
  test("nothing is marked as inline", () => {
    expect(valueNode(hiveWith(0), "", "value")).toMatchObject({ dataSize: INLINE, data: 0 });
  });

  test("up to four bytes are in the value itself", () => {
    expect(valueNode(hiveWith(1), "", "value")).toMatchObject({ dataSize: INLINE + 1, data: 0x01 });
    expect(valueNode(hiveWith(4), "", "value")).toMatchObject({ dataSize: INLINE + 4, data: 0x160f_0801 });
  });

  test("five bytes are in a cell", () => {
    const hive = hiveWith(5);
    expect(valueNode(hive, "", "value").dataSize).toBe(5);
    expect(dataCells(hive)).toEqual([16]);
  });

  test("16344 bytes are one cell, 16345 are a list with two segments", () => {
    expect(dataCells(hiveWith(16_344))).toEqual([16_352]);
    const sizes = dataCells(hiveWith(16_345));
    // Every segment takes 16352 bytes, so that each fills a bin of 16 KiB; then the list and the db.
    expect(sizes.sort((left, right) => left - right)).toEqual([16, 16, 16_352, 16_352]);
  });

  test("version 1.3 has one cell of any size", () => {
    expect(dataCells(hiveWith(100_000, 3))).toEqual([100_008]);
  });

  test("more than version 1.3 can hold is refused", () => {
    const hive = buildHive({ minor: 3 });
    expect(() => editHive(hive).setValue("", "v", 3, new Uint8Array(0x10_0001))).toThrow("at most 1048576 bytes");
  });
});

describe("changing data", () => {
  test("is done in place where the cell is big enough", () => {
    const hive = hiveWith(100);
    const { data } = valueNode(hive, "", "value");
    const sizes = cellSizes(hive);
    editHive(hive).setValue("", "value", 3, bytesOf(60, 9));
    expect(valueNode(hive, "", "value")).toMatchObject({ data, dataSize: 60 });
    expect(cellSizes(hive)).toEqual(sizes);
  });

  test("ten thousand overwrites of different sizes do not make the hive grow", () => {
    const hive = buildHive({ minor: 5 });
    const edit = editHive(hive);
    edit.setValue("", "value", 3, bytesOf(3000, 0));
    const size = hive.bins.sizeBytes;
    for (let index = 0; index < 10_000; index++) edit.setValue("", "value", 3, bytesOf(1 + (index % 3000), index));
    expect(hive.bins.sizeBytes).toBe(size);
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("big data written again and again does not make the hive grow", () => {
    const hive = buildHive({ minor: 5 });
    const edit = editHive(hive);
    for (const size of [50_000, 20_000]) edit.setValue("", "value", 3, bytesOf(size, 0));
    edit.setValue("", "value", 3, bytesOf(50_000, 0));
    const size = hive.bins.sizeBytes;
    for (let index = 0; index < 60; index++)
      edit.setValue("", "value", 3, bytesOf([50_000, 33_000, 20_000, 3][index % 4] ?? 0, index));
    expect(hive.bins.sizeBytes).toBe(size);
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("a type alone changes nothing else", () => {
    const hive = hiveWith(100);
    const before = valueNode(hive, "", "value");
    expect(editHive(hive).setValue("", "value", 0xffff_0012, bytesOf(100, 1))).toBe(true);
    expect(valueNode(hive, "", "value")).toEqual({ ...before, type: 0xffff_0012 });
  });

  test.each([0, 1, 4, 5, 16_344, 16_345, 40_000])("the same %i bytes again change no byte", (size) => {
    const hive = hiveWith(size);
    const before = hive.bins.raw(0, hive.bins.sizeBytes).slice();
    const edit = editHive(hive, { now: 99n });
    expect(edit.setValue("", "VALUE", 3, bytesOf(size, 1))).toBe(false);
    expect(hive.bins.raw(0, hive.bins.sizeBytes)).toEqual(before);
  });
});

describe("names", () => {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive);
  test.each([
    ["", 0, 0],
    ["Address", 7, 1],
    ["Größe", 5, 1],
    ["名", 2, 0],
  ])("%j takes %i bytes, flags %i", (name, nameSize, flags) => {
    edit.setValue("", name, 1, new Uint8Array(2));
    expect(valueNode(hive, "", name)).toMatchObject({ nameSize, flags });
  });

  test("a value keeps the case it was made with, and a rename may change only that", () => {
    expect(edit.setValue("", "ADDRESS", 1, new Uint8Array(4))).toBe(true);
    expect(keyAt(hive, "").value("address")?.name).toBe("Address");
    expect(edit.renameValue("", "address", "ADDRESS")).toBe(true);
    expect(keyAt(hive, "").value("address")?.name).toBe("ADDRESS");
    expect(edit.renameValue("", "address", "ADDRESS")).toBe(false);
  });

  test("a renamed value keeps its place, its type and its data", () => {
    const before = [...keyAt(hive, "").values()].map(({ name }) => name);
    edit.renameValue("", "Größe", "次");
    expect([...keyAt(hive, "").values()].map(({ name }) => name)).toEqual(
      before.map((name) => (name === "Größe" ? "次" : name)),
    );
    expect(checkHive(hive).problems.map(sentence)).toEqual([]);
  });

  test("more than 16383 characters are refused", () => {
    expect(() => edit.setValue("", "n".repeat(16_384), 1, new Uint8Array(0))).toThrow("at most 16383 characters");
    expect(() => edit.renameValue("", "", "n".repeat(16_384))).toThrow("at most 16383 characters");
    expect(edit.setValue("", "n".repeat(16_383), 1, new Uint8Array(0))).toBe(true);
    expect(checkHive(hive).problems.map(sentence)).toEqual([]);
  });
});

test("hints are raised, and a deletion does not lower them", () => {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive);
  edit.setValue("", "name", 1, new Uint8Array(30));
  edit.setValue("", "longer name", 1, new Uint8Array(3));
  expect(keyNode(hive, "")).toMatchObject({ longestValueName: 22, largestValueData: 30, valueCount: 2 });
  edit.deleteValue("", "longer name");
  edit.deleteValue("", "name");
  expect(keyNode(hive, "")).toMatchObject({
    longestValueName: 22,
    largestValueData: 30,
    valueCount: 0,
    values: 0xffff_ffff,
  });
});
