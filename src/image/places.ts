/** Where an image keeps what this program stores with it: the saved profile and the receipts. */
import path from "node:path";
import type { ImageLocation } from "./locate.ts";
import { findInVolume } from "./volume-path.ts";

export interface Places {
  /** The profile that `capture` saves and `apply` finds. */
  readonly profile: string;
  /** The folder of the receipts; it need not exist. */
  readonly receipts: string;
}

/** Beside a hive file that was named by itself, in the Windows folder of an image: the receipt must be on the image's own volume, because WinPE's X: vanishes. */
export function placesOf(location: ImageLocation): Places {
  if (location.kind === "hive" || location.volume === undefined) {
    return { profile: `${location.hivePath}.pint-profile.json`, receipts: `${location.hivePath}.pint-receipts` };
  }
  const { root, windowsFolder } = location.volume;
  const below = path.relative(root, windowsFolder).split(path.sep);
  const own = findInVolume(root, [...below, "PINT"])?.path ?? path.join(windowsFolder, "PINT");
  return {
    profile: findInVolume(root, [...below, "PINT", "profile.json"])?.path ?? path.join(own, "profile.json"),
    receipts: findInVolume(root, [...below, "PINT", "receipts"])?.path ?? path.join(own, "receipts"),
  };
}
