/** Text and bytes, both ways, without loss. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeLatin1, decodeUtf16, encodeLatin1, encodeUtf16, isLatin1 } from "../../src/bytes/utf16.ts";

test("UTF-16 is little-endian", () => {
  expect(encodeUtf16("aЖ")).toEqual(Uint8Array.from([0x61, 0, 0x16, 0x04]));
  expect(decodeUtf16(Uint8Array.from([0x3d, 0xd8, 0x00, 0xde]))).toBe("😀");
});

test("every sequence of units comes back, unpaired surrogates too", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const even = bytes.subarray(0, bytes.length & ~1);
      expect(encodeUtf16(decodeUtf16(even))).toEqual(even);
      expect(decodeUtf16(bytes)).toBe(decodeUtf16(even));
    }),
  );
});

test("every byte comes back through Latin-1", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(encodeLatin1(decodeLatin1(bytes))).toEqual(bytes);
    }),
  );
  expect(decodeLatin1(Uint8Array.from([0x80, 0x9f, 0xff]))).toBe("\u0080\u009f\u00ff"); // not Windows-1252
});

test("long text is no longer than the stack", () => {
  const text = "ключ".repeat(50_000);
  expect(decodeUtf16(encodeUtf16(text))).toBe(text);
  expect(decodeLatin1(new Uint8Array(200_000).fill(0x41))).toBe("A".repeat(200_000));
});

test("what Latin-1 has not is refused", () => {
  expect(isLatin1("ÿ")).toBe(true);
  expect(isLatin1("Ÿ")).toBe(false);
  expect(() => encodeLatin1("Ÿ")).toThrow("U+0178 is not a Latin-1 character");
});
