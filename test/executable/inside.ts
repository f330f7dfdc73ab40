/** Runs inside the Windows of a test, by its own Node, alone: starts pint.exe as programs of Windows do, and holds files meanwhile. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";

export interface InsideRun {
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Files that this process holds while pint.exe runs: for itself alone, or as a program that lets others in. */
  readonly held?: readonly { readonly path: string; readonly alone: boolean }[];
  /** "gone": who reads its output goes away at once. */
  readonly reader?: "gone";
}

export interface InsideResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** libuv's UV_FS_O_EXLOCK: the file is opened without any sharing (dwShareMode 0). Node has no name for it. */
const ALONE = 0x1000_0000;
const READ_WRITE = 2;
const TIMEOUT_MS = 100_000;

const [runs = "", results = ""] = process.argv.slice(2);
const all: InsideResult[] = [];
for (const one of JSON.parse(readFileSync(runs, "utf8")) as readonly InsideRun[]) {
  all.push(await run(one));
}
writeFileSync(results, JSON.stringify(all));

async function run({ args, cwd, held = [], reader }: InsideRun): Promise<InsideResult> {
  const descriptors = held.map(({ path, alone }) => openSync(path, alone ? READ_WRITE | ALONE : READ_WRITE));
  try {
    return await pint(args, cwd, reader === "gone");
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

/** Its output comes through Windows' pipes. */
function pint(args: readonly string[], cwd: string | undefined, isReaderGone: boolean): Promise<InsideResult> {
  const child = spawn(String.raw`C:\program\pint.exe`, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT_MS,
  });
  const read = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      read[name] += text;
    });
    if (isReaderGone) child[name].destroy();
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...read }));
  });
}
