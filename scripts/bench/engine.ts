/** The engine alone, as a program: does one job some times, and says how long each took and what was written. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { searchInfs } from "../../src/drivers/inf-search.ts";
import { infFilesIn } from "../../src/image/driver-store.ts";
import { checkHive, commitHive, editHive, type Hive, openHive } from "../../src/regf/index.ts";
import { formatRegText } from "../../src/regtext/format.ts";
import { regEntriesOf } from "../../src/regtext/from-key.ts";
import { openFile } from "../../src/storage/file.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { BENCH_DEVICES, BENCH_REPOSITORY } from "./inf-files.ts";
import { makeFreshCopy } from "./fresh-copy.ts";
import { TEN_VALUES } from "./ten-values.ts";

/** "edit of the copy": the copy has been made already, so that a whole process of it can be timed. */
export type EngineJob = "look up" | "edit" | "edit of the copy" | "check" | "dump" | "find drivers";

export interface EngineRequest {
  readonly job: EngineJob;
  readonly hive: string;
  readonly folder: string;
  /** Not counted: they fill caches, and let the compiler see the code. */
  readonly warmUpCount: number;
  readonly runCount: number;
}

export interface EngineAnswer {
  readonly timesMs: readonly number[];
  /** Time of the processor by one run, all threads. */
  readonly processorMs: number;
  /** By one run, as the engine's storage and the text's file saw them. */
  readonly writtenBytes: number;
}

let writtenBytes = 0;

/** Counts what is written to it. */
function counting(storage: Storage): Storage {
  return {
    name: storage.name,
    size: () => storage.size(),
    read: (offset, length) => storage.read(offset, length),
    write: (offset, bytes) => {
      writtenBytes += bytes.length;
      storage.write(offset, bytes);
    },
    grow: (size) => {
      writtenBytes += Math.max(0, size - storage.size()); // growing writes zeros
      storage.grow(size);
    },
    truncate: (size) => storage.truncate(size),
    flush: () => storage.flush(),
    close: () => storage.close(),
  };
}

function withHive(path: string, access: "read" | "read-write", use: (hive: Hive) => void): void {
  const primary = counting(openFile(path, access));
  const logs = access === "read" ? [] : [counting(openFile(`${path}.LOG1`, access))];
  try {
    use(openHive({ primary, logs }));
  } finally {
    for (const file of [primary, ...logs]) {
      file.close();
    }
  }
}

function need(happened: boolean): void {
  if (!happened) {
    throw new Error("what was to be measured did not happen");
  }
}

function jobOf({ job, hive, folder }: EngineRequest): { prepare?: () => void; run: () => void } {
  const copy = join(folder, "SYSTEM");
  switch (job) {
    case "look up":
      return {
        run: () =>
          withHive(hive, "read", ({ root }) => need(root.open(TEN_VALUES.key)?.value("Hostname") !== undefined)),
      };
    case "edit":
      return { prepare: () => makeFreshCopy(hive, copy), run: () => withHive(copy, "read-write", editAndCommit) };
    case "edit of the copy":
      return { run: () => withHive(copy, "read-write", editAndCommit) };
    case "check":
      return { run: () => withHive(hive, "read", (opened) => need(checkHive(opened).counts.keys > 0)) };
    case "find drivers":
      return { run: () => findDrivers(folder) };
    case "dump":
      return { run: () => withHive(hive, "read", (opened) => dump(opened, join(folder, "engine.reg"))) };
  }
}

function findDrivers(root: string): void {
  const volume = { root, windowsFolder: join(root, "Windows") };
  const location = { kind: "folder", path: root, hivePath: "", volume, links: [] } as const;
  const files = infFilesIn(location, { from: "windows", names: BENCH_REPOSITORY.slice(1) }, true);
  const wanted = BENCH_DEVICES.map((device) => ({ ids: [`PCI\\${device}`] }));
  const os = { architecture: "amd64", major: 10, minor: 0 } as const;
  need(files.read && searchInfs(files.found, wanted, os).found.size === wanted.length);
}

function editAndCommit(hive: Hive): void {
  const edited = editHive(hive);
  for (const name of TEN_VALUES.names) {
    edited.setValue(TEN_VALUES.key, name, 1, TEN_VALUES.data);
  }
  const createLog = (): never => {
    throw new Error("LOG1 is there");
  };
  need(commitHive(hive, { logFormat: "HvLE", createLog }).written);
}

function dump({ root }: Hive, file: string): void {
  const bytes = Buffer.from(formatRegText(regEntriesOf(root, "HKEY_LOCAL_MACHINE\\SYSTEM")));
  writeFileSync(file, bytes);
  writtenBytes += bytes.length;
}

function answer(request: EngineRequest): EngineAnswer {
  const { prepare, run } = jobOf(request);
  const timesMs: number[] = [];
  let processorMs = 0;
  for (let index = 0; index < request.warmUpCount + request.runCount; index++) {
    prepare?.();
    writtenBytes = 0;
    const [started, used] = [performance.now(), process.cpuUsage()];
    run();
    const [timeMs, { user, system }] = [performance.now() - started, process.cpuUsage(used)];
    if (index >= request.warmUpCount) {
      timesMs.push(timeMs);
      processorMs += (user + system) / 1000 / request.runCount;
    }
  }
  return { timesMs, processorMs, writtenBytes };
}

process.stdout.write(`${JSON.stringify(answer(JSON.parse(process.argv[2] ?? "")))}\n`);
