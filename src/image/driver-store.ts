/** The files of an image's drivers: whether one is there, and the INF files from which Windows installs them. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../exit/failure.ts";
import { NO_VOLUME } from "./evidence/unchecked.ts";
import type { ImageLocation } from "./locate.ts";
import { explainSystemError } from "./system-error.ts";
import { findInVolume, whyNotRegular } from "./volume-path.ts";

type Tried<T> = { readonly read: true; readonly found: T } | { readonly read: false; readonly reason: string };

/** A place in an image: down from its Windows folder, or from the root of the volume. */
interface PlaceInImage {
  readonly from: "windows" | "root";
  readonly names: readonly string[];
}

interface FileInFolder {
  /** Down from the folder that was asked for, with backslashes. */
  readonly name: string;
  /** What is larger than `maxSizeBytes` is not read. */
  read(maxSizeBytes: number): Tried<Uint8Array>;
}

/** undefined: nobody could look; a folder that holds no drivers at all is not the whole of a Windows. */
export function isInImage(location: ImageLocation, { from, names }: PlaceInImage): boolean | undefined {
  const found = attempt(() => ({
    isWhole: find(location, { from: "windows", names: ["System32", "drivers"] }) !== undefined,
    isThere: find(location, { from, names }) !== undefined,
  }));
  return found.read && found.found.isWhole ? found.found.isThere : undefined;
}

/**
 * The INF files in a folder, or (`deep`) in the folders of that folder, by name. Links are not followed: what is one, or cannot be read, says why when it is
 * read. `read` false: there is no such folder, or only a hive file was named.
 */
export function infFilesIn(
  location: ImageLocation,
  folder: PlaceInImage,
  deep: boolean,
): Tried<Iterable<FileInFolder>> {
  const found = attempt(() => find(location, folder));
  if (!found.read) return found;
  const place = found.found;
  if (place === undefined) {
    return {
      read: false,
      reason: location.volume === undefined ? NO_VOLUME.reason : `there is no ${folder.names.join("\\")}`,
    };
  }
  return attempt(() => {
    const entries = entriesOf(place);
    return deep ? inFolders(place, entries) : infFilesAmong(place, entries, "");
  });
}

function* inFolders(place: string, entries: readonly fs.Dirent[]): Generator<FileInFolder> {
  for (const entry of entries.filter((each) => each.isDirectory())) {
    const folder = path.join(place, entry.name);
    const inside = attempt(() => entriesOf(folder));
    if (inside.read) yield* infFilesAmong(folder, inside.found, `${entry.name}\\`);
    else yield { name: entry.name, read: () => inside };
  }
}

function* infFilesAmong(folder: string, entries: readonly fs.Dirent[], prefix: string): Generator<FileInFolder> {
  for (const { name } of entries.filter((entry) => /\.inf$/i.test(entry.name))) {
    yield { name: prefix + name, read: (maxSizeBytes) => readWhole(path.join(folder, name), maxSizeBytes) };
  }
}

function readWhole(file: string, maxSizeBytes: number): Tried<Uint8Array> {
  const looked = attempt(() => fs.lstatSync(file));
  if (!looked.read) return looked;
  const why = whyNotRegular(looked.found);
  if (why !== undefined) return { read: false, reason: why };
  const { size } = looked.found;
  return size > maxSizeBytes
    ? { read: false, reason: `it has ${size} bytes, more than any INF file of Windows` }
    : attempt(() => fs.readFileSync(file));
}

/** By code unit: the same order on every machine. */
function entriesOf(folder: string): fs.Dirent[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name)));
}

function find({ volume }: ImageLocation, { from, names }: PlaceInImage): string | undefined {
  if (volume === undefined) return undefined;
  const { root, windowsFolder } = volume;
  const start = from === "windows" ? path.relative(root, windowsFolder).split(path.sep) : [];
  return findInVolume(root, [...start, ...names])?.path;
}

/** What the system refuses, and a link that leads out of the volume, is a reason. */
function attempt<T>(work: () => T): Tried<T> {
  try {
    return { read: true, found: work() };
  } catch (error) {
    return { read: false, reason: error instanceof Failure ? error.message : explainSystemError(error) };
  }
}
