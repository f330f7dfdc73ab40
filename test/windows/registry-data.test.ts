/** Registry data gives back the very bytes it was made of, and what a person wrote into it that cannot be is told. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../src/bytes/hex.ts";
import { type RegistryData, registryDataMisfit } from "../../src/notation/registry-data.ts";
import { registryBytes, registryData } from "../../src/windows/registry-data.ts";

const KNOWN_TYPES = [0, 1, 2, 3, 4, 5, 7, 8, 10, 11, 0xffff0010, 0xffff2012];
const types = fc.oneof(fc.constantFrom(...KNOWN_TYPES), fc.integer({ min: 0, max: 0xffffffff }));
/** Bytes that look like texts often enough: NULs, letters, unpaired surrogates, odd lengths. */
const unitBytes = fc
  .array(fc.constantFrom("0000", "4100", "3100", "00d8", "00dc", "ffff", "e900"), { maxLength: 8 })
  .map((units) => fromHex(units.join("")) as Uint8Array);
const data = fc.oneof(fc.uint8Array({ maxLength: 12 }), unitBytes);

test("any type and any bytes come back the same, through JSON too", () => {
  fc.assert(
    fc.property(types, data, (type, bytes) => {
      const value = JSON.parse(JSON.stringify(registryData({ type, data: bytes }))) as RegistryData;
      expect(registryDataMisfit(value)).toBeUndefined();
      const back = registryBytes(value);
      expect(back.type).toBe(type);
      expect(toHex(back.data)).toBe(toHex(bytes));
    }),
    { numRuns: 3000 },
  );
});

describe("what it looks like", () => {
  test.each<[string, number, string, RegistryData]>([
    ["text", 1, "310030002e00310000000000".slice(0, 20), { type: "REG_SZ", data: "10.1" }],
    ["empty text", 1, "0000", { type: "REG_SZ", data: "" }],
    ["expandable text", 2, "25000000", { type: "REG_EXPAND_SZ", data: "%" }],
    ["list", 7, "3100000032000000" + "0000", { type: "REG_MULTI_SZ", data: ["1", "2"] }],
    ["empty list", 7, "0000", { type: "REG_MULTI_SZ", data: [] }],
    ["number", 4, "0a000000", { type: "REG_DWORD", data: 10 }],
    ["highest number", 4, "ffffffff", { type: "REG_DWORD", data: 0xffffffff }],
    ["no data", 1, "", { type: "REG_SZ", data: { hex: "" } }],
    ["text without NUL", 1, "3100", { type: "REG_SZ", data: { hex: "3100" } }],
    ["text with something after its NUL", 1, "310000003200", { type: "REG_SZ", data: { hex: "310000003200" } }],
    ["list without its last NUL", 7, "31000000", { type: "REG_MULTI_SZ", data: { hex: "31000000" } }],
    ["list of one empty text", 7, "00000000", { type: "REG_MULTI_SZ", data: { hex: "00000000" } }],
    ["number of three bytes", 4, "0a0000", { type: "REG_DWORD", data: { hex: "0a0000" } }],
    ["number of eight bytes", 11, "0a00000000000000", { type: "REG_QWORD", data: { hex: "0a00000000000000" } }],
    ["device property", 0xffff0010, "00", { type: 0xffff0010, data: { hex: "00" } }],
    ["big-endian number", 5, "0000000a", { type: 5, data: { hex: "0000000a" } }],
  ])("%s", (_, type, hex, expected) => {
    expect(registryData({ type, data: fromHex(hex) as Uint8Array })).toEqual(expected);
    expect(toHex(registryBytes(expected).data)).toBe(hex);
  });
});

describe("what does not go together", () => {
  test.each<[RegistryData, RegExp]>([
    [{ type: "REG_DWORD", data: "1" }, /REG_DWORD does not hold a text/],
    [{ type: "REG_SZ", data: 1 }, /REG_SZ does not hold a number/],
    [{ type: "REG_SZ", data: ["1"] }, /REG_SZ does not hold a list of texts/],
    [{ type: 7, data: ["1"] }, /registry type 7 does not hold a list of texts/],
    [{ type: "REG_DWORD", data: -1 }, /not a whole number from 0/],
    [{ type: "REG_DWORD", data: 2 ** 32 }, /not a whole number from 0/],
    [{ type: "REG_DWORD", data: 1.5 }, /not a whole number from 0/],
    [{ type: "REG_BINARY", data: { hex: "0" } }, /"0" is not pairs of hex digits/],
    [{ type: -1, data: { hex: "00" } }, /-1 is not the number of a registry type/],
    [{ type: "REG_MULTI_SZ", data: ["a\0b"] }, /holds a NUL/],
  ])("%j", (value, sentence) => {
    expect(registryDataMisfit(value)).toMatch(sentence);
    expect(() => registryBytes(value)).toThrow(TypeError);
  });
});
