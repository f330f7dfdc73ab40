/** Collects what the rules find, up to a bound. */
import type { FileOffset } from "../format/offsets.ts";
import { MAX_PROBLEM_PATH_LENGTH, MAX_PROBLEMS } from "../limits.ts";
import { type Problem, type ProblemDetail, problem, SEVERITIES } from "../problem.ts";
import type { Severity } from "../problems/problem-kind.ts";
import { type KeyVisit, pathOf } from "./visits.ts";

export class Findings {
  readonly problems: Problem[] = [];
  /** Found, but beyond the bound. */
  omitted = 0;
  readonly #counts: Record<Severity, number> = { fatal: 0, warning: 0 };

  /** The two severities have a bound each: a thousand leaked cells must not hide the one reason why Windows will not boot. */
  add(at: FileOffset, detail: ProblemDetail, key?: KeyVisit): void {
    const severity = SEVERITIES[detail.code];
    this.#counts[severity]++;
    if (this.#counts[severity] > MAX_PROBLEMS) this.omitted++;
    else this.problems.push(problem(at, detail, key === undefined ? undefined : shortened(pathOf(key))));
  }

  get fatalCount(): number {
    return this.#counts.fatal;
  }
}

function shortened(path: string): string {
  const end = MAX_PROBLEM_PATH_LENGTH / 2;
  return path.length <= MAX_PROBLEM_PATH_LENGTH ? path : `${path.slice(0, end)}...${path.slice(-end)}`;
}
