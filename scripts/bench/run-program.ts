/** Runs other programs to their end: how long it took, how much memory they had, how much they wrote. */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The slowest export takes seconds; beyond this something hangs. */
const TIMEOUT_MS = 120_000;

const GNU_TIME = "/usr/bin/time";

const OUTPUT = "stdout";
const ERRORS = "stderr";

/**
 * Runs a command, and then says what the kernel counted for it: a shell is charged for the children that it has waited for, and cat not yet.
 * `wchar` are the bytes that were given to write(), whether or not they have reached a disk.
 */
const COUNTING = 'counts="$1"; shift; "$@"; status=$?; cat "/proc/$$/io" > "$counts" 2> /dev/null; exit $status';

export interface Program {
  readonly command: readonly string[];
  readonly input?: string | undefined;
  /** 0 unless said otherwise. */
  readonly rightStatus?: number | undefined;
}

/** What one run took, beside time; null: this system does not count it. */
export interface Account {
  /** Of all threads, in the program and in the kernel; to 10 ms. */
  readonly processorMs: number | null;
  readonly peakMemoryBytes: number | null;
  readonly writtenBytes: number | null;
}

/** In ms, with starting it. Throws when it fails. */
export function timeProgram(program: Program, folder: string): number {
  const started = performance.now();
  run(program, program.command, folder);
  return performance.now() - started;
}

/** Throws when the program fails. */
export function accountOf(program: Program, folder: string): Account {
  if (process.platform !== "linux") {
    run(program, program.command, folder);
    return { processorMs: null, peakMemoryBytes: null, writtenBytes: null };
  }
  const [times, counts] = [join(folder, "times"), join(folder, "counts")];
  rmSync(times, { force: true });
  rmSync(counts, { force: true });
  const counted = ["/bin/sh", "-c", COUNTING, "sh", counts, ...program.command];
  // Started by a small process: a child's peak begins with that of the process that it was forked from.
  const timed = existsSync(GNU_TIME) ? [GNU_TIME, "-q", "-f", "%M %U %S", "-o", times, ...counted] : counted;
  run(program, timed, folder);
  const [kilobytes, userSeconds, kernelSeconds] = numbersIn(times, /^(\d+) ([\d.]+) ([\d.]+)$/m);
  const [writtenBytes] = numbersIn(counts, /^wchar: (\d+)$/m);
  return {
    processorMs: userSeconds === undefined ? null : Math.round((userSeconds + (kernelSeconds ?? 0)) * 1000),
    peakMemoryBytes: kilobytes === undefined ? null : kilobytes * 1024,
    writtenBytes: writtenBytes ?? null,
  };
}

function numbersIn(file: string, pattern: RegExp): readonly number[] {
  const found = pattern.exec(existsSync(file) ? readFileSync(file, "utf8") : "");
  return (found ?? []).slice(1).map(Number);
}

/** What the program prints, as text. Throws when it fails. */
export function outputOf(program: Program, folder: string): string {
  run(program, program.command, folder);
  return readFileSync(join(folder, OUTPUT), "utf8");
}

/** Output goes to files, as it would at work: hivexml opens /dev/stdout by name, which fails on Node's pipes. */
function run({ input, rightStatus = 0 }: Program, command: readonly string[], folder: string): void {
  const [name = "", ...args] = command;
  const [out, error] = [openSync(join(folder, OUTPUT), "w"), openSync(join(folder, ERRORS), "w")];
  try {
    const stdio = [input === undefined ? ("ignore" as const) : ("pipe" as const), out, error];
    const ended = spawnSync(name, args, {
      input,
      stdio,
      timeout: TIMEOUT_MS,
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    if (ended.error !== undefined) throw ended.error;
    if (ended.status !== rightStatus) {
      const said = readFileSync(join(folder, ERRORS), "utf8").trim().slice(0, 500);
      throw new Error(
        `it ended with ${ended.status ?? ended.signal}, ${said === "" ? "and said nothing" : `saying: ${said}`}`,
      );
    }
  } finally {
    closeSync(out);
    closeSync(error);
  }
}
