/** Every exit code has a meaning in words. */
import { expect, test } from "vitest";
import { EXIT_CODES } from "../../src/exit/codes.ts";
import { exitLine, exitMeanings } from "../../src/report/exit-meaning.ts";

test("every exit code has a meaning of its own", () => {
  const meanings = exitMeanings();
  expect(meanings.map((entry) => entry.code)).toEqual(Object.values(EXIT_CODES));
  expect(new Set(meanings.map((entry) => entry.meaning)).size).toBe(meanings.length);
});

test("a report's last line has the number and the meaning", () => {
  expect(exitLine(25)).toBe("exit code 25: some sources have no target");
});
