/** `--accept 25,26`: the exit codes that a caller takes for success. */
import { EXIT_CODES, type ExitCode } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";

/** A fault of the program, a wrong command line and an interruption can never be what a caller wanted. */
const NEVER_ACCEPTED: readonly ExitCode[] = [
  EXIT_CODES.done,
  EXIT_CODES.internal,
  EXIT_CODES.usage,
  EXIT_CODES.interrupted,
];

/** Throws Failure("usage") for anything but codes of the table, separated by commas. */
export function parseAccepted(typed: string | undefined): readonly ExitCode[] {
  return typed === undefined ? [] : typed.split(",").map(acceptable);
}

function acceptable(text: string): ExitCode {
  const known = Object.values(EXIT_CODES).filter((code) => !NEVER_ACCEPTED.includes(code));
  const found = known.find((code) => String(code) === text.trim());
  if (found === undefined) {
    throw new Failure("usage", `"${text.trim()}" is no exit code that can be accepted`, {
      code: "wrong-command-line",
      advice: `--accept takes some of these, separated by commas: ${known.join(",")}`,
    });
  }
  return found;
}
