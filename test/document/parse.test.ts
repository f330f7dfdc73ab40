/** From the bytes of a file to a checked document, or to one failure that names every wrong place. */
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { guidField, ipv4Field, prefixLengthField } from "../../src/document/fields.ts";
import { parseDocument } from "../../src/document/parse.ts";
import { DocumentFailure } from "../../src/document/problem.ts";
import type { DocumentText } from "../../src/document/text.ts";

const schema = z.strictObject({
  $schema: z.string().optional(),
  pintPlan: z.literal(1),
  guid: guidField.optional(),
  choice: z.enum(["move", "skip"]).default("move"),
  addresses: z
    .array(z.union([ipv4Field, z.strictObject({ address: ipv4Field, prefixLength: prefixLengthField })]))
    .default([]),
});

function parse(text: DocumentText): z.output<typeof schema> {
  return parseDocument(schema, text, "plan.json", { kind: "plan" });
}

function failure(text: DocumentText): DocumentFailure {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof DocumentFailure) return error;
    throw error;
  }
  throw new Error("parsed without an error");
}

describe("encodings", () => {
  const text = '{"pintPlan": 1, "choice": "skip"}';
  const utf16le = Buffer.from(`\ufeff${text}`, "utf16le");

  test.each([
    ["text", text],
    ["text with a byte order mark", `\ufeff${text}`],
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, little-endian", utf16le],
    ["UTF-16, big-endian", Buffer.from(utf16le).swap16()],
  ])("%s is read", (_name, document) => {
    expect(parse(document).choice).toBe("skip");
  });

  test("other bytes are no text", () => {
    expect(failure(Buffer.from([0x7b, 0xff, 0x7d]))).toMatchObject({
      code: "document-not-text",
      exit: "invalidDocument",
      at: "plan.json",
    });
    expect(failure(Buffer.from([0xff, 0xfe, 0x7b]))).toMatchObject({ code: "document-not-text" });
  });

  test("a file larger than any plan is not read", () => {
    expect(failure(new Uint8Array(64 * 1024 * 1024 + 1))).toMatchObject({ code: "document-too-large" });
  });
});

describe("what a document says that it is", () => {
  test.each([
    ['{"pintPlan": 2}', "document-format", "plan.json has format 2", "newer"],
    ['{"pintPlan": "1"}', "document-format", 'plan.json has format "1"', '"pintPlan": 1'],
    ['{"pintProfile": 1}', "document-kind", "plan.json is a profile, not a plan", "name the file that holds a plan"],
    ['{"addresses": []}', "document-kind", "does not say that it is a plan", '"pintPlan": 1'],
    ["[]", "document-kind", "does not say that it is a plan", '"pintPlan": 1'],
    ["null", "document-kind", "does not say that it is a plan", '"pintPlan": 1'],
  ])("%s", (text, code, message, advice) => {
    const found = failure(text);
    expect(found).toMatchObject({ code, at: "plan.json: $.pintPlan", exitCode: 20 });
    expect(found.message).toContain(message);
    expect(found.advice).toContain(advice);
  });

  test("not JSON: line and column", () => {
    expect(failure('{"pintPlan": 1,\n  "choice": move}')).toMatchObject({
      code: "document-not-json",
      at: "plan.json: line 2, column 13",
      message:
        'plan.json cannot be read as JSON: "move" is neither a text in double quotes nor a number, true, false or null',
      advice: "write names and texts in double quotes",
    });
  });
});

