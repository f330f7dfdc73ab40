/** The hive's health as the results tell it: dirtiness, logs, problems. */
import path from "node:path";
import { describe, type Hive, type LogReport, type Problem } from "../regf/index.ts";
import type { HiveSummary, LogSummary, ProblemReport } from "./results.ts";

export function summariseHive(hive: Hive, problems: readonly Problem[]): HiveSummary {
  return { dirty: hive.recovery.dirty, logs: summariseLogs(hive), problems: problems.map(reportProblem) };
}

/** A problem's own numbers come along, so that a program can use them. */
export function reportProblem(problem: Problem): ProblemReport {
  const { code, severity, at, ...details } = problem;
  return { code, severity, at, message: describe(problem), ...details };
}

export function summariseLogs({ recovery }: Hive): LogSummary[] {
  return recovery.logs.map((log) => {
    const replayed = recovery.replayed.find(({ index }) => index === log.index)?.entries ?? 0;
    return {
      name: path.basename(log.name),
      kind: log.kind ?? null,
      sequence: log.sequence ?? null,
      entries: log.entries,
      replayed,
      state: stateOf(log, replayed, recovery.dirty),
    };
  });
}

function stateOf(log: LogReport, replayed: number, dirty: boolean): string {
  if (log.unusable !== undefined) {
    return log.unusable;
  }
  const holds = `${log.kind}, sequence ${log.sequence}, ${log.entries} ${log.entries === 1 ? "entry" : "entries"}`;
  if (!dirty) {
    return `${holds}; the hive is clean, so that Windows ignores it`;
  }
  return replayed === 0 ? `${holds}; not replayed` : `${holds}; ${replayed} replayed`;
}
