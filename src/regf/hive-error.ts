/** What reading throws when the bytes of a hive are not what they should be. */
import type { FileOffset } from "./format/offsets.ts";
import { describe, type Problem, type ProblemDetail, problem } from "./problem.ts";

export class HiveError extends Error {
  readonly problem: Problem;

  constructor(found: Problem) {
    super(describe(found));
    this.name = "HiveError";
    this.problem = found;
  }

  static of(at: FileOffset, detail: ProblemDetail): HiveError {
    return new HiveError(problem(at, detail));
  }
}

/** Throws it; usable in an expression. */
export function fail(at: FileOffset, detail: ProblemDetail): never {
  throw HiveError.of(at, detail);
}
