/** Why a run cannot go on, in words for the person who runs it: what, where, and what to do. */
import { EXIT_CODES, type ExitCode, type ExitName } from "./codes.ts";

export interface FailureDetails {
  /** Where it is: a path, a JSON path, a registry key, a byte offset. */
  readonly at?: string | undefined;
  /** What the person can do about it. */
  readonly advice?: string | undefined;
  /** A stable name for what it is (kebab-case), finer than the exit code: "setup-in-progress". */
  readonly code?: string | undefined;
  readonly cause?: unknown;
}

export class Failure extends Error {
  readonly exit: ExitName;
  readonly at: string | undefined;
  readonly advice: string | undefined;
  readonly code: string | undefined;

  constructor(exit: ExitName, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = "Failure";
    this.exit = exit;
    this.at = details.at;
    this.advice = details.advice;
    this.code = details.code;
  }

  get exitCode(): ExitCode {
    return EXIT_CODES[this.exit];
  }
}
