/** JSON without leniency: the value, the place of each part, and the words and place of an error. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonText, readJson, visitPlaces } from "../../src/document/json-reader.ts";
import { JsonSyntaxError } from "../../src/document/json-syntax-error.ts";

function read(text: string): JsonText {
  return readJson(text, 100_000);
}

function failure(text: string): JsonSyntaxError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
  throw new Error(`read without an error: ${text}`);
}

function accepts(reader: (text: string) => unknown, text: string): boolean {
  try {
    reader(text);
    return true;
  } catch {
    return false;
  }
}

describe("what JSON.parse reads", () => {
  test("is read alike, however it is spaced", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, "\t", "\r\n "), (text, space) => {
        const spaced = JSON.stringify(JSON.parse(text), null, space);
        fc.pre(!spaced.includes("__proto__"));
        expect(read(spaced).value).toEqual(JSON.parse(spaced));
      }),
    );
  });

  test("is accepted, and nothing else", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '"a"',
      "1",
      "-",
      "0",
      ".",
      "e",
      "+",
      "true",
      "nul",
      "null",
      " ",
      "\n",
      "\\",
      "\\u00e9",
      "\u0001",
      "é",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        expect(accepts(read, text)).toBe(accepts(JSON.parse, text));
      }),
      { numRuns: 5000 },
    );
  });

  test("one changed character never gives another error than a syntax error", () => {
    const sound = '{"a": [1, -2.5e3, "x\\u0041\\n"], "b": {"c": null, "d": true}}';
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.string({ minLength: 0, maxLength: 2 }), (offset, replacement) => {
        const text = sound.slice(0, offset) + replacement + sound.slice(offset + 1);
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonSyntaxError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the place and the words of an error", () => {
  test.each([
    ["[1, 2,]", 1, 6, "there is a comma before ]"],
    ['{\n  "a": 1,\n}', 2, 9, "there is a comma before }"],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or } is expected, not "\\""'],
    ["{'a': 1}", 1, 2, "\"'a'\" is neither a text in double quotes"],
    ["{a: 1}", 1, 2, '"a" is neither a text in double quotes'],
    ["{1: 1}", 1, 2, 'a name in double quotes is expected, not "1"'],
    ['{"a": }', 1, 7, 'a value is expected, not "}"'],
    ['{"a": [1, {]', 1, 12, 'a name in double quotes is expected, not "]"'],
    ["[1, [,]]", 1, 6, 'a value is expected, not ","'],
    ['{"a" 1}', 1, 6, "a colon"],
    ['// profile\n{"a": 1}', 1, 1, "a comment (JSON has none)"],
    ['{"a": 1} /* profile', 1, 10, "a comment (JSON has none)"],
    ['{\n  # profile\n"a": 1}', 2, 3, "a comment (JSON has none)"],
    ['{"a": "PCI\\VEN_8086"}', 1, 11, "a backslash"],
    ['{"a\\\\\\u00e9\\u00g9": 1}', 1, 12, "a backslash"],
    ['{"a": "one\ntwo"}', 1, 11, "end of its line"],
    ['{"a": "one\ttwo"}', 1, 11, "control character"],
    ['{"a": "one', 1, 7, "has no end"],
    ['\r\n\r{"a":\n[1,\n2', 5, 2, "the text ends before the ] of what began in line 4"],
    ["[01]", 1, 2, '"01" is neither a text in double quotes nor a number'],
    ["[1.]", 1, 2, '"1." is neither'],
    ["[true\u00a0]", 1, 2, '"true\\u00a0" is neither'],
    ["[1,}", 1, 4, 'a value is expected, not "}"'],
    ['{"address": 10.0.0.5}', 1, 13, '"10.0.0.5" is neither'],
    ['{"mac": 00-50-56-A5-12-69}', 1, 9, '"00-50-56-A5-12-69" is neither'],
    ["1 2", 1, 3, 'the document has ended, but "2" follows'],
    ["10.0.0.5", 1, 1, '"10.0.0.5" is neither'],
    ["[1] [2]", 1, 5, "the document has ended"],
    ["", 1, 1, "the end of the text"],
    ['{"__proto__": {}}', 1, 2, "__proto__"],
  ])("%j", (text, line, column, words) => {
    const error = failure(text);
    expect(error.message).toContain(words);
    expect(error.position).toEqual({ line, column });
  });

  test("a backslash that was written once is explained", () => {
    expect(failure('["PCI\\VEN_8086"]').advice).toBe("write every backslash twice: PCI\\\\VEN_8086");
  });

  test.each([
    ["{a: 1}", "write names and texts in double quotes"],
    ['{"address": 10.0.0.5}', "write names and texts in double quotes"],
    ["[1,\n]", "remove this comma"],
    ["[1] // one", "remove it"],
  ])("%j has an advice", (text, advice) => {
    expect(failure(text).advice).toBe(advice);
  });

  test("nesting has a bound, so that no text exhausts the stack", () => {
    expect(failure("[".repeat(100_000)).message).toContain("nested more than 64 deep");
    expect(failure('{"a":'.repeat(65))).toMatchObject({ position: { line: 1, column: 5 * 64 + 1 } });
    expect(read(`${"[".repeat(64)}${"]".repeat(64)}`).repeated).toEqual([]);
  });
});

test("the number of values has a bound", () => {
  expect(readJson('[1, {"a": "b"}]', 4).value).toEqual([1, { a: "b" }]);
  expect(() => readJson('[1, {"a": "b"}]', 3)).toThrow("the document holds more than 3 values");
});

test("members that are there twice are named", () => {
  expect(read('{"a": 1, "b": [{"c": 1, "c": 2}], "a": 3}').repeated).toEqual([["b", 0, "c"], ["a"]]);
  expect(read('{"name": 1, "n\\u0061me": 2, "constructor": 3}').repeated).toEqual([["name"]]);
});

test("every list item and every member tells where it begins", () => {
  const seen: string[] = [];
  visitPlaces('{"a": [10,\n {"b": 2}, []]}', (path, offset) => seen.push(`${path.join(".")}@${offset}`));
  expect(seen).toEqual(["@0", "a@1", "a.0@7", "a.1@12", "a.1.b@13", "a.2@22"]);
});
