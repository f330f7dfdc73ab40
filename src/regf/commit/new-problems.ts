/** Makes sure that an edit leaves no problem behind that was not there before. */
import { type CheckResult, checkHive } from "../check/check-hive.ts";
import { hexNumber } from "../../bytes/hex.ts";
import type { Hive } from "../hive.ts";
import { describe, type Problem } from "../problem.ts";
import { CommitError } from "./model.ts";

/** Problems move with their cells, so that they are counted by code; fatal ones were refused before the edit began. Throws CommitError. */
export function refuseNewProblems(hive: Hive, before: CheckResult | undefined): void {
  const after = checkHive(hive);
  const counts = new Map<string, number>();
  for (const { code } of before?.problems ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
  for (const found of after.problems) {
    const left = (counts.get(found.code) ?? 0) - 1;
    if (left < 0) throw refused(found);
    counts.set(found.code, left);
  }
  if (after.omitted > (before?.omitted ?? 0)) {
    throw new CommitError("new-problem", "The edit left more problems in the hive than it had before", false);
  }
}

function refused(found: Problem): CommitError {
  const place = `at ${hexNumber(found.at)}${found.key === undefined ? "" : `, key "${found.key}"`}`;
  return new CommitError("new-problem", `The edit left a problem in the hive: ${describe(found)} (${place})`, false);
}
