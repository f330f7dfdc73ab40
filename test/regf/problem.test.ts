/** Problem codes leave the program: they are added to, never renamed, and each keeps its severity. */
import { expect, test } from "vitest";
import { fileOffset, NIL } from "../../src/regf/format/offsets.ts";
import { describe as sentenceOf, HiveError, SEVERITIES } from "../../src/regf/index.ts";
import { problem } from "../../src/regf/problem.ts";

test("the codes and their severities", () => {
  expect(SEVERITIES).toMatchInlineSnapshot(`
    {
      "adjacent-free-cells": "warning",
      "backslash-in-name": "warning",
      "bad-bin-offset": "fatal",
      "bad-bin-size": "fatal",
      "bad-bins-size": "fatal",
      "bad-cell-size": "fatal",
      "bad-checksum": "warning",
      "bad-descriptor": "fatal",
      "bad-descriptor-size": "fatal",
      "bad-inline-size": "fatal",
      "bad-name": "fatal",
      "bad-root-flags": "warning",
      "bad-segment-count": "fatal",
      "bad-signature": "fatal",
      "cell-free": "fatal",
      "cell-leaked": "warning",
      "cell-misplaced": "fatal",
      "cell-missing": "fatal",
      "cell-outside-bins": "fatal",
      "cell-shared": "fatal",
      "cell-too-small": "fatal",
      "class-missing": "warning",
      "count-disagrees": "fatal",
      "data-too-large": "fatal",
      "descriptor-repeated": "warning",
      "descriptor-without-owner": "warning",
      "dirty-without-logs": "fatal",
      "duplicate-name": "fatal",
      "empty-file": "fatal",
      "empty-list": "fatal",
      "hint-too-low": "warning",
      "is-a-log": "fatal",
      "key-too-deep": "fatal",
      "key-too-large": "fatal",
      "leaf-too-large": "warning",
      "name-not-compressed": "warning",
      "nested-list": "fatal",
      "not-a-hive": "fatal",
      "odd-class-size": "warning",
      "root-flag-below-root": "fatal",
      "security-count-too-high": "warning",
      "security-count-too-low": "fatal",
      "security-outside-ring": "fatal",
      "security-ring-broken": "fatal",
      "security-unused": "warning",
      "sequences-differ": "warning",
      "short-file": "fatal",
      "small-data-not-inline": "warning",
      "truncated": "fatal",
      "unsupported-base-block": "fatal",
      "unsupported-version": "fatal",
      "unused-reference": "warning",
      "unusual-key-flags": "warning",
      "unusual-list": "warning",
      "unusual-segment-size": "warning",
      "unusual-value-flags": "warning",
      "wrong-hash": "fatal",
      "wrong-order": "fatal",
      "wrong-parent": "fatal",
      "zero-size-not-inline": "warning",
    }
  `);
});

test("an error carries the problem and its sentence", () => {
  const error = HiveError.of(fileOffset(0x1020), { code: "wrong-parent", declared: 0x20, actual: 0x48 });
  expect(error.message).toBe("A key says that its parent is at 0x1020, but it is at 0x1048");
  expect(error.problem).toEqual({ code: "wrong-parent", severity: "fatal", at: 0x1020, declared: 0x20, actual: 0x48 });
});

test("a problem is met at a key, or at none", () => {
  expect(problem(fileOffset(0), { code: "empty-list" }, "")).toEqual({
    code: "empty-list",
    severity: "fatal",
    at: 0,
    key: "",
  });
  expect(problem(fileOffset(0), { code: "empty-list" })).not.toHaveProperty("key");
});

test("a name in a sentence can do nothing to a terminal", () => {
  const name = "a\u001b[2J\r\n\u009b\u202e\ud800é日";
  const sentence = sentenceOf(problem(fileOffset(0), { code: "duplicate-name", structure: "key", name }));
  expect(sentence).toBe('There are two keys with the name "a\\u001b[2J\\u000d\\u000a\\u009b\\u202e\\ud800é日"');
});

test("no cell is nowhere", () => {
  const found = problem(fileOffset(0), { code: "wrong-parent", declared: NIL, actual: 0x20 });
  expect(sentenceOf(found)).toBe("A key says that its parent is at nowhere, but it is at 0x1020");
});
