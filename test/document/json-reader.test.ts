import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonSyntaxError, readJson } from "../../src/document/json-reader.ts";

function failure(text: string): JsonSyntaxError {
  try {
    readJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
  throw new Error(`read without an error: ${text}`);
}

function accepts(read: (text: string) => unknown, text: string): boolean {
  try {
    read(text);
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
        expect(readJson(spaced).value).toEqual(JSON.parse(spaced));
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
        expect(accepts(readJson, text)).toBe(accepts(JSON.parse, text));
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
          readJson(text);
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
    ["{'a': 1}", 1, 2, "a name in double quotes is expected"],
    ["{a: 1}", 1, 2, 'not "a"'],
    ['{"a" 1}', 1, 6, "a colon"],
    ['// profile\n{"a": 1}', 1, 1, "a comment (JSON has none)"],
    ['{"a": "PCI\\VEN_8086"}', 1, 11, "a backslash"],
    ['{"a": "one\ntwo"}', 1, 11, "end of its line"],
    ['{"a": "one', 1, 7, "has no end"],
    ['\r\n\r{"a":\n[1,\n2', 5, 2, "the text ends before the ] of what began in line 4"],
    ["[01]", 1, 2, "a value is expected"],
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

  test("nesting has a bound, so that no text exhausts the stack", () => {
    expect(failure("[".repeat(100_000)).message).toContain("nested more than 64 deep");
    expect(readJson(`${"[".repeat(64)}${"]".repeat(64)}`).repeated).toEqual([]);
  });
});

test("members that are there twice are named", () => {
  expect(readJson('{"a": 1, "b": [{"c": 1, "c": 2}], "a": 3}').repeated).toEqual([["b", 0, "c"], ["a"]]);
});

test("every value tells where it begins", () => {
  const seen: string[] = [];
  readJson('{"a": [10, {"b": 2}]}', {
    onValue: (path, offset) => seen.push(`${path.join(".")}@${offset}`),
  });
  expect(seen).toEqual(["@0", "a@6", "a.0@7", "a.1@11", "a.1.b@17", "a.1.b@12", "a@1"]);
});
