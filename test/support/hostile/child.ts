/** Reads every hostile hive and log in a process that may hang or run out of memory; prints a line of JSON for each. Arguments: bytes of each, and a folder. */
import { openSync, closeSync, ftruncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { HeldBytes } from "../../../src/regf/held-bytes.ts";
import { checkHive, type Hive, HiveError, type HiveFiles, type Key, openHive } from "../../../src/regf/index.ts";
import { openFile } from "../../../src/storage/file.ts";
import { sampleHive, withBaseBlock } from "../sample-hive.ts";
import { HOSTILE_HIVES } from "./hives.ts";
import { HOSTILE_LOGS } from "./logs.ts";
import { RawHive } from "./raw-hive.ts";

export interface HostileReport {
  readonly name: string;
  /** The code of the problem that ended the opening or the walk; "walked" when there was none. */
  readonly end: string;
  /** Codes of what the check found, each once. */
  readonly found: readonly string[];
  readonly milliseconds: number;
  /** The most that the process ever had in memory, less what it had before the first of these. */
  readonly peakBytes: number;
}

const SPARSE_SIZE = 500 * 0x10_0000;

const [sizeText, folder] = process.argv.slice(2);
const sizeBytes = Number(sizeText);
const startBytes = process.resourceUsage().maxRSS * 1024;

for (const [name, make] of Object.entries(HOSTILE_HIVES)) {
  const primary = new HeldBytes(name, make(sizeBytes));
  report(name, () => ({ primary, logs: [] }));
}
const dirty = withBaseBlock(sampleHive(5, 8, []), { primarySequence: 11, secondarySequence: 10 });
for (const [name, make] of Object.entries(HOSTILE_LOGS)) {
  const logs = [new HeldBytes("LOG1", make(dirty, sizeBytes))];
  report(name, () => ({ primary: new HeldBytes("dirty", dirty), logs }));
}
report("a sparse file of 500 MB", sparseFile);

function report(name: string, files: () => HiveFiles): void {
  globalThis.gc?.();
  const start = performance.now();
  const { end, found } = read(files());
  const milliseconds = Math.round(performance.now() - start);
  const peakBytes = process.resourceUsage().maxRSS * 1024 - startBytes;
  const line: HostileReport = { name, end, found, milliseconds, peakBytes };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function read(files: HiveFiles): { end: string; found: string[] } {
  let hive: Hive | undefined;
  try {
    hive = openHive(files);
    walk(hive);
    return { end: "walked", found: codes(hive) };
  } catch (error) {
    if (!(error instanceof HiveError)) throw error;
    return { end: error.problem.code, found: hive === undefined ? [] : codes(hive) };
  }
}

function walk(hive: Hive): void {
  const visit = (key: Key): void => {
    void key.className;
    for (const value of key.values()) void value.data;
    void key.subkey("not there");
    for (const subkey of key.subkeys()) visit(subkey);
  };
  visit(hive.root);
}

function codes(hive: Hive): string[] {
  return [...new Set(checkHive(hive).problems.map(({ code }) => code))];
}

/** The base block of a large hive, and nothing behind it. */
function sparseFile(): HiveFiles {
  const path = join(folder ?? ".", "sparse");
  const descriptor = openSync(path, "w");
  ftruncateSync(descriptor, SPARSE_SIZE);
  const base = withBaseBlock(new RawHive(8192).finish(), { hiveBinsSize: SPARSE_SIZE - 4096 });
  writeSync(descriptor, base.subarray(0, 4096), 0, 4096, 0);
  closeSync(descriptor);
  return { primary: openFile(path, "read"), logs: [] };
}
