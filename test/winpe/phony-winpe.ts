/** A phony WinPE under Wine: the batch files for real, and stand-ins for the programs that they start. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { missingWine, Wine } from "../support/wine.ts";

export const WINPE = fileURLToPath(new URL("../../winpe", import.meta.url));

const SOURCE = fileURLToPath(new URL("stand-in.asm", import.meta.url));
const ASSEMBLER = "/usr/bin/fasm";
const TIMEOUT_MS = 120_000;

export const missingWinPe: string | undefined =
  missingWine ?? (existsSync(ASSEMBLER) ? undefined : "no fasm (Debian: fasm)");

export interface BatchRun {
  readonly status: number;
  readonly output: string;
  /** The command lines of the stand-ins in their order, as their program saw them. */
  readonly calls: readonly string[];
}

/** Drive C: is what X: is in WinPE; `volume` adds others. */
export class PhonyWinPe {
  readonly #wine = new Wine();
  readonly drive = join(this.#wine.folder, "prefix", "drive_c");
  readonly folder = join(this.drive, "PINT");

  constructor() {
    // Node refuses to run on the Windows 7 that Wine would be.
    const version = this.#wine.run("winecfg.exe", ["/v", "win10"], TIMEOUT_MS);
    if (!version.ended || version.status !== 0) throw new Error("winecfg has not set the version of Windows");
    mkdirSync(this.folder);
    const standIn = join(this.#wine.folder, "stand-in.exe");
    const { status, stdout, stderr } = spawnSync(ASSEMBLER, [SOURCE, standIn], {
      encoding: "utf8",
      timeout: TIMEOUT_MS,
    });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    for (const place of this.#programs()) copyFileSync(standIn, place);
    copyFileSync(join(WINPE, "pint-auto.cmd"), join(this.folder, "pint-auto.cmd"));
    copyFileSync(join(WINPE, "startnet.cmd"), join(this.drive, "windows", "system32", "startnet.cmd"));
  }

  #programs(): string[] {
    const system = join(this.drive, "windows", "system32");
    return [
      join(this.folder, "pint.exe"),
      ...["wpeinit.exe", "wpeutil.exe", "drvload.exe"].map((name) => join(system, name)),
    ];
  }

  /** A folder of this system as a drive, until `withoutVolumes`. Returns its path. */
  volume(letter: string): string {
    const folder = join(this.#wine.folder, `volume-${letter}`);
    mkdirSync(folder);
    symlinkSync(folder, join(this.#wine.folder, "prefix", "dosdevices", `${letter}:`));
    return folder;
  }

  withoutVolumes(...letters: readonly string[]): void {
    for (const letter of letters) {
      rmSync(join(this.#wine.folder, "prefix", "dosdevices", `${letter}:`), { force: true });
      rmSync(join(this.#wine.folder, `volume-${letter}`), { recursive: true, force: true });
    }
  }

  /** With which codes a stand-in ends, one run after the other; the last one for good. */
  ends(program: "pint" | "wpeutil" | "drvload", ...codes: readonly number[]): void {
    const place = this.#programs().find((one) => one.endsWith(`${program}.exe`));
    writeFileSync(`${place}.codes`, Buffer.from(Int32Array.from(codes).buffer));
  }

  /** A batch file, and what a person types: each line when the next question stands there, then nothing more. */
  async run(batch: string, ...typed: readonly string[]): Promise<BatchRun> {
    const record = join(this.drive, "calls.txt");
    rmSync(record, { force: true });
    const child = this.#wine.start("cmd.exe", ["/c", batch], TIMEOUT_MS);
    let output = "";
    let answered = 0;
    child.stdout.setEncoding("latin1").on("data", (text: string) => {
      output += text;
      // Wine's cmd takes all that is there for one line: so there is never more than one.
      while (questionsIn(output) > answered) {
        const line = typed[answered++];
        if (line === undefined) child.stdin.end();
        else child.stdin.write(`${line}\r\n`);
      }
    });
    const [status] = await once(child, "close");
    if (status === null) throw new Error(`${batch} did not end: ${output}`);
    const calls = existsSync(record) ? readFileSync(record, "latin1").trim().split("\r\n") : [];
    return { status, output: output.replaceAll("\r", ""), calls: calls.map((call) => call.trim()) };
  }

  /** The same with nobody there, its output in a file: a program of Node cannot write to what Wine makes of Node's pipes. */
  async runAlone(commandLine: string): Promise<BatchRun> {
    const output = join(this.drive, "output.txt");
    const { status, calls } = await this.run(`${commandLine} >C:\\output.txt 2>&1 <nul`);
    return { status, calls, output: readFileSync(output, "utf8").replaceAll("\r", "") };
  }

  close(): void {
    this.#wine.close();
  }
}

/** The menu's, and the prompt of a command line. */
function questionsIn(output: string): number {
  return output.match(/1, 2 or 3: |^[A-Z]:\\[^>\r\n]*>/gm)?.length ?? 0;
}
