/** Mutants of real hives, of the phony images' and of built ones, logs beside them: the same number each time, so that it takes what it takes; `npm run fuzz` goes on for as long as one likes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Cases } from "../support/fuzz/cases.ts";
import { type Outcome, survive } from "../support/fuzz/survive.ts";
import { surviveOnDisk } from "../support/fuzz/survive-on-disk.ts";
import { subjects } from "../support/fuzz/subjects.ts";
import { SEED } from "../support/random.ts";

const MUTANTS = 800;

/** Files take longer than memory. */
const ON_DISK_EVERY = 10;

/** A fuzz that never gets anywhere proves nothing. */
const EXPECTED: readonly Outcome[] = [
  "refused to open",
  "opened as it stands",
  "replayed",
  "refused to walk",
  "walked",
  "fatal problems",
  "warnings only",
  "no problem",
  "read as a Windows",
  "committed",
];

test(`${MUTANTS} mutants`, { timeout: 300_000 }, () => {
  const cases = new Cases(subjects(), SEED);
  const counts = new Map<Outcome, number>();
  let answers = 0;
  for (let number = 0; number < MUTANTS; number++) {
    const { subject, mutant, random } = cases.case(number);
    try {
      for (const outcome of survive(mutant, random)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      if (number % ON_DISK_EVERY === 0) {
        const folder = mkdtempSync(join(tmpdir(), "pint-fuzz-"));
        answers += surviveOnDisk(mutant, folder);
        rmSync(folder, { recursive: true, force: true });
      }
    } catch (error) {
      throw new Error(`npm run fuzz -- --seed ${SEED} --case ${number} (${subject}: ${mutant.how.join("; ")})`, {
        cause: error,
      });
    }
  }
  const rare = EXPECTED.filter((outcome) => (counts.get(outcome) ?? 0) < 5);
  expect(rare, JSON.stringify([...counts])).toEqual([]);
  expect(answers).toBeGreaterThan(MUTANTS / ON_DISK_EVERY / 4);
});
