/** A folder for a file that must not stay: chosen by the room it has, and removed again whatever happens. */
import path from "node:path";
import fs from "fs-extra";
import { systemFolder, type WindowsMachine } from "./machine.ts";

/** Room that is left to Windows itself. */
const SPARE_BYTES = 1024 * 1024;

export type FolderChoice =
  | { readonly found: true; readonly folder: string }
  /** `reason`: a sentence without its full stop. */
  | { readonly found: false; readonly reason: string };

/**
 * The first of TEMP, TMP and Windows' own folder for such files that has room for a file of that size. In WinPE all are on the
 * RAM disk X:, whose scratch space is 32 MB where nobody asked for more (Microsoft, "WinPE: Mount and customize").
 */
export function chooseFolder(machine: WindowsMachine, sizeBytes: number | undefined): FolderChoice {
  const { TEMP, TMP } = machine.environment;
  const candidates = [TEMP, TMP, path.join(systemFolder(machine), "Temp")].filter(
    (folder) => folder !== undefined && folder !== "" && fs.pathExistsSync(folder),
  ) as string[];
  const full: string[] = [];
  for (const folder of new Set(candidates)) {
    const free = machine.freeBytes(folder);
    if (free === undefined || sizeBytes === undefined || free >= sizeBytes + SPARE_BYTES)
      return { found: true, folder };
    full.push(`${folder} has ${megabytes(free)} free`);
  }
  if (full.length === 0) return { found: false, reason: "there is no folder for temporary files (TEMP, TMP)" };
  return { found: false, reason: `${full.join(", ")}, and ${megabytes(sizeBytes ?? 0)} are needed` };
}

/** Hands a new folder to `use` and removes it with all that is in it; what could not be removed goes to `notes`. Throws the system's errors. */
export function inTemporaryFolder<Result>(parent: string, notes: string[], use: (folder: string) => Result): Result {
  const folder = fs.mkdtempSync(path.join(parent, "pint-inventory-"));
  try {
    return use(folder);
  } finally {
    try {
      // A virus scanner may hold a new file for a moment.
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch {
      notes.push(`${folder} could not be removed: delete it, for it holds a copy of this machine's registry`);
    }
  }
}

function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / (1024 * 1024)).toFixed(1)} MiB`;
}
