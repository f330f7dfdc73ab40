/** Wine's own reg.exe: a registry and a reg.exe that nobody here wrote. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProgramRun } from "../../src/inventory/windows/machine.ts";

/** Where Debian's package wine64 puts them; they are not in the path. */
const WINE = "/usr/lib/wine/wine64";
const SERVER = "/usr/lib/wine/wineserver64";

/** A new prefix takes ten seconds on two cores. */
const START_TIMEOUT_MS = 120_000;

export const missingWine: string | undefined =
  existsSync(WINE) && existsSync(SERVER) ? undefined : "no Wine (Debian: wine64)";

/** A Windows of a test's own; `close` stops it and removes it. */
export class Wine {
  readonly folder = mkdtempSync(join(tmpdir(), "pint-wine-"));
  readonly #environment = {
    ...process.env,
    HOME: this.folder,
    WINEPREFIX: join(this.folder, "prefix"),
    WINEARCH: "win64",
    WINEDEBUG: "-all",
    WINEDLLOVERRIDES: "mscoree=d;mshtml=d",
  };

  constructor() {
    mkdirSync(this.#environment.WINEPREFIX);
    this.#must(SERVER, ["-p60"]); // it stays between the programs, each of which would have to start it
    this.#must(WINE, ["wineboot", "-i"]);
  }

  /** reg.exe; paths of this system are given to it as paths below Z:. */
  reg(args: readonly string[], timeoutMs: number): ProgramRun {
    const theirs = args.map((argument) =>
      argument.startsWith("/") && argument !== "/y" ? `Z:${argument.replaceAll("/", "\\")}` : argument,
    );
    return this.run("reg.exe", theirs, timeoutMs);
  }

  /** Any of its programs, and any of ours by its path; `variables` are added to its environment. */
  run(
    program: string,
    args: readonly string[],
    timeoutMs: number,
    variables: Readonly<Record<string, string>> = {},
  ): ProgramRun {
    const { status, stdout, stderr, error } = this.#spawn(WINE, [program, ...args], timeoutMs, variables);
    return status === null
      ? { ended: false, why: "failed", reason: `could not be run (${error?.message ?? "killed"})` }
      : { ended: true, status, output: stdout, complaint: stderr.trim() };
  }

  /** The same, to talk with it; killed after that time. */
  start(program: string, args: readonly string[], timeoutMs: number): ChildProcessWithoutNullStreams {
    return spawn(WINE, [program, ...args], { env: this.#environment, timeout: timeoutMs, killSignal: "SIGKILL" });
  }

  close(): void {
    this.#spawn(SERVER, ["-k"], START_TIMEOUT_MS);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #must(program: string, args: readonly string[]): void {
    const { status, stderr, error } = this.#spawn(program, args, START_TIMEOUT_MS);
    if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? stderr}`);
  }

  #spawn(
    program: string,
    args: readonly string[],
    timeoutMs: number,
    variables: Readonly<Record<string, string>> = {},
  ) {
    // The server inherits what it is given: with pipes, whoever starts it would wait for its end.
    const stdio = program === SERVER || args[0] === "wineboot" ? "ignore" : "pipe";
    return spawnSync(program, args, {
      env: { ...this.#environment, ...variables },
      encoding: "latin1",
      timeout: timeoutMs,
      stdio,
    });
  }
}
