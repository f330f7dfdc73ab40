/** Where the profile of a machine may lie that nobody has named. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import type { ImageLocation } from "../../image/locate.ts";
import { LIVE_FOLDER } from "../../image/places.ts";
import type { ListedVolume } from "../../image/volumes/listing.ts";
import { findEntry, findInVolume } from "../../image/volume-path.ts";

export interface ProfileSearch {
  /** The files that are there, in the order of the places; each once, however it is reached. */
  readonly files: readonly string[];
  /** The folders in which was looked. */
  readonly folders: readonly string[];
}

const FOLDER = "PINT";
const COMMON_NAME = "profile.json";

/**
 * In the image (Windows\PINT and ProgramData\PINT, where capture saves it), in the folder PINT of every volume, beside the
 * executable and in the folder PINT there: by the computer's name, and as profile.json.
 */
export function profilesOnHand(
  { volume }: ImageLocation,
  computerName: string | undefined,
  volumes: readonly ListedVolume[],
  programFolder: string,
): ProfileSearch {
  const folders = [
    ...(volume === undefined
      ? []
      : [...folderIn(volume.windowsFolder, [FOLDER]), ...folderIn(volume.root, LIVE_FOLDER)]),
    ...volumes.flatMap((volume) => (volume.state === "readable" ? folderIn(volume.root, [FOLDER]) : [])),
    programFolder,
    ...folderIn(programFolder, [FOLDER]),
  ];
  const names = [...(computerName === undefined ? [] : [`${computerName}.json`]), COMMON_NAME];
  const files = folders.flatMap((folder) => names.flatMap((name) => fileIn(folder, name)));
  return { files: distinct(files), folders: distinct(folders) };
}

/** A folder that is not there is named as a place all the same. A link that leads out of its volume is no place. */
function folderIn(root: string, names: readonly string[]): string[] {
  try {
    return [findInVolume(fs.realpathSync(root), names)?.path ?? path.join(root, ...names)];
  } catch (error) {
    if (error instanceof Failure) {
      return [];
    }
    return [path.join(root, ...names)]; // the volume has gone meanwhile
  }
}

/** Names are compared, never put together to a path: the computer's name comes out of the image. */
function fileIn(folder: string, name: string): string[] {
  const entry = findEntry(folder, name);
  return entry === undefined ? [] : [path.join(folder, entry)];
}

function distinct(paths: readonly string[]): string[] {
  return [...new Map(paths.map((one) => [fs.pathExistsSync(one) ? fs.realpathSync(one) : one, one])).values()];
}
