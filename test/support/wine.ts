/** A Windows to run programs in: Wine, with a registry, a reg.exe and a cmd.exe that nobody here wrote. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from "node:fs";
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

/** What a program of it printed, and the code it ended with; null when it was killed after its time. */
export interface WineRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Windows of a test's own; `close` stops it and removes it. */
export class Wine {
  readonly folder = mkdtempSync(join(tmpdir(), "pint-wine-"));
  /** Its drive C:, as a folder of this system. */
  readonly systemDrive = join(this.folder, "prefix", "drive_c");
  /** With which it is run; a test that runs it by way of another program needs it. */
  readonly program = WINE;
  readonly environment = {
    ...process.env,
    HOME: this.folder,
    WINEPREFIX: join(this.folder, "prefix"),
    WINEARCH: "win64",
    WINEDEBUG: "-all",
    WINEDLLOVERRIDES: "mscoree=d;mshtml=d",
  };

  constructor() {
    mkdirSync(this.environment.WINEPREFIX);
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
    return spawn(WINE, [program, ...args], { env: this.environment, timeout: timeoutMs, killSignal: "SIGKILL" });
  }

  /** The same with its streams in files, as UTF-8: what it starts in turn can hold no pipe of ours open. */
  runIntoFiles(program: string, args: readonly string[], timeoutMs: number, cwd: string = this.systemDrive): WineRun {
    const files = [join(this.folder, "stdout"), join(this.folder, "stderr")] as const;
    const descriptors = files.map((file) => openSync(file, "w"));
    try {
      const { status } = spawnSync(WINE, [program, ...args], {
        env: this.environment,
        cwd,
        timeout: timeoutMs,
        stdio: ["ignore", ...descriptors],
      });
      const [stdout = "", stderr = ""] = files.map((file) => readFileSync(file, "utf8"));
      return { status, stdout, stderr };
    } finally {
      descriptors.forEach(closeSync);
    }
  }

  /** Makes a folder the drive of that letter. */
  mapDrive(letter: string, folder: string): void {
    this.#link(`${letter.toLowerCase()}:`, folder);
  }

  /** Makes the bytes of a file those of the drive's volume, `\\.\D:`. */
  mapDevice(letter: string, file: string): void {
    this.#link(`${letter.toLowerCase()}::`, file);
  }

  /** Takes the drive away, and its device. */
  unmap(letter: string): void {
    for (const name of [`${letter.toLowerCase()}:`, `${letter.toLowerCase()}::`])
      rmSync(this.#place(name), { force: true });
  }

  #link(name: string, target: string): void {
    rmSync(this.#place(name), { force: true });
    symlinkSync(target, this.#place(name));
  }

  #place(name: string): string {
    return join(this.folder, "prefix", "dosdevices", name);
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
      env: { ...this.environment, ...variables },
      encoding: "latin1",
      timeout: timeoutMs,
      stdio,
    });
  }
}
