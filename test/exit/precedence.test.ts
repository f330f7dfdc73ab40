/** Exit codes are append-only, and which one wins is a table that knows them all. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { EXIT_CODES, type ExitName } from "../../src/exit/codes.ts";
import { EXIT_PRECEDENCE, exitCodeOf } from "../../src/exit/precedence.ts";

test("the codes, which never change", () => {
  expect(EXIT_CODES).toEqual({
    done: 0,
    internal: 1,
    usage: 2,
    invalidDocument: 20,
    noImage: 21,
    unsupportedWindows: 22,
    hiveDamaged: 23,
    refused: 24,
    unplaced: 25,
    pending: 26,
    arranged: 27,
    differs: 28,
    writeFailed: 29,
    writeFailedCommitted: 30,
    timedOut: 31,
    interrupted: 130,
  });
});

test("every code has its place in the precedence, once", () => {
  expect(EXIT_PRECEDENCE.toSorted()).toEqual(Object.keys(EXIT_CODES).toSorted());
});

test("the README's table is the precedence", () => {
  const readme = readFileSync(fileURLToPath(new URL("../../src/exit/README.md", import.meta.url)), "utf8");
  const rows = [...readme.matchAll(/^\| (\d+) \| (\d+) \| (\w+) \|/gm)].map(([, place, code, name]) => [
    Number(place),
    Number(code),
    name,
  ]);
  expect(rows).toEqual(EXIT_PRECEDENCE.map((name, index) => [index + 1, EXIT_CODES[name], name]));
});

test.each<[ExitName[], number]>([
  [[], 0],
  [["done", "done"], 0],
  [["done", "arranged"], 27],
  [["arranged", "pending"], 26],
  [["pending", "done", "unplaced"], 25],
  [["unplaced", "refused", "pending"], 24],
  [["unplaced", "differs"], 28],
  [["refused", "usage"], 2],
])("%j ends with %i", (names, code) => {
  expect(exitCodeOf(names)).toBe(code);
  expect(exitCodeOf(names.toReversed())).toBe(code);
});
