/** Bytes as hexadecimal text, both ways. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex, hexNumber, toHex } from "../../src/bytes/hex.ts";

test("bytes come back", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
      expect(fromHex(toHex(bytes).toUpperCase())).toEqual(bytes);
    }),
  );
});

test("with a separator", () => {
  expect(toHex(Uint8Array.from([0, 0x0c, 0xff]), "-")).toBe("00-0c-ff");
});

test.each(["0", "0g", "00 11", "0x00", " 00"])("%j is not bytes", (text) => {
  expect(fromHex(text)).toBeUndefined();
});

test("numbers as messages show them", () => {
  expect(hexNumber(4128)).toBe("0x1020");
});
