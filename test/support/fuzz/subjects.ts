/** What mutations begin with: real hives with their logs, hives of the phony images, and hives that are built here. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { IMAGES, type ImageName } from "../../../scripts/fixtures/images.ts";
import { buildFixture } from "../../../scripts/fixtures.ts";
import { hasRealHives, REAL_HIVES } from "../real-hives.ts";
import { sampleHive, withBaseBlock } from "../sample-hive.ts";
import { incrementalEntry, incrementalLog } from "../sample-logs.ts";

/** A hive with its logs, as bytes. */
export interface HiveBytes {
  readonly name: string;
  readonly primary: Uint8Array;
  readonly logs: readonly Uint8Array[];
}

export interface Subject {
  readonly name: string;
  readonly sizeBytes: number;
  load(): HiveBytes;
}

/** Every one there is; real hives only where they are. In an order that does not change. */
export function subjects(): Subject[] {
  const built = [builtSubject("built 1.3", 3), builtSubject("built 1.5", 5), dirtySubject()];
  const phony = Object.keys(IMAGES).map((name) => phonySubject(name as ImageName));
  return [...built, ...phony, ...(hasRealHives ? realSubjects() : [])];
}

/** A hive file that somebody names, with the logs beside it. */
export function fileSubject(path: string): Subject {
  const logs = [".LOG1", ".LOG2", ".LOG"].map((ending) => path + ending).filter((log) => isFile(log));
  return {
    name: basename(path),
    sizeBytes: statSync(path).size,
    load: () => ({ name: basename(path), primary: read(path), logs: logs.map(read) }),
  };
}

function realSubjects(): Subject[] {
  const files = readdirSync(REAL_HIVES, { recursive: true, encoding: "utf8" }).sort();
  return files
    .map((file) => join(REAL_HIVES, file))
    .filter((path) => isFile(path) && !/\.LOG\d?$|README|\.md$/.test(path))
    .map((path) => ({ ...fileSubject(path), name: path.slice(REAL_HIVES.length + 1) }));
}

function builtSubject(name: string, minor: 3 | 5): Subject {
  const primary = sampleHive(minor, 40, [16_345]);
  return { name, sizeBytes: primary.length, load: () => ({ name, primary, logs: [] }) };
}

/** Two entries that are to be replayed. */
function dirtySubject(): Subject {
  const name = "built 1.5, dirty";
  const clean = sampleHive(5, 8, []);
  const primary = withBaseBlock(clean, { primarySequence: 11, secondarySequence: 10 });
  const hiveBinsSize = clean.length - 4096;
  const pages = [{ offset: 0, bytes: clean.subarray(4096, 8192) }];
  const entries = [10, 11].map((sequence) => incrementalEntry({ sequence, hiveBinsSize, pages }));
  const log = new Uint8Array(incrementalLog(primary, 10, entries));
  return { name, sizeBytes: primary.length, load: () => ({ name, primary, logs: [log] }) };
}

function phonySubject(image: ImageName): Subject {
  const load = (): HiveBytes => {
    const folder = mkdtempSync(join(tmpdir(), "pint-fuzz-"));
    try {
      buildFixture(image, folder);
      return { name: image, primary: read(join(folder, ...IMAGES[image].hive.split("/"))), logs: [] };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  let loaded: HiveBytes | undefined;
  const once = (): HiveBytes => {
    loaded ??= load();
    return loaded;
  };
  return { name: image, sizeBytes: once().primary.length, load: once };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function read(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}
