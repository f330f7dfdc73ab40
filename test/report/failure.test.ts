/** Failures and internal errors as text and as JSON. */
import { expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { failureJson, failureText, internalErrorJson, internalErrorText } from "../../src/report/failure.ts";

const hibernated = new Failure("refused", "The volume holds a hibernated Windows", {
  at: "D:\\hiberfil.sys",
  advice: "start that Windows and shut it down",
  code: "hibernated",
});

test("a failure says what, where, what to do, and what its exit code means", () => {
  expect(failureText(hibernated)).toBe(
    [
      "pint: The volume holds a hibernated Windows",
      "  at  D:\\hiberfil.sys",
      "  do  start that Windows and shut it down",
      "exit code 24: refused for safety; nothing was changed",
      "",
    ].join("\n"),
  );
});

test("what is not known is left out of the text, and null in JSON", () => {
  const bare = new Failure("noImage", "There is no image");
  expect(failureText(bare)).toBe("pint: There is no image\nexit code 21: no image or no profile, or more than one\n");
  expect(JSON.parse(failureJson(bare))).toEqual({
    error: { code: null, exit: "noImage", message: "There is no image", at: null, advice: null },
    exitCode: 21,
  });
});

test("the JSON of a failure has all that its text has", () => {
  expect(JSON.parse(failureJson(hibernated))).toEqual({
    error: {
      code: "hibernated",
      exit: "refused",
      message: "The volume holds a hibernated Windows",
      at: "D:\\hiberfil.sys",
      advice: "start that Windows and shut it down",
    },
    exitCode: 24,
  });
});

test("a message that lists errors keeps their lines", () => {
  const failure = new Failure("invalidDocument", "p.json is not a profile; it has 2 errors:\n  $.a: one\n  $.b: two");
  expect(failureText(failure)).toBe(
    [
      "pint: p.json is not a profile; it has 2 errors:",
      "    $.a: one",
      "    $.b: two",
      "exit code 20: a profile, inventory, plan, receipt or answer file is not valid",
      "",
    ].join("\n"),
  );
});

test("an internal error shows its stack and what was run", () => {
  const error = new TypeError("x is not a function");
  const text = internalErrorText(error, "1.2.3", ["check", "D:\\"]);
  expect(text).toContain("TypeError: x is not a function\n");
  expect(text).toContain("failure.test.ts");
  expect(text).toContain("pint 1.2.3: pint check D:\\\n");
  expect(text.trimEnd().split("\n").at(-1)).toBe("exit code 1: a fault of pint itself");
  const document = JSON.parse(internalErrorJson(error));
  expect(document).toMatchObject({ error: { exit: "internal", message: "x is not a function" }, exitCode: 1 });
});

test("an internal error may be anything that can be thrown", () => {
  expect(internalErrorText("no error at all", "1.2.3", [])).toContain("no error at all");
  expect(JSON.parse(internalErrorJson(undefined)).error.message).toBe("undefined");
});
