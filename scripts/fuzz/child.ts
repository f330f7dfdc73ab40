/** The process that runs mutants: it may crash or hang, and somebody watches. Arguments: seed, and a hive's path or nothing. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cases, type FuzzCase } from "../../test/support/fuzz/cases.ts";
import { type Outcome, survive } from "../../test/support/fuzz/survive.ts";
import { surviveOnDisk } from "../../test/support/fuzz/survive-on-disk.ts";
import { fileSubject, subjects } from "../../test/support/fuzz/subjects.ts";
import type { CaseReport, RunCase } from "./messages.ts";

/** Files take longer than memory. */
const ON_DISK_EVERY = 5;

const [seed, hive] = process.argv.slice(2);
const cases = new Cases(hive === undefined ? subjects() : [fileSubject(hive)], Number(seed));

process.on("message", ({ number }: RunCase) => {
  process.send?.(run(number));
});
// Nobody is there to be told any more.
process.on("disconnect", () => process.exit());
process.on("error", () => process.exit());

function run(number: number): CaseReport {
  const found = cases.case(number);
  const report = { number, subject: found.subject };
  try {
    const outcomes = runCase(found, number % ON_DISK_EVERY === 0);
    return { ...report, outcomes, peakBytes: peakBytes() };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...report, outcomes: [], peakBytes: peakBytes(), failure };
  }
}

function runCase({ mutant, random }: FuzzCase, onDisk: boolean): Outcome[] {
  const outcomes = survive(mutant, random);
  if (!onDisk) return outcomes;
  const folder = mkdtempSync(join(tmpdir(), "pint-fuzz-"));
  try {
    surviveOnDisk(mutant, folder);
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
