/** Wrapping, alignment, and harmless control characters. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asText, fields, table, WIDTH, wrap } from "../../src/report/lines.ts";

describe("wrap", () => {
  test("hangs the following lines under the text of the first", () => {
    expect(
      wrap("  do: ", "name its target with --map SOURCE=TARGET, or leave it out with --exclude SOURCE or so"),
    ).toEqual(["  do: name its target with --map SOURCE=TARGET, or leave it out with --exclude", "      SOURCE or so"]);
  });

  test("keeps a word that is longer than a line whole, so that it can be copied", () => {
    const path = `/${"x".repeat(100)}`;
    expect(wrap("at ", `first ${path} last`)).toEqual(["at first", `   ${path}`, "   last"]);
  });

  test("keeps every character of the text but the spaces at which it breaks", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const lines = wrap("> ", text);
        const whole = lines.map((line) => line.slice(2)).join(" ");
        expect(whole.replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
      { examples: [["a wide space at the end\u3000"]] },
    );
  });

  test("no line of short words is wider than the console", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 }).map((word) => word.replaceAll(" ", "_"))), (words) => {
        expect(wrap("label  ", words.join(" ")).every((line) => line.length <= WIDTH)).toBe(true);
      }),
    );
  });
});

describe("fields", () => {
  test("aligns the values, gives a list a line each, and leaves out what is not known", () => {
    const rows = fields(" ", [
      ["image", "D:\\"],
      ["gateway", ["10.0.0.1", "10.0.0.2"]],
      ["DNS", null],
      ["WINS", undefined],
      ["NetBIOS", []],
    ]);
    expect(rows).toEqual([" image    D:\\", " gateway  10.0.0.1", "          10.0.0.2"]);
  });
});

test("what is there to be copied stays in one line", () => {
  const command = `pint undo "/mnt/${"my windows/".repeat(10)}"`;
  expect(fields("", [["undo", { whole: command }]])).toEqual([`undo  ${command}`]);
});

test("table aligns all columns but the last", () => {
  expect(
    table("  ", [
      ["1", "tunnel", "dhcp", "isatap"],
      ["10", "wan-miniport", "dhcp", ""],
    ]),
  ).toEqual(["  1   tunnel        dhcp  isatap", "  10  wan-miniport  dhcp"]);
});

describe("asText", () => {
  test("ends every line with a line break, and is empty without lines", () => {
    expect(asText(["a", "b"])).toBe("a\nb\n");
    expect(asText([])).toBe("");
  });

  test("shows control characters, so that a name in an image cannot steer the terminal", () => {
    expect(asText(["\x1b[2J\x07\x9b \u202egnp.exe", "a\nb\r\tc\0"])).toBe(
      "\\u001b[2J\\u0007\\u009b \\u202egnp.exe\na\\u000ab\\u000d\\u0009c\\u0000\n",
    );
  });

  test("leaves letters of every script as they are", () => {
    expect(asText(["Připojení 本地连接 اتصال"])).toBe("Připojení 本地连接 اتصال\n");
  });

  test("never lets a control character through", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (lines) => {
        const text = asText(lines);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(text.replaceAll("\n", "")).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        expect(text.split("\n").length).toBe(lines.length + 1);
      }),
    );
  });
});