describe("problems", () => {
  test("one is told with its place and line", () => {
    const found = failure('{"pintPlan": 1,\n "choice": "stay"}');
    expect(found.message).toBe('$.choice: must be "move" or "skip", not "stay"');
    expect(found.at).toBe("plan.json: $.choice");
    expect(found.advice).toBe("correct $.choice (line 2) in plan.json, and run the command again");
  });

  test("all are told together, in the order of the text", () => {
    const text = `{
      "pintPlan": 1,
      "guid": "698E50A9",
      "adresses": [],
      "choice": "move",
      "choice": null,
      "addresses": ["10.0.0", 7, { "address": "10.0.0.05", "prefixLength": 33, "mask": "255.0.0.0" }, {}]
    }`;
    const found = failure(text);
    expect(found.message.split("\n")).toEqual([
      "plan.json is not a plan that can be used; it has 11 errors:",
      '  $.guid (line 3): "698E50A9" is not a GUID: write it like {698E50A9-4F58-4D86-B61D-F42E58DCACF6}',
      '  $.adresses (line 4): "adresses" is no field of this place; did you mean "addresses"?',
      "  $.choice (line 6): is there twice in the same object; remove one",
      '  $.choice (line 6): must be "move" or "skip", not null',
      '  $.addresses[0] (line 7): "10.0.0" is not an IPv4 address: write four numbers from 0 to 255 like 10.0.0.5, without leading zeros',
      "  $.addresses[1] (line 7): must be a text or an object in { }, not 7",
      '  $.addresses[2].address (line 7): "10.0.0.05" is not an IPv4 address: write four numbers from 0 to 255 like 10.0.0.5, without leading zeros',
      "  $.addresses[2].prefixLength (line 7): must be at most 32, not 33",
      '  $.addresses[2].mask (line 7): "mask" is no field of this place; the fields here are address, prefixLength',
      "  $.addresses[3].address (line 7): is missing; it must be a text",
      "  $.addresses[3].prefixLength (line 7): is missing; it must be a number",
    ]);
    expect(found.problems).toHaveLength(11);
  });

  test("of a list of several kinds of things, the kind is told", () => {
    const step = z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("set") }),
      z.strictObject({ kind: z.literal("delete") }),
    ]);
    const steps = z.strictObject({ pintPlan: z.literal(1), steps: z.array(step) });
    const parseSteps = (): unknown =>
      parseDocument(steps, '{"pintPlan": 1, "steps": [{"kind": "sett"}, {}, 5, {"kind": "set"}]}', "plan.json", {
        kind: "plan",
      });
    expect(parseSteps).toThrow(
      /\n {2}\$\.steps\[0\]\.kind .*: must be "set" or "delete", not "sett"\n {2}\$\.steps\[1\]\.kind .*: is missing; it must be "set" or "delete"\n {2}\$\.steps\[2\] .*: must be an object in \{ \}, not 5$/,
    );
  });

  test("very many are counted, not listed", () => {
    const found = failure(`{"pintPlan": 1, "addresses": [${"0,".repeat(1998)}0]}`);
    expect(found.problems).toHaveLength(1000);
    expect(found.message.split("\n")).toHaveLength(42);
    expect(found.message).toContain("it has 1000 or more errors:");
    expect(found.message).toContain("... and 960 more");
  });

  test("what examine finds is told with the rest, and twice the same once", () => {
    const parseExamined = (): unknown =>
      parseDocument(schema, '{"pintPlan": 1, "choice": 5}', "plan.json", {
        kind: "plan",
        examine: () => [
          { path: ["choice"], message: "must be a pleasant one" },
          { path: ["choice"], message: "must be a pleasant one" },
        ],
      });
    expect(parseExamined).toThrow(
      /it has 2 errors:\n {2}\$\.choice .*\n {2}\$\.choice \(line 1\): must be a pleasant one$/,
    );
  });

  test("a document with more values than any plan has is not read on", () => {
    expect(failure(`{"pintPlan": 1, "addresses": [${"0,".repeat(500_000)}0]}`)).toMatchObject({
      code: "document-not-json",
      message: "plan.json cannot be read as JSON: the document holds more than 500000 values",
    });
  });

  test.each([
    ["blanks", "plan.json: line 1, column 100015", `{"pintPlan": 1,${" \t".repeat(50_001)}"choice": "skip"}`],
    ["escapes", "plan.json: line 1, column 200028", `{"pintPlan": 1, "choice": "${'\\n\\"'.repeat(50_001)}"}`],
  ])("a text of %s that would take all memory is not read", (_name, at, text) => {
    expect(failure(text)).toMatchObject({
      code: "document-not-json",
      at,
      message: "plan.json cannot be read as JSON: blanks or backslashes go on without an end",
    });
  });

  test("many blanks and escapes are read, when none of them takes much", () => {
    const text = `{"pintPlan": 1,${`${" ".repeat(60_000)}\n`.repeat(2)}"$schema": "${"\\n".repeat(60_000)}", "choice": "skip"}`;
    expect(parse(text)).toMatchObject({ choice: "skip", $schema: "\n".repeat(60_000) });
  });

  test("a control character of a document does not reach the terminal", () => {
    const found = failure('{"pintPlan": 1, "choice": "\\u001b[2J\\u009b\\u202e"}');
    expect(found.message).toContain('"\\u001b[2J\\u009b\\u202e"');
  });
});
