/** Typed reading: what is sloppy is read, what is malformed is undefined. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../../src/bytes/hex.ts";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import {
  bigNumberOf,
  numberOf,
  readBytes,
  readNumber,
  readText,
  readTexts,
  textOf,
  textsOf,
} from "../../src/windows/registry-values.ts";
import { binary, dword, fakeRoot, multiSz, sz } from "../support/fake-key.ts";

const value = (type: number, hex: string) => ({ type, data: fromHex(hex) as Uint8Array });
const text = (type: number, characters: string) => ({ type, data: encodeUtf16(characters) });

describe("texts", () => {
  test.each([
    [text(1, "10.1\0"), "10.1"],
    [text(2, "%x%\0"), "%x%"],
    [text(1, "10.1"), "10.1"],
    [text(1, "10.1\0rubbish\0"), "10.1"],
    [value(1, ""), ""],
    [value(1, "31000000ff"), "1"],
    [value(3, "31000000"), undefined],
    [value(7, "31000000"), undefined],
  ])("%j is %j", (given, expected) => {
    expect(textOf(given)).toBe(expected);
  });
});

describe("lists", () => {
  test.each<[{ type: number; data: Uint8Array }, readonly string[] | undefined]>([
    [text(7, "a\0b\0\0"), ["a", "b"]],
    [text(7, "\0"), []],
    [text(7, ""), []],
    [text(7, "a"), ["a"]],
    [text(7, "a\0b"), ["a", "b"]],
    [text(7, "a\0b\0"), ["a", "b"]],
    [text(7, "a\0\0\0\0"), ["a"]],
    [text(7, "a\0\0b\0\0"), ["a"]],
    [value(7, "61000000ff"), ["a"]],
    [text(1, "a\0"), undefined],
  ])("%j is %j", (given, expected) => {
    expect(textsOf(given)).toEqual(expected);
  });
});

describe("numbers", () => {
  test.each([
    [value(4, "01000000"), 1],
    [value(4, "ffffffff"), 0xffffffff],
    [value(4, "01"), undefined],
    [value(4, ""), undefined],
    [value(4, "0100000000000000"), undefined],
    [value(3, "01000000"), undefined],
  ])("%j is %j", (given, expected) => {
    expect(numberOf(given)).toBe(expected);
  });

  test("of eight bytes", () => {
    expect(bigNumberOf(value(11, "0805614a00000a00"))).toBe(0xa00004a610508n);
    expect(bigNumberOf(value(11, "0805614a"))).toBeUndefined();
  });
});

test("no type and no bytes make a reader throw", () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2, 3, 4, 7, 11), fc.uint8Array({ maxLength: 20 }), (type, data) => {
      for (const reader of [textOf, textsOf, numberOf, bigNumberOf]) reader({ type, data });
    }),
  );
});

test("of a key, by name without case; without the key or the value undefined", () => {
  const key = fakeRoot({ Setup: { Name: sz("x"), List: multiSz("a"), Count: dword(3), Raw: binary(1, 2) } }).subkey(
    "Setup",
  );
  expect(readText(key, "NAME")).toBe("x");
  expect(readTexts(key, "list")).toEqual(["a"]);
  expect(readNumber(key, "count")).toBe(3);
  expect(readBytes(key, "raw")).toEqual(Uint8Array.from([1, 2]));
  expect(readText(key, "other")).toBeUndefined();
  expect(readBytes(undefined, "raw")).toBeUndefined();
});
