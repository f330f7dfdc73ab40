/** A folder for a file that must not stay: chosen by the room it has, and removed again whatever happens. */
import path from "node:path";
import fs from "fs-extra";
import { systemFolder, type WindowsMachine } from "./machine.ts";

/** What the names of such folders begin with. */
export const TEMPORARY_PREFIX = "pint-inventory-";

/** Room that is left to Windows itself. */
const SPARE_BYTES = 1024 * 1024;

export type FolderChoice =
  | { readonly found: true; readonly folder: string }
  /** `reason`: a sentence without its full stop. */
  | { readonly found: false; readonly reason: string };

/**
 * The machine's own, else the first of TEMP, TMP and Windows' own folder for such files, that has room for a file of that size. In WinPE
 * all are on the RAM disk X:, whose scratch space is 32 MB where nobody asked for more (Microsoft, "WinPE: Mount and customize").
 */
export function chooseFolder(machine: WindowsMachine, sizeBytes: number | undefined): FolderChoice {
  const candidates = candidatesOf(machine).filter((folder) => folder !== "" && fs.pathExistsSync(folder));
  const full: string[] = [];
  for (const folder of new Set(candidates)) {
    const free = machine.freeBytes(folder);
    if (free === undefined || sizeBytes === undefined || free >= sizeBytes + SPARE_BYTES)
      return { found: true, folder };
    full.push(`${folder} has ${megabytes(free)} free`);
  }
  if (full.length === 0) {
    const which = machine.temporaryFolder ?? "TEMP, TMP";
    return { found: false, reason: `there is no folder for temporary files (${which})` };
  }
  return { found: false, reason: `${full.join(", ")}, and ${megabytes(sizeBytes ?? 0)} are needed` };
}

function candidatesOf(machine: WindowsMachine): readonly string[] {
  if (machine.temporaryFolder !== undefined) return [machine.temporaryFolder];
  const { TEMP = "", TMP = "" } = machine.environment;
  return [TEMP, TMP, path.join(systemFolder(machine), "Temp")];
}

/** Hands a new folder to `use` and removes it with all that is in it; what could not be removed goes to `notes`. Throws the system's errors. */
export function inTemporaryFolder<Result>(parent: string, notes: string[], use: (folder: string) => Result): Result {
  const folder = fs.mkdtempSync(path.join(parent, TEMPORARY_PREFIX));
  try {
    return use(folder);
  } finally {
    remove(folder, notes);
  }
}

/** What runs that were cut short have left there; only for a parent that no other run uses. */
export function removeLeftFolders(parent: string, notes: string[]): void {
  try {
    const names = fs.readdirSync(parent).filter((name) => name.startsWith(TEMPORARY_PREFIX));
    for (const name of names) remove(path.join(parent, name), notes);
  } catch {
    notes.push(`${parent} could not be listed: a copy of this machine's registry may be left there`);
  }
}

function remove(folder: string, notes: string[]): void {
  try {
    // A virus scanner may hold a new file for a moment.
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch {
    notes.push(`${folder} could not be removed: delete it, for it holds a copy of this machine's registry`);
  }
}

function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / (1024 * 1024)).toFixed(1)} MiB`;
}
