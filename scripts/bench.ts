/** `npm run bench [-- HIVE]`: how long pint takes beside others' programs on the same hive, as ratios; says which of them are missing. */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { findTool } from "../test/support/programs.ts";
import { REAL_HIVES } from "../test/support/real-hives.ts";
import { measure } from "./bench/measure.ts";
import { type Contestant, type Task, tasks } from "./bench/tasks.ts";
import { buildProgram } from "./build.ts";
import { buildFixture } from "./fixtures.ts";

const RUN_COUNT = 7;

const REAL_HIVE = join(REAL_HIVES, "system", "win10-21h2-vmware.hiv");

async function main(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "pint-bench-"));
  try {
    const hive = resolve(args[0] ?? (existsSync(REAL_HIVE) ? REAL_HIVE : phonyHive(folder)));
    const program = await buildProgram(join(folder, "dist"));
    const sizeMb = (statSync(hive).size / 1e6).toFixed(1);
    print(
      `${basename(hive)}, ${sizeMb} MB; Node ${process.versions.node}; ${cpus()[0]?.model}, ${cpus().length} cores`,
    );
    print(`Medians of ${RUN_COUNT} runs. "engine" runs in a warm process; the others are whole processes.`);
    for (const task of tasks({ hive, folder, program })) {
      report(task);
    }
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Small: its times are mostly those of starting a process. */
function phonyHive(folder: string): string {
  print("There are no real hives here (PINT_REAL_HIVES): a phony one, which is far too small to tell much.");
  buildFixture("moved-windows-10", join(folder, "image"));
  return join(folder, "image", "Windows", "System32", "config", "SYSTEM");
}

function report({ title, prepare, contestants }: Task): void {
  print("", title);
  let oursMs: number | undefined;
  for (const contestant of contestants) {
    if (!isThere(contestant)) {
      print(`  ${contestant.name.padEnd(14)} is not installed`);
      continue;
    }
    const { medianMs, shortestMs, longestMs } = measure(RUN_COUNT, contestant.run, prepare);
    oursMs ??= medianMs;
    const range = `(${shortestMs.toFixed(1)} to ${longestMs.toFixed(1)})`;
    const ratio = `${(medianMs / oursMs).toFixed(2)} x`;
    print(`  ${contestant.name.padEnd(14)} ${medianMs.toFixed(1).padStart(9)} ms  ${range.padEnd(22)} ${ratio}`);
  }
}

function isThere({ name }: Contestant): boolean {
  return name === "engine" || name === "pint" || findTool(name) !== undefined;
}

function print(...lines: readonly string[]): void {
  for (const line of lines) {
    process.stdout.write(`${line}\n`);
  }
}

process.exitCode = await main(process.argv.slice(2));
