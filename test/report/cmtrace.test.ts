/** A record of a log: one line whatever its message holds, and every field of it read back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printable } from "../../src/bytes/printable.ts";
import { cmTraceLine, SEVERITY, type LogStamp, type Severity } from "../../src/report/cmtrace.ts";
import { parseRecord } from "../support/cmtrace.ts";

const STAMP: LogStamp = {
  at: new Date("2026-03-01T12:34:56.789Z"),
  biasMinutes: 0,
  processId: 4711,
  command: "apply",
};

const SEVERITIES = Object.keys(SEVERITY) as Severity[];

describe("a record", () => {
  test("is exactly the line that CMTrace reads", () => {
    expect(cmTraceLine({ severity: "warning", message: "planned: 1 source" }, STAMP)).toBe(
      '<![LOG[planned: 1 source]LOG]!><time="12:34:56.789+000" date="03-01-2026" component="pint" context="" type="2" thread="4711" file="apply">',
    );
  });

  test.each([
    [300, 'time="07:34:56.789+300" date="03-01-2026"'],
    [-60, 'time="13:34:56.789-060" date="03-01-2026"'],
    [-840, 'time="02:34:56.789-840" date="03-02-2026"'],
    [-345, 'time="18:19:56.789-345" date="03-01-2026"'],
  ])("has local time, and a bias of %i minutes that leads back to UTC", (biasMinutes, expected) => {
    const line = cmTraceLine({ severity: "info", message: "" }, { ...STAMP, biasMinutes });
    expect(line).toContain(expected);
    expect(parseRecord(line).at).toEqual(STAMP.at);
  });

  test.each([
    ["line ends", "a\r\nb\u2028c", String.raw`a\u000d\u000ab\u2028c`],
    ["its own end", "Ethernet ]LOG]!> 2", String.raw`Ethernet ]LOG]!\u003e 2`],
    ["a record within", '<![LOG[x]LOG]!><time="1">', String.raw`<![LOG[x]LOG]!\u003e<time="1">`],
    ["control characters", "a\u0000b\u001b[31m\u007f\u009b", String.raw`a\u0000b\u001b[31m\u007f\u009b`],
    ["half a character", "a\ud800", String.raw`a\ud800`],
    ["other scripts", "Подключение 以太网 \u{1f5a7}", "Подключение 以太网 \u{1f5a7}"],
    ["the end in two", "]LOG]", "]LOG]"],
  ])("keeps %s on its line", (_, message, shown) => {
    const line = cmTraceLine({ severity: "info", message }, STAMP);
    expect(parseRecord(line).message).toBe(shown);
    expect(line).not.toMatch(/[\r\n]/);
  });
});

test("whatever the message, one record of one line is read back from it", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("]LOG]!>", "<![LOG[", "]", "LOG", "]!>", "\n", "\r", '"', ">", String.raw`\u003e`),
  );
  const messages = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  const times = fc.date({ min: new Date("1970-01-02T00:00:00Z"), max: new Date("2200-01-01"), noInvalidDate: true });
  const biases = fc.integer({ min: -840, max: 720 });
  const severities = fc.constantFrom(...SEVERITIES);
  fc.assert(
    fc.property(messages, times, biases, severities, fc.nat(), (message, at, biasMinutes, severity, processId) => {
      const line = cmTraceLine({ severity, message }, { ...STAMP, at, biasMinutes, processId });
      expect(line.split(/[\r\n\u2028\u2029\u0085\v\f]/)).toHaveLength(1);
      expect(line.split("]LOG]!>")).toHaveLength(2);
      expect(parseRecord(line)).toEqual({
        message: printable(message).replaceAll("]LOG]!>", String.raw`]LOG]!\u003e`),
        at,
        type: SEVERITY[severity],
        component: "pint",
        thread: processId,
        file: "apply",
      });
      // As UTF-8 it is the same text again.
      expect(Buffer.from(line, "utf8").toString("utf8")).toBe(line);
    }),
  );
});

test("a long message stays whole", () => {
  const message = "0123456789".repeat(20_000);
  expect(parseRecord(cmTraceLine({ severity: "info", message }, STAMP)).message).toBe(message);
});
