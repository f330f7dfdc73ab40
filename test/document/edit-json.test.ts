/** Changing one value of a document's text: that value is there afterwards, and every other character as it was. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editJson } from "../../src/document/edit-json.ts";

const MULTI_LINE = `{
    "pintProfile": 1,

    "connections": [
        { "name":"LAN",   "mac": { "user": [ ] } },
        {
            "name": "Two"
        }
    ]
}
`;

describe("a value", () => {
  test.each([
    [
      "that is there is replaced where it stands",
      MULTI_LINE,
      ["connections", 0, "name"],
      "B\u00fcro",
      MULTI_LINE.replace('"LAN"', '"B\u00fcro"'),
    ],
    [
      "in a list of one line",
      MULTI_LINE,
      ["connections", 0, "mac", "user"],
      ["a", "b"],
      MULTI_LINE.replace("[ ]", '["a", "b"]'),
    ],
    [
      "that is missing comes last, on a line of its own where the others have one",
      MULTI_LINE,
      ["connections", 1, "mac", "user"],
      ["a"],
      MULTI_LINE.replace('"Two"', '"Two",\n            "mac": { "user": ["a"] }'),
    ],
    [
      "that is missing stays on the line of its object",
      MULTI_LINE,
      ["connections", 0, "apply"],
      "skip",
      MULTI_LINE.replace("[ ] } }", '[ ] }, "apply": "skip" }'),
    ],
    ["in an empty object", '{"a":{}}', ["a", "b"], 1, '{"a":{ "b": 1 }}'],
    ["with what holds it", '{"a": 1}', ["b", "c", "d"], [1], '{"a": 1, "b": {\n  "c": { "d": [1] }\n}}'],
    ["taken away with its comma", '{ "a": 1, "b": 2 }', ["b"], undefined, '{ "a": 1 }'],
    ["that is not there is not taken away", '{ "a": 1 }', ["b", "c"], undefined, '{ "a": 1 }'],
    ["with the file's line breaks", '{\r\n  "a": 1\r\n}\r\n', ["b"], 2, '{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n'],
    ["with the file's tabs", '{\n\t"a": 1\n}', ["b"], 2, '{\n\t"a": 1,\n\t"b": 2\n}'],
  ] as const)("%s", (_, text, path, value, expected) => {
    expect(editJson(text, path, value)).toBe(expected);
  });
});

const names = fc.constantFrom("a", "b", "c");
const values = fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer(), { maxLength: 3 }));
const objects = fc.dictionary(names, fc.oneof(values, fc.dictionary(names, values)));

test("whatever the text and the place: the document is what setting the value makes of it", () => {
  fc.assert(
    fc.property(
      objects,
      fc.constantFrom(0, 2, "\t"),
      names,
      names,
      values,
      (document, indent, first, second, value) => {
        const text = JSON.stringify(document, undefined, indent);
        expect(JSON.parse(editJson(text, [first], value))).toEqual({ ...document, [first]: value });
        const { [first]: _gone, ...rest } = document;
        expect(JSON.parse(editJson(text, [first], undefined))).toEqual(rest);
        const inner = document[first];
        if (inner === undefined || (typeof inner === "object" && !Array.isArray(inner))) {
          const wanted = { ...document, [first]: { ...inner, [second]: value } };
          expect(JSON.parse(editJson(text, [first, second], value))).toEqual(wanted);
        }
      },
    ),
  );
});
