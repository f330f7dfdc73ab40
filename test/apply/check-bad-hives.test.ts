/** `check` of every hive in fixtures/hives/bad: the exit code that its one problem stands for. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BAD_HIVES_FOLDER } from "../../scripts/fixtures.ts";
import { badHive, PROBLEM_CODES } from "../../scripts/fixtures/bad-hives/index.ts";
import { checkImage } from "../../src/apply/check.ts";
import type { EXIT_CODES } from "../../src/exit/codes.ts";
import { type ProblemCode, SEVERITIES } from "../../src/regf/index.ts";
import { failureOf } from "../support/failures.ts";
import { imageOptions, SILENT } from "./support.ts";

/** Refused: no hive at all, or none of a version that is supported. */
const REFUSED: Readonly<Partial<Record<ProblemCode, keyof typeof EXIT_CODES>>> = {
  "empty-file": "noImage",
  "not-a-hive": "noImage",
  "is-a-log": "noImage",
  "unsupported-version": "unsupportedWindows",
};

describe("the exit code", () => {
  test.each(PROBLEM_CODES)("%s", (code) => {
    const options = imageOptions(join(BAD_HIVES_FOLDER, `${code}.hive`), badHive(code).acceptDirty ? ["dirty"] : []);
    const exit = REFUSED[code];
    if (exit !== undefined) {
      expect(failureOf(() => checkImage(options, SILENT))).toMatchObject({ exit, code });
      return;
    }
    const result = checkImage(options, SILENT);
    expect(result.problems.map((found) => found.code)).toEqual([code]);
    expect(result.exitCode).toBe(SEVERITIES[code] === "fatal" ? 23 : 0);
  });
});
