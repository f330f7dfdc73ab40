/** IPv4 addresses, masks, and which addresses are no station's. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isBroadcastAddress,
  isNetworkAddress,
  isSameNetwork,
  maskOfPrefixLength,
  parseIpv4,
  parseMask,
  prefixLengthOfMask,
} from "../../src/notation/ipv4.ts";

const prefixLengths = fc.integer({ min: 0, max: 32 });
const addressNumbers = fc.integer({ min: 0, max: 0xffff_ffff });
const textOf = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join(".");

describe("addresses", () => {
  test.each(["10.3.58.5", "0.0.0.0", "255.255.255.255"])("%s is one", (text) => {
    expect(parseIpv4(` ${text} `)).toBe(text);
  });

  test.each([
    "",
    "10.3.58",
    "10.3.58.256",
    "10.3.58.05",
    "0x0a.3.58.5",
    "10.3.58.5/24",
    "167983621",
    "::1",
    "10.3.58.5.1",
    "10.3.58.-1",
  ])("%j is none", (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });
});

describe("masks", () => {
  test("every prefix length has one mask, and comes back from it", () => {
    for (let prefixLength = 0; prefixLength <= 32; prefixLength++) {
      const mask = maskOfPrefixLength(prefixLength);
      const expected = textOf(prefixLength === 0 ? 0 : (0xffff_ffff << (32 - prefixLength)) >>> 0);
      expect(mask).toBe(expected);
      expect(prefixLengthOfMask(mask)).toBe(prefixLength);
    }
  });

  test("any other four numbers are no mask: it has holes", () => {
    const masks = new Set(Array.from({ length: 33 }, (_, prefixLength) => maskOfPrefixLength(prefixLength)));
    fc.assert(
      fc.property(addressNumbers, (value) => {
        const text = textOf(value);
        expect(prefixLengthOfMask(text) !== undefined).toBe(masks.has(text));
      }),
    );
    expect(prefixLengthOfMask("255.0.255.0")).toBeUndefined();
    expect(prefixLengthOfMask("255.255.255.1")).toBeUndefined();
    expect(prefixLengthOfMask("0.255.255.255")).toBeUndefined();
  });

  test.each([
    ["255.255.255.0", 24],
    ["/24", 24],
    ["24", 24],
    ["0xFFFFFF00", 24],
    ["0x00000000", 0],
    ["/32", 32],
  ])("parseMask reads %j", (text, expected) => {
    expect(parseMask(text)).toBe(expected);
  });

  test.each(["", "33", "/33", "-1", "24.5", "0xFF00FF00", "0xFFFFFF", "255.255", "//24"])(
    "parseMask refuses %j",
    (text) => {
      expect(parseMask(text)).toBeUndefined();
    },
  );

  test.each([-1, 33, 1.5, Number.NaN])("maskOfPrefixLength(%s) throws", (prefixLength) => {
    expect(() => maskOfPrefixLength(prefixLength)).toThrow(RangeError);
  });
});

describe("networks", () => {
  test("the same as the bits say", () => {
    fc.assert(
      fc.property(addressNumbers, addressNumbers, prefixLengths, (left, right, prefixLength) => {
        const shift = BigInt(32 - prefixLength);
        const expected = BigInt(left) >> shift === BigInt(right) >> shift;
        expect(isSameNetwork(textOf(left), textOf(right), prefixLength)).toBe(expected);
      }),
    );
  });

  test("first and last address", () => {
    fc.assert(
      fc.property(addressNumbers, prefixLengths, (value, prefixLength) => {
        const size = 1n << BigInt(32 - prefixLength);
        const place = BigInt(value) % size;
        const hasThem = prefixLength <= 30;
        expect(isNetworkAddress(textOf(value), prefixLength)).toBe(hasThem && place === 0n);
        expect(isBroadcastAddress(textOf(value), prefixLength)).toBe(hasThem && place === size - 1n);
      }),
    );
  });

  test.each([
    ["10.3.58.0", 24, true, false],
    ["10.3.58.255", 24, false, true],
    ["10.3.58.5", 24, false, false],
    ["10.3.58.0", 31, false, false],
    ["10.3.58.1", 31, false, false],
    ["10.3.58.5", 32, false, false],
  ])("%s/%i", (address, prefixLength, network, broadcast) => {
    expect(isNetworkAddress(address, prefixLength)).toBe(network);
    expect(isBroadcastAddress(address, prefixLength)).toBe(broadcast);
  });
});
