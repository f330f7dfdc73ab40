/** MAC addresses in every notation that people and programs use. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isStationMac, type MacAddress, macOfBytes, parseMac } from "../../src/notation/mac.ts";

describe("parseMac", () => {
  test.each([
    "00-50-56-A5-12-69",
    "00:50:56:a5:12:69",
    "0:50:56:a5:12:69",
    "00 50 56 A5 12 69",
    "0050.56a5.1269",
    "0050-56A5-1269",
    "0050:56a5:1269",
    "005056-a51269",
    "005056A51269",
    "0x005056A51269",
    "  00-50-56-a5-12-69\n",
  ])("reads %j", (text) => {
    expect(parseMac(text)).toBe("00-50-56-A5-12-69");
  });

  test.each([
    "",
    "00-50-56-A5-12",
    "00-50-56-A5-12-69-70",
    "00-50-56-A5-12-6G",
    "00-50:56-A5-12-69",
    "00--50-56-A5-1269",
    "005-056-A51-269",
    "0050.56a5-1269",
    "00505 6A51269",
    "005056A5126",
    "-00-50-56-A5-12-69",
  ])("refuses %j", (text) => {
    expect(parseMac(text)).toBeUndefined();
  });

  test("what macOfBytes writes is read unchanged, in any case and with any separator", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 6, maxLength: 6 }),
        fc.constantFrom("-", ":", " ", ""),
        (bytes, separator) => {
          const written = macOfBytes(bytes) as MacAddress;
          expect(written).toMatch(/^[0-9A-F]{2}(-[0-9A-F]{2}){5}$/);
          const otherwise = written.replaceAll("-", separator).toLowerCase();
          expect(parseMac(written)).toBe(written);
          expect(parseMac(otherwise)).toBe(written);
        },
      ),
    );
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseMac(text)));
  });
});

test("macOfBytes wants six bytes", () => {
  expect(macOfBytes(new Uint8Array(5))).toBeUndefined();
  expect(macOfBytes(new Uint8Array(32))).toBeUndefined();
});

test.each([
  ["00-50-56-A5-12-69", true],
  ["02-00-00-00-00-01", true],
  ["00-00-00-00-00-00", false],
  ["FF-FF-FF-FF-FF-FF", false],
  ["01-00-5E-00-00-01", false],
])("isStationMac(%s) is %s", (mac, expected) => {
  expect(isStationMac(mac as MacAddress)).toBe(expected);
});
