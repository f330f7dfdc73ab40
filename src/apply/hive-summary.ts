/** The hive's health as the results tell it: dirtiness, logs, problems. */
import type { Emit } from "./events.ts";
import { describe, type Hive, type Problem } from "../regf/index.ts";
import { summariseReplay } from "./dirty-hive.ts";
import { summariseLogs } from "./log-summary.ts";
import type { HiveState, HiveSummary, ProblemReport } from "./hive-results.ts";

/** Throws StorageError. */
export function summariseHive(hive: Hive, problems: readonly Problem[]): HiveSummary {
  return { ...stateOf(hive), problems: problems.map(reportProblem) };
}

/** Throws StorageError. */
export function stateOf(hive: Hive): HiveState {
  const { dirty, primarySequence, secondarySequence } = hive.recovery;
  return {
    dirty,
    sequences: { primary: primarySequence, secondary: secondarySequence },
    logs: summariseLogs(hive.recovery),
    replay: summariseReplay(hive),
  };
}

/** A problem's own numbers come along, so that a program can use them. */
export function reportProblem(problem: Problem): ProblemReport {
  const { code, severity, at, ...details } = problem;
  return { code, severity, at, message: describe(problem), ...details };
}

/** Each one is an event too. */
export function tellProblems(problems: readonly ProblemReport[], emit: Emit): void {
  for (const problem of problems) {
    emit({ kind: "problem", problem });
  }
}
