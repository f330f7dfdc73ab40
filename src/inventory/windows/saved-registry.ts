/** The registry as `reg.exe save` copies it: a whole SYSTEM hive, in which volatile keys are absent. */
import path from "node:path";
import fs from "fs-extra";
import { type Hive, HiveError, type Key, openHive } from "../../regf/index.ts";
import { openFile } from "../../storage/file.ts";
import { StorageError } from "../../storage/storage.ts";
import { openControlSets, readControlSets } from "../../windows/control-sets.ts";
import { systemFolder, type WindowsMachine } from "./machine.ts";
import { complaintOf, runRegistryProgram } from "./registry-program.ts";
import { chooseFolder, inTemporaryFolder } from "./temporary-folder.ts";

export type Attempt<Result> =
  | { readonly done: true; readonly result: Result }
  /** `reason`: a sentence without its full stop; `isRoomWanting`: there is too little of it for the copy. */
  | { readonly done: false; readonly reason: string; readonly isRoomWanting: boolean };

/** A hive of some tens of MiB is copied in seconds; on slow media it may take longer. */
const SAVE_TIMEOUT_MS = 120_000;

/** `read` gets the current control set; else as readSavedHive. */
export function readSavedRegistry<Result>(
  machine: WindowsMachine,
  notes: string[],
  read: (controlSet: Key) => Result,
): Attempt<Result> {
  return readSavedHive(machine, notes, ({ root }) => read(readControlSets(root, openControlSets(root)).currentKey));
}

/** `read` gets the hive, which is gone afterwards. Throws Failure when reg.exe cannot be run at all, and what `read` throws but for damage. */
export function readSavedHive<Result>(
  machine: WindowsMachine,
  notes: string[],
  read: (hive: Hive) => Result,
): Attempt<Result> {
  const sizeBytes = sizeOfLiveHive(machine);
  const choice = chooseFolder(machine, sizeBytes);
  if (!choice.found) {
    return { done: false, reason: `there is no room for a copy of it: ${choice.reason}`, isRoomWanting: true };
  }
  try {
    return inTemporaryFolder(choice.folder, notes, (folder) => {
      const file = path.join(folder, "SYSTEM");
      const args = ["save", "HKLM\\SYSTEM", file, "/y"];
      const run = runRegistryProgram(machine, args, SAVE_TIMEOUT_MS);
      if (run.status === 0) return { done: true, result: readHive(file, read) };
      const isRoomWanting = !chooseFolder(machine, sizeBytes).found;
      return { done: false, reason: complaintOf(args, run), isRoomWanting };
    });
  } catch (error) {
    return whyNotRead(error);
  }
}

function readHive<Result>(file: string, read: (hive: Hive) => Result): Result {
  const primary = openFile(file, "read");
  try {
    return read(openHive({ primary, logs: [] }));
  } finally {
    primary.close();
  }
}

/** Throws the error itself when neither the disk nor the copy's bytes are to blame. */
export function whyNotRead(error: unknown): Attempt<never> {
  if (error instanceof HiveError) {
    return { done: false, reason: `the copy that reg.exe saved is damaged: ${error.message}`, isRoomWanting: false };
  }
  if (error instanceof StorageError) return { done: false, reason: error.message, isRoomWanting: false };
  if (error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code)) {
    return { done: false, reason: error.message, isRoomWanting: error.code === "ENOSPC" };
  }
  throw error;
}

/** Asking for its size needs no right to read it, and the copy is no larger. */
function sizeOfLiveHive(machine: WindowsMachine): number | undefined {
  try {
    return fs.statSync(path.join(systemFolder(machine), "System32", "config", "SYSTEM")).size;
  } catch {
    return undefined;
  }
}
