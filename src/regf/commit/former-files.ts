/** Puts a hive's files together, in memory, as they were before a commit. */
import type { Storage } from "../../storage/storage.ts";
import { HeldBytes } from "../held-bytes.ts";
import type { HiveFiles } from "../hive.ts";
import { reading } from "./carry-out.ts";
import { CommitError, type FileRole, type FormerBytes, type FormerFile } from "./model.ts";
import { filesByRole } from "./roles.ts";

/**
 * The files as an undo would leave them, but for the ends of logs that have grown since; those that did not exist are left out. Nothing is written:
 * compare this with what is known of the former files before undoing. Throws CommitError when the former bytes do not fit to these files.
 */
export function formerFiles(files: HiveFiles, former: FormerBytes): HiveFiles {
  return reading(() => {
    const now = filesByRole(files);
    const primary = former.files.find(({ role }) => role === "primary");
    if (primary === undefined) throw unusable("They say nothing of the hive itself");
    const touched = new Set<FileRole>(former.files.map(({ role }) => role));
    const logs = former.files.filter(({ role, existed }) => role !== "primary" && existed);
    const untouched = [...now].flatMap(([role, storage]) => (touched.has(role) ? [] : [storage]));
    return {
      primary: heldFile(files.primary, primary),
      logs: [...logs.map((log) => heldLog(now.get(log.role), log)), ...untouched].sort(byName),
    };
  });
}

function heldLog(storage: Storage | undefined, former: FormerFile): Storage {
  if (storage === undefined) throw unusable(`They are of a ${former.role} that is not there`);
  return heldFile(storage, former);
}

function heldFile(storage: Storage, former: FormerFile): Storage {
  if (storage.size() < former.sizeBytes) throw unusable(`${storage.name} is shorter than it was`);
  const bytes = storage.read(0, former.sizeBytes);
  for (const region of former.regions) {
    if (region.offset < 0 || region.offset + region.bytes.length > bytes.length) {
      throw unusable(`They go beyond the end of ${storage.name}`);
    }
    bytes.set(region.bytes, region.offset);
  }
  return new HeldBytes(storage.name, bytes);
}

/** .LOG1 before .LOG2, as `HiveFiles` has them. */
function byName(left: Storage, right: Storage): number {
  return left.name < right.name ? -1 : 1;
}

function unusable(why: string): CommitError {
  return new CommitError("former-bytes-unusable", `The former bytes do not fit to this hive: ${why}`, false);
}
