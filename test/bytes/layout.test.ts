/** A layout proves itself when it is declared, and reads and writes what it declares. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ascii, i32, raw, u8, u16, u32, u64 } from "../../src/bytes/codecs.ts";
import { at, layout } from "../../src/bytes/layout.ts";

const SAMPLE = layout("sample", 28, {
  tag: at(0, ascii(2)),
  byte: at(2, u8),
  pad: at(3, u8),
  short: at(4, u16),
  rest: at(6, raw(2)),
  word: at(8, u32),
  signed: at(12, i32),
  long: at(16, u64),
  last: at(24, u32),
});

describe("a declaration that is wrong does not load", () => {
  test("a gap", () => {
    expect(() => layout("gap", 8, { a: at(0, u16), b: at(4, u32) })).toThrow(
      "layout gap: b is at 4, but the field before it ends at 2",
    );
  });
  test("an overlap", () => {
    expect(() => layout("overlap", 6, { a: at(0, u32), b: at(2, u32) })).toThrow("b is at 2");
  });
  test("a wrong total", () => {
    expect(() => layout("short", 8, { a: at(0, u32) })).toThrow("layout short: the fields fill 4 bytes, not 8");
  });
});

test("fields are little-endian and stand where they are declared", () => {
  const bytes = Uint8Array.from([
    0x6e, 0x6b, 0x01, 0x02, 0x34, 0x12, 0xaa, 0xbb, 0x78, 0x56, 0x34, 0x12, 0xf8, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7,
    8, 9, 0, 0, 0,
  ]);
  expect(SAMPLE.decode(new DataView(bytes.buffer))).toEqual({
    tag: "nk",
    byte: 1,
    pad: 2,
    short: 0x1234,
    rest: Uint8Array.from([0xaa, 0xbb]),
    word: 0x12345678,
    signed: -8,
    long: 0x0807060504030201n,
    last: 9,
  });
});

test("what is encoded is decoded, at any start, and nothing else is touched", () => {
  const values = fc.record({
    tag: fc.string({ minLength: 2, maxLength: 2, unit: "binary-ascii" }),
    byte: fc.nat(0xff),
    pad: fc.nat(0xff),
    short: fc.nat(0xffff),
    rest: fc.uint8Array({ minLength: 2, maxLength: 2 }),
    word: fc.nat(0xffff_ffff),
    signed: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
    long: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    last: fc.nat(0xffff_ffff),
  });
  fc.assert(
    fc.property(values, fc.nat(9), (given, start) => {
      const bytes = new Uint8Array(40).fill(0xcc);
      const view = new DataView(bytes.buffer);
      SAMPLE.encode(view, start, given);
      expect(SAMPLE.decode(view, start)).toEqual(given);
      expect(bytes.subarray(0, start).every((byte) => byte === 0xcc)).toBe(true);
      expect(bytes.subarray(start + 28).every((byte) => byte === 0xcc)).toBe(true);
    }),
  );
});

test("encode leaves the fields that are not given", () => {
  const bytes = new Uint8Array(28).fill(0x41);
  SAMPLE.encode(new DataView(bytes.buffer), 0, { short: 0 });
  expect(SAMPLE.fields.short.get(new DataView(bytes.buffer), 0)).toBe(0);
  expect(SAMPLE.fields.word.get(new DataView(bytes.buffer), 0)).toBe(0x41414141);
});

test("bytes and text of a wrong size are our own mistake", () => {
  const view = new DataView(new ArrayBuffer(28));
  expect(() => SAMPLE.fields.rest.set(view, 0, new Uint8Array(3))).toThrow("3 bytes given for 2");
  expect(() => SAMPLE.fields.tag.set(view, 0, "abc")).toThrow("3 characters given for 2");
});

test("raw hands out a copy", () => {
  const bytes = new Uint8Array(28);
  const rest = SAMPLE.fields.rest.get(new DataView(bytes.buffer), 0);
  rest[0] = 7;
  expect(bytes[6]).toBe(0);
});
