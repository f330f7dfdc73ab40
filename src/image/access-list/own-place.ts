/** Keeps what pint puts into an image for a later run (profile, receipts) from being replaced there by others than administrators. */
import { ensureFolderDurably } from "../durable-file.ts";
import { keepsModes } from "../evidence/volume-source.ts";
import type { Host } from "../host.ts";
import { accessListsOf, whyNotProtected } from "./access-lists.ts";
import type { AccessLists } from "./model.ts";

/** A list that is good enough stays. Returns why it is not proven that only administrators may write there; undefined when it is. */
export function keepFromOthers(place: string, kind: "folder" | "file", lists: AccessLists): string | undefined {
  if (whyNotProtected(lists, place) === undefined) return undefined;
  lists.set(place, kind, "administrators-write");
  const why = whyNotProtected(lists, place);
  return why === undefined ? undefined : `${place}: ${why}`;
}

/**
 * Makes the folder, and keeps it from others: who could rename what is in it could put something else in its place. Returns as above; on a file
 * system of Linux' own modes do it, and nothing is asked. Throws the system's errors.
 */
export function makeOwnFolder(folder: string, host: Host): string | undefined {
  ensureFolderDurably(folder);
  return keepsModes(folder, host) ? undefined : keepFromOthers(folder, "folder", accessListsOf(host));
}

/** A file in it: ntfs-3g passes nothing on, Windows does. */
export function keepOwnFile(file: string, host: Host): string | undefined {
  return keepsModes(file, host) ? undefined : keepFromOthers(file, "file", accessListsOf(host));
}
