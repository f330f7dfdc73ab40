/** Runs case after case in a child, starts another when it crashed or hangs, and counts. */
import { type ChildProcess, fork } from "node:child_process";
import { Cases } from "../../test/support/fuzz/cases.ts";
import { fileSubject, subjects } from "../../test/support/fuzz/subjects.ts";
import { keep } from "./keep.ts";
import type { CaseReport, RunCase } from "./messages.ts";

export interface FuzzOptions {
  /** The module that runs the cases. */
  readonly child: string;
  /** Only this hive, with the logs beside it; otherwise all there are. */
  readonly hive: string | undefined;
  readonly seed: number;
  /** Where what failed is kept. */
  readonly into: string;
  readonly print: (line: string) => void;
  /** A case that takes longer hangs. */
  readonly caseTimeoutMs?: number;
  /** Node's arguments for the child: its TypeScript has to be understood. */
  readonly execArgv?: readonly string[];
}

/** A hundred times what the slowest case takes; the largest of the hives are checked in half a second. */
const CASE_TIMEOUT_MS = 60_000;

/** For hives of 16 MB and the child's own copies of them; JavaScript's own objects, which the engine makes of the bytes, get 512 MB. */
const MOST_MEMORY_BYTES = 0x6000_0000;
const MOST_HEAP_MB = 512;

const PROGRESS_MS = 10_000;

export class Fuzzer {
  readonly #options: FuzzOptions;
  readonly #cases: Cases;
  readonly #counts = new Map<string, number>();
  #child: ChildProcess | undefined;
  #done = 0;
  #failed = 0;
  #peakBytes = 0;

  constructor(options: FuzzOptions) {
    this.#options = options;
    this.#cases = new Cases(options.hive === undefined ? subjects() : [fileSubject(options.hive)], options.seed);
  }

  /** Returns the exit code. */
  async runFor(milliseconds: number): Promise<number> {
    const { seed, print } = this.#options;
    const start = performance.now();
    print(`seed ${seed}`);
    let told = start;
    for (let number = 0; performance.now() - start < milliseconds; number++) {
      await this.#run(number);
      if (performance.now() - told < PROGRESS_MS) continue;
      told = performance.now();
      this.#tell((told - start) / 1000);
    }
    return this.#end((performance.now() - start) / 1000);
  }

  /** Returns the exit code. */
  async runOne(number: number): Promise<number> {
    const start = performance.now();
    await this.#run(number);
    return this.#end((performance.now() - start) / 1000);
  }

  async #run(number: number): Promise<void> {
    const result = await this.#ask(number);
    this.#done++;
    if (typeof result === "string") {
      this.#fail(number, result);
      return;
    }
    for (const outcome of result.outcomes) this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
    this.#peakBytes = Math.max(this.#peakBytes, result.peakBytes);
    if (result.failure !== undefined) this.#fail(number, result.failure);
    else if (result.peakBytes > MOST_MEMORY_BYTES) {
      this.#fail(number, `${result.peakBytes} bytes of memory`);
      this.#forget();
    }
  }

  /** A report, or what became of the child. */
  #ask(number: number): Promise<CaseReport | string> {
    const child = this.#child ?? this.#start();
    const { caseTimeoutMs = CASE_TIMEOUT_MS } = this.#options;
    return new Promise((resolve) => {
      const end = (result: CaseReport | string): void => {
        clearTimeout(timer);
        child.off("message", end);
        child.off("exit", crashed);
        if (typeof result === "string") this.#forget();
        resolve(result);
      };
      const crashed = (code: number | null, signal: string | null): void => end(`the process ended: ${code ?? signal}`);
      const timer = setTimeout(() => end(`it did not end within ${caseTimeoutMs} ms`), caseTimeoutMs);
      child.on("message", end);
      child.on("exit", crashed);
      child.send({ number } satisfies RunCase);
    });
  }

  #start(): ChildProcess {
    const { child, seed, hive, execArgv: ours = process.execArgv } = this.#options;
    const args = hive === undefined ? [String(seed)] : [String(seed), hive];
    const execArgv = [...ours, `--max-old-space-size=${MOST_HEAP_MB}`];
    this.#child = fork(child, args, { execArgv });
    return this.#child;
  }

  #forget(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #fail(number: number, why: string): void {
    const { seed, into, print, hive } = this.#options;
    this.#failed++;
    const { subject, mutant } = this.#cases.case(number);
    const again = `npm run fuzz -- --seed ${seed} --case ${number}${hive === undefined ? "" : ` --hive ${hive}`}`;
    const folder = keep(into, `${seed}-${number}`, mutant, [subject, ...mutant.how, "", again, "", why]);
    print(`FAILED  case ${number} of ${subject}: ${why.split("\n")[0]}\n        kept in ${folder}; again: ${again}`);
  }

  #tell(seconds: number): void {
    const { print } = this.#options;
    const counts = [...this.#counts].map(([outcome, count]) => `${outcome} ${count}`).join(", ");
    const memory = Math.round(this.#peakBytes / 1e6);
    print(`${Math.round(seconds)} s: ${this.#done} mutants, ${this.#failed} failed, ${memory} MB at most (${counts})`);
  }

  #end(seconds: number): number {
    this.#tell(seconds);
    this.#forget();
    return this.#failed === 0 ? 0 : 1;
  }
}
