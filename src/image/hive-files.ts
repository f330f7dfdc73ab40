/** Opening a hive's file and the logs beside it, for reading or, before anything else is done, for writing. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../exit/failure.ts";
import { type FileRole, HIVE_BINS_START, type HiveFiles, MAX_HIVE_BINS_SIZE } from "../regf/index.ts";
import { openFile } from "../storage/file.ts";
import type { Storage } from "../storage/storage.ts";
import { asFailure, notWritable } from "./failures.ts";
import { hiveOfImageIsNone, notAHive } from "./not-a-hive.ts";
import { RECOGNISE_BYTES, type FileKind, recognise } from "./recognise.ts";
import { findEntry } from "./volume-path.ts";

export type Access = "read" | "read-write";

/** How Windows ends the names of a hive's logs. */
export const LOG_ENDINGS = { log1: ".LOG1", log2: ".LOG2", log: ".LOG" } as const satisfies Record<
  Exclude<FileRole, "primary">,
  string
>;

type LogEnding = (typeof LOG_ENDINGS)[keyof typeof LOG_ENDINGS];

/**
 * The paths of the logs beside a hive, in the order the engine wants: LOG1, LOG2. Windows Vista and later may leave an
 * empty `.LOG` beside them; it counts only where it is the only one, as on Windows XP.
 * Throws Failure("refused") for a log that is no file: a link would have a file elsewhere overwritten.
 */
export function findLogs(hivePath: string): string[] {
  const folder = path.dirname(hivePath);
  const beside = (ending: LogEnding): string[] => {
    const entry = findEntry(folder, path.basename(hivePath) + ending);
    return entry === undefined ? [] : [plainFile(path.join(folder, entry))];
  };
  const modern = [...beside(LOG_ENDINGS.log1), ...beside(LOG_ENDINGS.log2)];
  return modern.length > 0 ? modern : beside(LOG_ENDINGS.log);
}

function plainFile(log: string): string {
  const stats = fs.lstatSync(log);
  if (stats.isFile()) {
    return log;
  }
  const what = stats.isSymbolicLink() ? "a link" : "no file";
  throw new Failure("refused", `The log ${log} is ${what}: Windows keeps a hive's logs as files beside it`, {
    at: log,
    code: "log-is-no-file",
    advice: "put the log itself in this place, or remove what is there if the hive needs no log",
  });
}

export interface OpenedFiles extends HiveFiles {
  close(): void;
}

/** Throws Failure: refused (24) when writing is not possible, noImage (21) when reading is not, or when a named file is no hive; hiveDamaged (23) for what is larger than any hive. */
export function openHiveFiles(hivePath: string, access: Access, wasNamed: boolean): OpenedFiles {
  const opened: Storage[] = [];
  const close = (): void => {
    for (const storage of opened.splice(0)) {
      storage.close();
    }
  };
  const open = (file: string): Storage => {
    try {
      const storage = openFile(file, access);
      opened.push(storage);
      return storage;
    } catch (error) {
      throw access === "read" ? asFailure(file, error) : notWritable(file, error);
    }
  };
  try {
    const primary = open(hivePath);
    const logs = findLogs(hivePath).map(open);
    refuseOther(hivePath, primary, logs, wasNamed);
    for (const storage of opened) {
      refuseTooLarge(storage);
    }
    if (access === "read-write" && logs.length === 0) {
      refuseFixedFolder(path.dirname(hivePath));
    }
    return { primary, logs, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** A damaged base block may be repaired from a log, so that a file without "regf" is given up only when no log has it either. */
function refuseOther(hivePath: string, primary: Storage, logs: readonly Storage[], wasNamed: boolean): void {
  const kind = recogniseStorage(primary, hivePath);
  if (kind === "hive" || (kind !== "hive-log" && logs.some((log) => recogniseStorage(log, "hive") === "hive"))) {
    return;
  }
  throw wasNamed ? notAHive(hivePath, kind) : hiveOfImageIsNone(hivePath, kind);
}

/** Before a byte of it is hashed: that of a file without bounds would seem to hang. */
const MAX_FILE_SIZE = HIVE_BINS_START + MAX_HIVE_BINS_SIZE;

function refuseTooLarge(storage: Storage): void {
  const sizeBytes = storage.size();
  if (sizeBytes > MAX_FILE_SIZE) {
    throw new Failure(
      "hiveDamaged",
      `${storage.name} has ${sizeBytes} bytes: no hive and no log is larger than 2 GiB`,
      {
        at: storage.name,
        code: "too-large",
        advice: "restore the file from a backup of the image, or put a whole copy in its place",
      },
    );
  }
}

/** A hive without logs gets one: whether that can be is known before a receipt tells of a run that never was. */
function refuseFixedFolder(folder: string): void {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw notWritable(folder, error);
  }
}

function recogniseStorage(storage: Storage, name: string): FileKind {
  try {
    return recognise(storage.read(0, Math.min(storage.size(), RECOGNISE_BYTES)), name);
  } catch (error) {
    throw asFailure(storage.name, error);
  }
}
