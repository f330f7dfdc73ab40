/** The notations that documents share: each is read, one is kept, and what is none is refused with advice. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { hexField, macField, maskField } from "../../src/document/fields.ts";
import { registryDataField } from "../../src/document/registry-data.ts";
import { maskOfPrefixLength } from "../../src/notation/ipv4.ts";
import { registryBytes, registryData } from "../../src/windows/registry-data.ts";
import { type RegistryData, registryDataMisfit } from "../../src/notation/registry-data.ts";

const stationBytes = fc
  .uint8Array({ minLength: 6, maxLength: 6 })
  .map((bytes) => [(bytes[0] ?? 0) & 0xfe, ...bytes.slice(1, 5), (bytes[5] ?? 0) | 1]);

test("every notation of a MAC address gives the same", () => {
  fc.assert(
    fc.property(stationBytes, fc.constantFrom("-", ":", " ", ""), fc.boolean(), (bytes, separator, isUpper) => {
      const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
      const written = isUpper ? digits.join(separator).toUpperCase() : digits.join(separator);
      expect(macField.parse(written)).toBe(digits.join("-").toUpperCase());
    }),
  );
});

test.each(["00-00-00-00-00-00", "ff:ff:ff:ff:ff:ff", "01-00-5e-00-00-01", "00-11-22-33-44", ""])(
  "%j is no adapter's MAC address",
  (text) => {
    expect(macField.safeParse(text).success).toBe(false);
  },
);

test("every notation of a mask gives the same", () => {
  for (let prefixLength = 0; prefixLength <= 32; prefixLength += 1) {
    const hex = `0x${(prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0).toString(16).padStart(8, "0")}`;
    const notations = [maskOfPrefixLength(prefixLength), `/${prefixLength}`, `${prefixLength}`, hex];
    expect(notations.map((notation) => maskField.parse(notation))).toEqual(Array(4).fill(prefixLength));
  }
});

test.each(["255.0.255.0", "255.255.255.1", "33", "0xff00ff00"])("%s is no mask", (text) => {
  const result = maskField.safeParse(text);
  expect(result.error?.issues[0]?.message).toContain("without holes");
});

test("hex bytes are read with separators and in any case", () => {
  expect(["0aFF", "0A ff", "0a:ff", "0a,FF"].map((text) => hexField.parse(text))).toEqual(Array(4).fill("0aff"));
  expect(hexField.safeParse("0aF").success).toBe(false);
});

describe("registry data", () => {
  const values: readonly RegistryData[] = [
    { type: "REG_SZ", data: "" },
    { type: "REG_MULTI_SZ", data: ["a", "b"] },
    { type: "REG_DWORD", data: 0xffffffff },
    { type: "REG_QWORD", data: { hex: "0100000000000000" } },
    { type: "REG_SZ", data: { hex: "4100" } },
    { type: 0xffff0010, data: { hex: "" } },
  ];

  test.each(values)("$type is kept", (value) => {
    const parsed: RegistryData = registryDataField.parse(value);
    expect(parsed).toEqual(value);
  });

  test.each([
    [{ type: 4, data: 1 }, "type", 'write "REG_DWORD" for type 4'],
    [{ type: "REG_DWORD", data: "1" }, "data", "must be a number, or bytes"],
    [{ type: "REG_SZ", data: 1 }, "data", "must be a text, or bytes"],
    [{ type: "REG_BINARY", data: "0a" }, "data", 'must be bytes as { "hex": "..." } for type REG_BINARY'],
    [{ type: "REG_DWORD", data: 0x1_0000_0000 }, "data", ""],
    [{ type: "REG_MULTI_SZ", data: ["a", ""] }, "data", ""],
  ])("%j is refused", (value, field, message) => {
    const result = registryDataField.safeParse(value);
    expect(result.error?.issues.some((issue) => issue.path[0] === field && issue.message.includes(message))).toBe(true);
  });

  test("whatever a hive can hold can stand in a document, and gives back the same bytes", () => {
    const type = fc.oneof(fc.nat(12), fc.constantFrom(0xffff0010, 0xffffffff));
    const text = fc
      .array(fc.constantFrom("a", "\0", "\ud800", "é"), { maxLength: 6 })
      .map((parts) => Buffer.from(parts.join(""), "utf16le"));
    fc.assert(
      fc.property(type, fc.oneof(fc.uint8Array({ maxLength: 9 }), text), (number, bytes) => {
        const written = JSON.parse(JSON.stringify(registryData({ type: number, data: bytes })));
        const read = registryBytes(registryDataField.parse(written));
        expect([read.type, [...read.data]]).toEqual([number, [...bytes]]);
      }),
      { numRuns: 2000 },
    );
  });

  test("whatever a document can hold can stand in a hive", () => {
    const data = fc.oneof(
      fc.string(),
      fc.array(fc.string()),
      fc.integer(),
      fc.double(),
      fc.record({ hex: fc.string({ unit: fc.constantFrom("0", "f", "A", " ", "x") }) }),
    );
    const type = fc.oneof(
      fc.constantFrom("REG_NONE", "REG_SZ", "REG_EXPAND_SZ", "REG_BINARY", "REG_DWORD", "REG_MULTI_SZ", "REG_QWORD"),
      fc.integer({ min: -1, max: 20 }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(type, data, (named, content) => {
        const parsed = registryDataField.safeParse({ type: named, data: content });
        if (!parsed.success) return;
        accepted += 1;
        expect(registryDataMisfit(parsed.data)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test("its JSON Schema says what a person may write", () => {
    expect(z.toJSONSchema(registryDataField, { io: "input" })).toMatchObject({
      required: ["type", "data"],
      additionalProperties: false,
    });
  });
});
