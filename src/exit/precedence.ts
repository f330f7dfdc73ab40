/** Which exit code a run ends with when several apply. */
import { EXIT_CODES, type ExitCode, type ExitName } from "./codes.ts";

/**
 * The first that applies wins. First what kept the run from doing anything, then what went wrong with the image, then what was left undone, the
 * more urgent before the less: an address conflict before a missing target, that before an adapter which Windows will only meet at its next boot.
 */
export const EXIT_PRECEDENCE = [
  "internal",
  "usage",
  "interrupted",
  "timedOut",
  "invalidDocument",
  "noImage",
  "unsupportedWindows",
  "hiveDamaged",
  "writeFailedCommitted",
  "writeFailed",
  "differs",
  "refused",
  "unplaced",
  "pending",
  "arranged",
  "done",
] as const satisfies readonly ExitName[];

/** The code of the most important of them; 0 when there is none. */
export function exitCodeOf(names: Iterable<ExitName>): ExitCode {
  const given = new Set(names);
  const first = EXIT_PRECEDENCE.find((name) => given.has(name)) ?? "done";
  return EXIT_CODES[first];
}

/** Of codes that several stages ended with, the one that counts. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return exitCodeOf(EXIT_PRECEDENCE.filter((name) => codes.includes(EXIT_CODES[name])));
}
