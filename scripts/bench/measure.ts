/** The figures of one task: each contestant once for what it takes, then in turns for how long it takes. */
import { findTool, PACKAGES } from "../../test/support/programs.ts";
import type { Contestant, Figures, Place, Row, Task, TaskResult } from "./contest.ts";
import type { EngineAnswer, EngineJob } from "./engine.ts";
import { type Account, accountOf, outputOf, type Program, timeProgram } from "./run-program.ts";

/** Runs of the engine that do not count: after them its code is compiled. */
const ENGINE_WARM_UP_COUNT = 3;

interface Entry {
  readonly contestant: Contestant;
  readonly account: Account;
  readonly timesMs: number[];
}

export function measureTask(task: Task, hive: string, place: Place, runCount: number): TaskResult {
  const entries: Entry[] = [];
  const absent = new Map<Contestant, string>();
  for (const contestant of task.contestants) {
    const entry = enter(task, contestant, hive, place, runCount);
    if (typeof entry === "string") absent.set(contestant, entry);
    else entries.push(entry);
  }
  // In turns, so that whatever else the machine does meets all alike.
  for (let run = 0; run < runCount; run++) {
    for (const { contestant, timesMs } of entries.filter(({ contestant: { runs } }) => runs.kind !== "engine")) {
      task.prepare?.();
      timesMs.push(timeProgram(programOf(contestant), place.folder));
    }
  }
  const first = entries.find(({ contestant }) => contestant === task.contestants[0]);
  const rows = task.contestants.map((contestant): Row => {
    const entry = entries.find((other) => other.contestant === contestant);
    const { name } = contestant;
    return entry === undefined
      ? { name, missing: absent.get(contestant) ?? "" }
      : { name, ...figuresOf(entry, first ?? entry) };
  });
  const { title, remark } = task;
  return { title, remark, rows };
}

/** The first run, which fills caches and is not timed; why not, when it cannot take part. Ours must. */
function enter(task: Task, contestant: Contestant, hive: string, place: Place, runCount: number): Entry | string {
  const { runs } = contestant;
  if (runs.kind === "tool" && findTool(runs.tool) === undefined) {
    return `not installed (Debian: ${PACKAGES[runs.tool]})`;
  }
  if (runs.kind === "engine") return enterEngine(contestant, runs.job, hive, place, runCount);
  try {
    task.prepare?.();
    const account = accountOf(programOf(contestant), place.folder);
    if (task.isDone?.() === false) throw new Error("it ended as if well, and nothing was done");
    return { contestant, account, timesMs: [] };
  } catch (error) {
    if (runs.kind === "tool") return `failed: ${(error as Error).message.split("\n", 1)[0]}`;
    throw new Error(`${task.title}, ${contestant.name}: ${(error as Error).message}`, { cause: error });
  }
}

/** Its memory is that of a process that does it once: later runs would leave more behind than they need. */
function enterEngine(contestant: Contestant, job: EngineJob, hive: string, place: Place, runCount: number): Entry {
  const { peakMemoryBytes } = accountOf(engineProgram(place, job, hive, 0, 1), place.folder);
  const many = outputOf(engineProgram(place, job, hive, ENGINE_WARM_UP_COUNT, runCount), place.folder);
  const { timesMs, processorMs, writtenBytes }: EngineAnswer = JSON.parse(many);
  return { contestant, account: { processorMs, peakMemoryBytes, writtenBytes }, timesMs: [...timesMs] };
}

export function engineProgram(
  place: Place,
  job: EngineJob,
  hive: string,
  warmUpCount: number,
  runCount: number,
): Program {
  const { folder } = place;
  return {
    command: [process.execPath, place.engine, JSON.stringify({ job, hive, folder, warmUpCount, runCount })],
  };
}

function programOf({ runs, rightStatus }: Contestant): Program {
  switch (runs.kind) {
    case "program":
      return { command: runs.command, input: runs.input, rightStatus };
    case "tool":
      return { command: [findTool(runs.tool) ?? runs.tool, ...runs.args], input: runs.input, rightStatus };
    case "engine":
      throw new Error("the engine is no program of its own");
  }
}

function figuresOf({ timesMs, account }: Entry, first: Entry): Figures {
  const sorted = [...timesMs].sort((left, right) => left - right);
  return {
    medianMs: median(timesMs),
    shortestMs: sorted[0] ?? Number.NaN,
    longestMs: sorted.at(-1) ?? Number.NaN,
    ratio: median(timesMs) / median(first.timesMs),
    ...account,
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 0 ? (low + high) / 2 : high;
}
