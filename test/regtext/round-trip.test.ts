/** The law of .reg text: what was written is read back, every byte and type; and what Regedit's manner of writing is. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { Failure } from "../../src/exit/failure.ts";
import { decodeRegFile, encodeRegFile } from "../../src/regtext/encoding.ts";
import { formatRegText } from "../../src/regtext/format.ts";
import { type ReadableKey, regEntriesOf } from "../../src/regtext/from-key.ts";
import type { RegEntry, RegValue } from "../../src/regtext/model.ts";
import { parseRegText } from "../../src/regtext/parse.ts";

/** Names as hives hold them: any text on one line, with the characters that .reg text gives a meaning to. */
const name = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom("a", "\\", '"', "[", "]", ";", "=", "@", "-", " ") }),
  )
  .filter((text) => !/[\0\r\n]|\p{Surrogate}/u.test(text));

const path = name.filter((text) => text.trim() !== "" && !text.startsWith("-"));

const comment = name.map((text) => text.trimEnd());

const type = fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 7, 11, 0xffff0012), fc.integer({ min: 0, max: 0xffffffff }));

const data = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: "binary" }).map((text) => encodeUtf16(`${text}\0`)),
  fc.constant(new Uint8Array(0)),
);

const value: fc.Arbitrary<RegValue> = fc.oneof(
  fc.record({ kind: fc.constant("set-value" as const), name, type, data, comments: fc.array(comment) }),
  fc.record({ kind: fc.constant("delete-value" as const), name, comments: fc.array(comment) }),
);

const entry: fc.Arbitrary<RegEntry> = fc.oneof(
  fc.record({ kind: fc.constant("set-key" as const), path, values: fc.array(value), comments: fc.array(comment) }),
  fc.record({ kind: fc.constant("delete-key" as const), path, comments: fc.array(comment) }),
);

/** Without the line numbers, which a text that was not read does not have. */
function withoutLines(entries: readonly RegEntry[]): unknown {
  return entries.map(({ line: _, ...rest }) =>
    rest.kind === "set-key" ? { ...rest, values: rest.values.map(({ line: __, ...value }) => value) } : rest,
  );
}

test("whatever is written is read back, through the bytes of a file too", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
      const text = formatRegText(entries);
      expect(withoutLines(parseRegText(text).entries)).toEqual(entries);
      expect(decodeRegFile(encodeRegFile(text), "file")).toBe(text);
      expect(decodeRegFile(new TextEncoder().encode(text), "file")).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test("reading any text ends with a RegText or a Failure", () => {
  const line = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(...'[]-"\\=@;:,() hexdword01f\r\n') }),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        parseRegText(["Windows Registry Editor Version 5.00", "[A]", ...lines].join("\n"));
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
    }),
    { numRuns: 2000 },
  );
});

describe("as Regedit writes it", () => {
  const set = (valueName: string, valueType: number, bytes: Uint8Array): RegValue => ({
    kind: "set-value",
    name: valueName,
    type: valueType,
    data: bytes,
  });

  test("strings and numbers as such, the rest in lines of 80 columns", () => {
    const values = [
      set("", 1, encodeUtf16("C:\\\0")),
      set("n", 4, Uint8Array.of(1, 2, 3, 0x80)),
      set("short dword", 4, Uint8Array.of(1)),
      set("unended", 1, encodeUtf16("x")),
      set("b", 3, new Uint8Array(50)),
      set("none", 0, new Uint8Array(0)),
    ];
    expect(formatRegText([{ kind: "set-key", path: "K", values, comments: ["why"] }]).split("\r\n")).toEqual([
      "Windows Registry Editor Version 5.00",
      "",
      ";why",
      "[K]",
      '@="C:\\\\"',
      '"n"=dword:80030201',
      '"short dword"=hex(4):01',
      '"unended"=hex(1):78,00',
      '"b"=hex:00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,\\',
      "  00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,\\",
      "  00,00",
      '"none"=hex(0):',
      "",
    ]);
  });

  test.each(["a\nb", "a\0b", "\ud800", "-a", " "])("a key named %j cannot be written", (bad) => {
    expect(() => formatRegText([{ kind: "set-key", path: bad, values: [] }])).toThrow(Failure);
  });

  test("a value whose name has a line break cannot be written", () => {
    const values = [set("a\rb", 3, new Uint8Array(1))];
    expect(() => formatRegText([{ kind: "set-key", path: "K", values }])).toThrow(/cannot be written/);
  });
});

describe("files", () => {
  test("UTF-16 BE and REGEDIT4 in Latin-1 are read, other bytes refused", () => {
    expect(decodeRegFile(Uint8Array.of(0xfe, 0xff, 0, 0x41), "f")).toBe("A");
    expect(decodeRegFile(Uint8Array.of(...new TextEncoder().encode("REGEDIT4\r\n"), 0xe4), "f")).toBe("REGEDIT4\r\nä");
    expect(() => decodeRegFile(Uint8Array.of(0xe4, 0x41), "f")).toThrow(Failure);
  });
});

test("a key with everything below it, parents first", () => {
  const key = (keyPath: string, below: readonly ReadableKey[]): ReadableKey => ({
    path: keyPath,
    subkeys: () => below,
    values: () => [{ name: "v", type: 3, data: Uint8Array.of(1) }],
  });
  const root = key("", [key("a", [key("a\\b", [])]), key("c", [])]);
  expect(Array.from(regEntriesOf(root, "R"), ({ path: written }) => written)).toEqual(["R", "R\\a", "R\\a\\b", "R\\c"]);
});
