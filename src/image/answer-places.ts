/** Where an image keeps the answer file that Windows Setup takes at its first start. */
import path from "node:path";
import type { ImageLocation } from "./locate.ts";
import { findInVolume, type FoundPath } from "./volume-path.ts";

export interface AnswerPlaces {
  /** Where Setup would find ours: the file that is there, or a new one. */
  readonly file: string;
  /** The answer file of the image that Setup would take; its content has to be in ours. */
  readonly former: string | undefined;
  /** Others that are there, of which Setup takes none once ours is there. */
  readonly others: readonly string[];
}

/**
 * Before all removable media, in the order in which Setup looks (Microsoft, "Windows Setup Automation Overview", implicit search order): whatever of
 * the image comes before or is the cached answer file is used as it is; what comes later would not be looked for any more.
 */
const BEFORE_MEDIA: readonly (readonly string[])[] = [
  ["Panther", "Unattend", "Unattend.xml"],
  ["Panther", "Unattend", "Autounattend.xml"],
  ["Panther", "Unattend.xml"],
];

const AFTER_MEDIA: readonly (readonly string[])[] = [["System32", "Sysprep", "Unattend.xml"]];

/** Undefined for a hive that was named by itself. Throws Failure("noImage") for a link that leaves the volume. */
export function answerPlacesOf({ kind, volume }: ImageLocation): AnswerPlaces | undefined {
  if (kind === "hive" || volume === undefined) return undefined;
  const { root, windowsFolder } = volume;
  const below = path.relative(root, windowsFolder).split(path.sep);
  const find = (names: readonly string[]): string[] => listOf(findInVolume(root, names));
  const first = BEFORE_MEDIA.flatMap((names) => find([...below, ...names]));
  const later = [...AFTER_MEDIA.map((names) => [...below, ...names]), ["Unattend.xml"]].flatMap(find);
  const [former, ...others] = [...first, ...later];
  return { file: first[0] ?? newFile(root, below, windowsFolder), former, others };
}

function listOf(found: FoundPath | undefined): string[] {
  return found === undefined ? [] : [found.path];
}

function newFile(root: string, below: readonly string[], windowsFolder: string): string {
  const panther = findInVolume(root, [...below, "Panther"])?.path ?? path.join(windowsFolder, "Panther");
  return path.join(panther, "unattend.xml");
}
