/** Another hive of an image, beside its SYSTEM hive: opened to look into it, its logs replayed in memory, and closed again. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../exit/failure.ts";
import { type Key, openHive } from "../regf/index.ts";
import { NO_VOLUME } from "./evidence/unchecked.ts";
import { asFailure } from "./failures.ts";
import { openHiveFiles } from "./hive-files.ts";
import type { ImageLocation } from "./locate.ts";
import { findEntry, whyNotRegular } from "./volume-path.ts";

export type OtherHive = "SOFTWARE" | "DRIVERS";

export type FoundInHive<T> =
  | { readonly read: true; readonly found: T }
  /** `reason`: the end of a sentence. */
  | { readonly read: false; readonly reason: string };

/** Whatever is wrong with the hive is a reason, and keeps nothing from going on. */
export function lookIntoHive<T>(
  { hivePath, volume }: ImageLocation,
  hive: OtherHive,
  look: (root: Key) => T,
): FoundInHive<T> {
  if (volume === undefined) {
    return { read: false, reason: NO_VOLUME.reason };
  }
  const folder = path.dirname(hivePath);
  try {
    const name = findEntry(folder, hive);
    const file = name === undefined ? undefined : path.join(folder, name);
    const why = file === undefined ? "there is none beside the SYSTEM hive" : whyNotRegular(fs.lstatSync(file));
    return file === undefined || why !== undefined
      ? { read: false, reason: why ?? "" }
      : { read: true, found: lookInto(file, look) };
  } catch (error) {
    const failure = asFailure(folder, error);
    if (failure instanceof Failure) {
      return { read: false, reason: failure.message };
    }
    throw error;
  }
}

function lookInto<T>(file: string, look: (root: Key) => T): T {
  const files = openHiveFiles(file, "read", false);
  try {
    return look(openHive(files).root);
  } finally {
    files.close();
  }
}
