/** Where an image keeps what this program stores with it: the saved profile and the receipts. */
import path from "node:path";
import fs from "fs-extra";
import type { ImageLocation } from "./locate.ts";
import { findEntry, findInVolume } from "./volume-path.ts";

export interface Places {
  /** The profile that `capture` saves: the first of those that are there. */
  readonly profile: string;
  /** Those that are there, of which `apply` takes one. */
  readonly savedProfiles: readonly string[];
  /** The folder of the receipts; it need not exist. */
  readonly receipts: string;
}

/** Below the volume's root, where a running Windows keeps what belongs to all users (Microsoft, "ProgramData"). */
export const LIVE_FOLDER: readonly string[] = ["ProgramData", "PINT"];

/** Beside a hive file that was named by itself, in the Windows folder of an image: the receipt must be on the image's own volume, because WinPE's X: vanishes. */
export function placesOf(location: ImageLocation): Places {
  if (location.kind === "hive" || location.volume === undefined) {
    const profile = `${location.hivePath}.pint-profile.json`;
    const savedProfiles = fs.pathExistsSync(profile) ? [profile] : [];
    return { profile, savedProfiles, receipts: `${location.hivePath}.pint-receipts` };
  }
  const { root } = location.volume;
  const { below, own } = ownFolder(location.volume);
  const savedProfiles = profilesIn(root, below);
  return {
    profile: savedProfiles[0] ?? path.join(own, "profile.json"),
    savedProfiles,
    receipts: findInVolume(root, [...below, "PINT", "receipts"])?.path ?? path.join(own, "receipts"),
  };
}

/** Where a capture of the image put it, or one of the Windows itself while it ran. */
function profilesIn(root: string, below: readonly string[]): string[] {
  const places = [[...below, "PINT"], LIVE_FOLDER];
  return places.flatMap((folder) => findInVolume(root, [...folder, "profile.json"])?.path ?? []);
}

/**
 * The file that keeps other runs out. A hive in its place has the lock of its volume, however the image was named: it is one hive.
 * Throws Failure("noImage") as placesOf does.
 */
export function lockPlaceOf({ hivePath, volume }: ImageLocation): string {
  if (volume === undefined) {
    return `${hivePath}.pint-lock`;
  }
  const { own } = ownFolder(volume);
  return path.join(own, findEntry(own, "lock") ?? "lock");
}

function ownFolder({ root, windowsFolder }: NonNullable<ImageLocation["volume"]>): { below: string[]; own: string } {
  const below = path.relative(root, windowsFolder).split(path.sep);
  return { below, own: findInVolume(root, [...below, "PINT"])?.path ?? path.join(windowsFolder, "PINT") };
}
