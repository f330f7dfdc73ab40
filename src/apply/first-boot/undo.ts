/** Takes the files of a first boot out of an image again, once no service needs them. */
import path from "node:path";
import fs from "fs-extra";
import type { Warning } from "../../exit/warning.ts";
import { idInName } from "../../firstboot/places.ts";
import { syncFolder } from "../../image/durable-file.ts";
import type { ImageSession } from "../../image/session.ts";
import { explainSystemError } from "../../image/system-error.ts";
import { findInVolume } from "../../image/volume-path.ts";
import type { Emit } from "../events.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { sha256 } from "../receipt/hive-state.ts";
import { madeServices } from "./service-keys.ts";
import { isWorkingName } from "./working-names.ts";

export interface RemovedFiles {
  /** Paths; in a dry run, of what would be. */
  readonly removed: readonly string[];
  readonly warnings: readonly Warning[];
}

const NOTHING: RemovedFiles = { removed: [], warnings: [] };

/**
 * Only after the hive: a service without its program would be worse than a program without its service. A file that something
 * else has changed since is left, and named. Never throws for a file: what stays is harmless, and told.
 */
export function takeFilesOut(
  session: ImageSession,
  { firstBoot, changes }: Receipt,
  { dryRun }: { readonly dryRun: boolean },
  emit: Emit,
): RemovedFiles {
  const root = session.location.volume?.root;
  if (firstBoot === undefined || root === undefined) return NOTHING;
  const folder = findInVolume(root, firstBoot.folder.split("/"))?.path;
  if (folder === undefined) return NOTHING;
  const parts = firstBoot.files.map((file) => takeOut(folder, file, dryRun, emit));
  const warnings = parts.flatMap((part) => part.warnings);
  const own = new Set(firstBoot.files.map(({ name }) => name));
  // Without a service nobody goes by documents that arrangements have left which were cut short.
  const isOver = madeServices(changes).length > 0;
  const isToGo = (name: string): boolean =>
    isWorkingName(name) || (isOver && !own.has(name) && idInName(name) !== undefined);
  if (!dryRun) warnings.push(...removeThose(folder, isToGo, emit), ...removeEmpty(folder));
  return { removed: parts.flatMap(({ removed }) => removed), warnings };
}

type FileOfRun = NonNullable<Receipt["firstBoot"]>["files"][number];

function takeOut(folder: string, file: FileOfRun, dryRun: boolean, emit: Emit): RemovedFiles {
  const place = path.join(folder, file.name);
  try {
    if (!fs.pathExistsSync(place)) return NOTHING;
    if (sha256(fs.readFileSync(place)) !== file.sha256) return left(place, "it is not what that run put there");
    if (!dryRun) {
      fs.unlinkSync(place);
      emit({ kind: "restored", file: place, how: "removed" });
    }
    return { ...NOTHING, removed: [place] };
  } catch (error) {
    return left(place, explainSystemError(error));
  }
}

function left(place: string, why: string): RemovedFiles {
  const message = `${place} is left where it is: ${why}. No service runs it`;
  return { ...NOTHING, warnings: [{ code: "first-boot-file-left", message }] };
}

/** What the finisher has put beside them at a start of Windows: nobody goes on with it. */
function removeThose(folder: string, isToGo: (name: string) => boolean, emit: Emit): Warning[] {
  return namesIn(folder)
    .filter(isToGo)
    .flatMap((name) => {
      const file = path.join(folder, name);
      try {
        fs.removeSync(file);
        emit({ kind: "restored", file, how: "removed" });
        return [];
      } catch (error) {
        return [...left(file, explainSystemError(error)).warnings];
      }
    });
}

/** None where it cannot be listed: that it stays is told by removeEmpty. */
function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function removeEmpty(folder: string): Warning[] {
  try {
    if (fs.readdirSync(folder).length === 0) {
      fs.rmdirSync(folder);
      syncFolder(path.dirname(folder));
    }
    return [];
  } catch (error) {
    return [...left(folder, explainSystemError(error)).warnings];
  }
}
