/** INF files are read as Microsoft's "General Syntax Rules for INF Files" say, and no text is too odd to be read. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeUtf16 } from "../../../src/bytes/utf16.ts";
import { findInInf } from "../../../src/drivers/inf/find-driver.ts";
import { parseInf } from "../../../src/drivers/inf/parse.ts";
import { decodeInf } from "../../../src/drivers/inf/text.ts";

const fieldsOf = (line: string): readonly string[] | undefined => parseInf(`[a]\n${line}`).section("A")?.[0]?.fields;

test.each<[line: string, fields: readonly string[]]>([
  ["one, two , three", ["one", "two", "three"]],
  ["one,,three,", ["one", "", "three", ""]],
  ["one ; a comment, with a comma", ["one"]],
  ['"one; no comment", two', ["one; no comment", "two"]],
  ['"an ""example"" string"', ['an "example" string']],
  ['" kept "  , dropped ', [" kept ", "dropped"]],
  ['"never closed, at all', ["never closed, at all"]],
  ["one \\\n , two", ["one", "two"]],
  ['"SomeDirectory\\"\\ ; comment\n,SomeFile', ["SomeDirectory\\", "SomeFile"]],
  ["PCI\\VEN_8086, two", ["PCI\\VEN_8086", "two"]],
  ["%a;b%, two", ["%a;b%", "two"]],
  ["100% sure", ["100% sure"]],
])("%j", (line, fields) => {
  expect(fieldsOf(line)).toEqual(fields);
});

test("a key is what stands before the first equals sign", () => {
  expect(parseInf('[A]\r\n%Desc% = Install, x=y\rnone\n"k=e=y" = v').section("a")).toEqual([
    { key: "%Desc%", fields: ["Install", "x=y"] },
    { key: undefined, fields: ["none"] },
    { key: "k=e=y", fields: ["v"] },
  ]);
});

test("sections of one name are one, however it is spelled; what stands before the first is of none", () => {
  const inf = parseInf("lost = 1\n[One]\na = 1\n[two] ; comment\nb = 2\n [ONE]\nc = 3");
  expect(inf.section("one")?.map(({ key }) => key)).toEqual(["a", "c"]);
  expect(inf.section("TWO")?.map(({ key }) => key)).toEqual(["b"]);
  expect(inf.section("three")).toBeUndefined();
});

describe("tokens", () => {
  const inf = parseInf('[Strings]\nVendor = "A; B"\nBoth = base\n[Strings.0409]\nBoth = local\nOnly = local');

  test.each([
    ["%vendor%", "A; B"],
    ["%Both%/%ONLY%", "base/local"],
    ["%None% 100%%", "%None% 100%"],
  ])("%s", (field, text) => {
    expect(inf.text(field)).toBe(text);
  });

  test("cannot make a text that is longer than Windows takes", () => {
    const bomb = parseInf(`[Strings]\na = ${"x".repeat(4000)}`);
    expect(bomb.text("%a%".repeat(1300))).toHaveLength(4095);
  });
});

describe("encodings", () => {
  const text = '[Version]\r\nProvider = "Zürich"\r\n';
  const utf16 = encodeUtf16(`\ufeff${text}`);
  const swapped = Uint8Array.from(utf16, (_, index) => utf16[index ^ 1] ?? 0);

  test.each<[name: string, bytes: Uint8Array]>([
    ["UTF-16 LE", utf16],
    ["UTF-16 BE", swapped],
    ["UTF-8 with its mark", new TextEncoder().encode(`\ufeff${text}`)],
    ["Windows-1252", Uint8Array.from(text, (character) => character.charCodeAt(0))],
  ])("%s", (_, bytes) => {
    expect(parseInf(decodeInf(bytes)).value("version", "provider")).toBe("Zürich");
  });
});

test("every text is read to its end, whatever it is", () => {
  const odd = fc.string({
    unit: fc.constantFrom(...'[]=,;%"\\ \t\r\n', "a", "[Manufacturer]\n", "\ufeff"),
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.oneof(odd, fc.uint8Array({ maxLength: 300 }).map(decodeInf)), (text) => {
      const inf = parseInf(`[Version]\nClass=Net\n${text}`);
      for (const name of ["Version", "Manufacturer", "a", ""]) {
        for (const { key, fields } of inf.section(name) ?? []) {
          expect([key ?? "", ...fields].every((field) => inf.text(field).length <= 4095)).toBe(true);
          expect([key ?? "", ...fields].join("")).not.toMatch(/[\r\n]/);
        }
      }
      findInInf(inf, ["A"], { architecture: "x86", major: 10, minor: 0 });
    }),
  );
});

test("what is written by the rules is read back", () => {
  // Quoted, any character but a line's end can be in a field.
  const field = fc.string({ unit: "binary", maxLength: 20 }).filter((text) => !/[\r\n]/.test(text));
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const entry = fc.record({
    key: fc.option(field, { nil: undefined }),
    fields: fc.array(field, { minLength: 1, maxLength: 4 }),
  });
  const isSomething = ({ key, fields }: { key: string | undefined; fields: string[] }): boolean =>
    key !== undefined || fields.length > 1 || fields[0] !== "";
  fc.assert(
    fc.property(
      fc.array(entry.filter(isSomething), { maxLength: 8 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.constantFrom(", ", ",", " ,\\ ; more\n  "),
      (entries, lineEnd, comma) => {
        const lines = entries.map(
          ({ key, fields }) => (key === undefined ? "" : `${quoted(key)} = `) + fields.map(quoted).join(comma),
        );
        const text = ["[Some Section] ; comment", ...lines, "; comment", ""].join(lineEnd);
        expect(parseInf(text).section("some section")).toEqual(entries);
      },
    ),
  );
});
