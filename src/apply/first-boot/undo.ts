/** Takes the files of a first boot out of an image again, once no service needs them. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { idInName } from "../../firstboot/places.ts";
import { syncFolder } from "../../image/durable-file.ts";
import type { ImageSession } from "../../image/session.ts";
import { explainSystemError } from "../../image/system-error.ts";
import { findInVolume } from "../../image/volume-path.ts";
import type { Emit } from "../events.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { sha256 } from "../receipt/hive-state.ts";
import { servicesOf } from "./service-keys.ts";
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
  const folder = firstBoot && folderOf(session, firstBoot.folder);
  if (firstBoot === undefined || folder === undefined) return NOTHING;
  if (typeof folder !== "string") return folder;
  const { made, found } = servicesOf(changes);
  // A service that is there again needs its programs, whoever has put them there last.
  const files =
    found.length === 0 ? firstBoot.files : firstBoot.files.filter(({ name }) => idInName(name) !== undefined);
  const own = new Set(firstBoot.files.map(({ name }) => name.toUpperCase()));
  // Without a service nobody goes by documents that arrangements have left which were cut short.
  const isOver = found.length === 0 && made.length > 0;
  const isToGo = (name: string): boolean =>
    isWorkingName(name) || (isOver && !own.has(name.toUpperCase()) && idInName(name) !== undefined);
  const parts = [
    ...files.map((file) => takeOut(folder, file, dryRun, emit)),
    ...namesIn(folder)
      .filter(isToGo)
      .map((name) => remove(path.join(folder, name), dryRun, emit)),
  ];
  const warnings = parts.flatMap((part) => part.warnings);
  if (!dryRun) warnings.push(...removeEmpty(folder, isOver && warnings.length === 0));
  return { removed: parts.flatMap(({ removed }) => removed), warnings };
}

/** Undefined where it is not there. */
function folderOf({ location }: ImageSession, below: string): string | RemovedFiles | undefined {
  if (location.volume === undefined) return undefined;
  try {
    return findInVolume(location.volume.root, below.split("/"))?.path;
  } catch (error) {
    if (error instanceof Failure) return left(path.join(location.volume.root, below), error.message);
    throw error;
  }
}

type FileOfRun = NonNullable<Receipt["firstBoot"]>["files"][number];

function takeOut(folder: string, file: FileOfRun, dryRun: boolean, emit: Emit): RemovedFiles {
  const name = namesIn(folder).find((one) => one.toUpperCase() === file.name.toUpperCase());
  if (name === undefined) return NOTHING;
  const place = path.join(folder, name);
  try {
    if (sha256(fs.readFileSync(place)) !== file.sha256) return left(place, "it is not what that run put there");
  } catch (error) {
    return left(place, explainSystemError(error));
  }
  return remove(place, dryRun, emit);
}

function remove(place: string, dryRun: boolean, emit: Emit): RemovedFiles {
  try {
    if (!dryRun) {
      fs.removeSync(place);
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

/** None where it cannot be listed: that it stays is told by removeEmpty. */
function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** `isWhole`: nothing is meant to stay in it. */
function removeEmpty(folder: string, isWhole: boolean): Warning[] {
  try {
    const names = fs.readdirSync(folder);
    if (names.length > 0) return isWhole ? [...left(folder, `there is ${names.join(", ")} in it`).warnings] : [];
    fs.rmdirSync(folder);
    syncFolder(path.dirname(folder));
    return [];
  } catch (error) {
    return [...left(folder, explainSystemError(error)).warnings];
  }
}
