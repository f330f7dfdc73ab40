/** Reading .reg text: each form of key and value, and each mistake with its line. */
import { describe, expect, test } from "vitest";
import { toHex } from "../../src/bytes/hex.ts";
import { Failure } from "../../src/exit/failure.ts";
import type { RegValue } from "../../src/regtext/model.ts";
import { parseRegText } from "../../src/regtext/parse.ts";

const HEADER = "Windows Registry Editor Version 5.00\r\n\r\n";

function valuesOf(body: string): readonly RegValue[] {
  const [entry] = parseRegText(`${HEADER}[K]\r\n${body}`).entries;
  return entry?.kind === "set-key" ? entry.values : [];
}

/** "name type data" of the only value; the data in hexadecimal. */
function only(body: string): string {
  const values = valuesOf(body);
  expect(values).toHaveLength(1);
  const [value] = values;
  return value?.kind === "set-value" ? `${value.name} ${value.type} ${toHex(value.data)}` : `${value?.name} deleted`;
}

describe("data", () => {
  test.each([
    ['"n"="a\\\\b\\"c"', "n 1 61005c006200220063000000"],
    ['"n"="C:\\Windows"', "n 1 43003a005c00570069006e0064006f00770073000000"],
    ['"n"=""', "n 1 0000"],
    ['@="x" ; a comment', " 1 78000000"],
    ['"n"="a;b"', "n 1 61003b0062000000"],
    ['"n"=dword:1a', "n 4 1a000000"],
    ['"n"=DWORD:ffffFFFF', "n 4 ffffffff"],
    ['"n"=hex:', "n 3 "],
    ['"n"=hex:1,02,aB,', "n 3 0102ab"],
    ['"n"=hex(7):00,00', "n 7 0000"],
    ['"n"=hex(ffff0012):31,00', "n 4294901778 3100"],
    ['"n"=hex(b):01,02,03,04,\\\r\n  05,06,07,\\ ; half\r\n  08', "n 11 0102030405060708"],
    ['"n" = -', "n deleted"],
    ["@=-", " deleted"],
    ['"a=b"=dword:0', "a=b 4 00000000"],
    ['"[x]"=hex:ff', "[x] 3 ff"],
  ])("%s", (line, expected) => expect(only(line)).toBe(expected));
});

describe("keys", () => {
  test("set and deleted, with brackets in their names, comments and lines", () => {
    const text = `${HEADER};time=1\r\n; two\r\n[A\\B]\r\n"x"=-\r\n\r\n[-A\\C [1]] ; gone\r\n[A\\D;E]\r\n`;
    expect(parseRegText(text).entries).toEqual([
      {
        kind: "set-key",
        path: "A\\B",
        line: 5,
        comments: ["time=1", " two"],
        values: [{ kind: "delete-value", name: "x", line: 6, comments: [] }],
      },
      { kind: "delete-key", path: "A\\C [1]", line: 8, comments: [] },
      { kind: "set-key", path: "A\\D;E", line: 9, comments: [], values: [] },
    ]);
  });

  test("the same key and value twice stay twice: the last one wins where they are carried out", () => {
    const text = `${HEADER}[A]\n"x"=dword:1\n[A]\n"x"=dword:2\n"x"=dword:3`;
    expect(parseRegText(text).entries.map((entry) => (entry.kind === "set-key" ? entry.values.length : 0))).toEqual([
      1, 2,
    ]);
  });

  test("lines end with LF, CR LF or CR; the first may follow a byte order mark and blank lines", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = `\ufeff${end}${HEADER.trim()}${end}[A]${end}"x"=hex:01,\\${end} 02${end}`;
      expect(parseRegText(text).entries).toHaveLength(1);
    }
  });
});

describe("REGEDIT4", () => {
  test("its strings in hexadecimal are one byte a character", () => {
    const [entry] = parseRegText(
      'REGEDIT4\n[A]\n"s"="x"\n"e"=hex(2):25,41,25,00\n"m"=hex(7):61,00,00\n"b"=hex:80',
    ).entries;
    const data =
      entry?.kind === "set-key" ? entry.values.map((value) => value.kind === "set-value" && toHex(value.data)) : [];
    expect(data).toEqual(["78000000", "2500410025000000", "610000000000", "80"]);
  });

  test("a code page that nobody names is refused", () => {
    expect(() => parseRegText('REGEDIT4\n[A]\n"e"=hex(2):e4,00')).toThrow(/code page/);
  });
});

describe("mistakes say their line", () => {
  test.each([
    ["", 1, "first line"],
    ["[A]", 1, "first line"],
    [`${HEADER}"x"=dword:1`, 3, "belongs to no key"],
    [`${HEADER}[-A]\n"x"=dword:1`, 4, "belongs to no key"],
    [`${HEADER}[A\n`, 3, "is not a key"],
    [`${HEADER}[]\n`, 3, "is not a key"],
    [`${HEADER}[A] x\n`, 3, "is not a key"],
    [`${HEADER}[A]\nx=1`, 4, "is no key, value or comment"],
    [`${HEADER}[A]\n"x`, 4, "is no key, value or comment"],
    [`${HEADER}[A]\n"x"`, 4, "is no key, value or comment"],
    [`${HEADER}[A]\n@`, 4, "is no key, value or comment"],
    [`${HEADER}[A]\n"x"=`, 4, "has no known form"],
    [`${HEADER}[A]\n"x"=1`, 4, "has no known form"],
    [`${HEADER}[A]\n"x"="1`, 4, "not closed"],
    [`${HEADER}[A]\n"x"="1" 2`, 4, "after the string"],
    [`${HEADER}[A]\n"x"=dword:`, 4, "eight hexadecimal digits"],
    [`${HEADER}[A]\n"x"=dword:123456789`, 4, "eight hexadecimal digits"],
    [`${HEADER}[A]\n"x"=hex:1,,2`, 4, "byte 2"],
    [`${HEADER}[A]\n"x"=hex:100`, 4, "byte 1"],
    [`${HEADER}[A]\n"x"=hex(g):1`, 4, "names no type"],
    [`${HEADER}[A]\n"x"=hex(100000000):1`, 4, "names no type"],
    [`${HEADER}[A]\n"x"=hex:1,\\\n[B]`, 5, "does not go on"],
    [`${HEADER}[A]\n"x"=hex:1,\\\n\n`, 5, "does not go on"],
    [`${HEADER}[A]\n"x"=hex:1,\\`, 5, "does not go on"],
  ])("%j", (text, line, message) => {
    let failure: unknown;
    try {
      parseRegText(text, "some.reg");
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ exit: "invalidDocument", at: `some.reg:${line}`, code: "invalid-reg-text" });
    expect((failure as Failure).message).toContain(message);
  });
});
