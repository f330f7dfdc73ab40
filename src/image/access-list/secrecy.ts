/** Keeps a folder of the image and what comes into it for SYSTEM and Administrators alone, where the file system has such lists. */
import path from "node:path";
import fs from "fs-extra";
import { ensureFolderDurably } from "../durable-file.ts";
import { keepsModes } from "../evidence/volume-source.ts";
import type { Host } from "../host.ts";
import { accessListsOf, whyNotSecret } from "./access-lists.ts";
import type { AccessLists } from "./model.ts";

type Kind = "folder" | "file";

/**
 * Makes the folder when it is not there. One that others may read is closed to them, with all that lies in it. Returns
 * what is not proven to be secret, each with why; nothing on a file system of Linux' own, where a file's mode protects
 * it. Throws the system's errors when the folder cannot be made.
 */
export function makeSecretFolder(folder: string, host: Host): readonly string[] {
  const isNew = !fs.pathExistsSync(folder);
  ensureFolderDurably(folder);
  if (keepsModes(folder, host)) return [];
  const lists = accessListsOf(host);
  if (!isNew && whyNotSecret(lists, folder) === undefined) return [];
  const unproven = close(folder, "folder", lists);
  const below = isNew ? [] : entriesBelow(folder).flatMap(([place, kind]) => closeWhereOpen(place, kind, lists));
  return [...unproven, ...below];
}

/** A file in such a folder: ntfs-3g passes nothing on, Windows does. Returns and throws as above. */
export function keepSecret(file: string, host: Host): readonly string[] {
  return keepsModes(file, host) ? [] : closeWhereOpen(file, "file", accessListsOf(host));
}

function closeWhereOpen(place: string, kind: Kind, lists: AccessLists): string[] {
  return whyNotSecret(lists, place) === undefined ? [] : close(place, kind, lists);
}

/** What the folder shows afterwards says more than how a program ended. */
function close(place: string, kind: Kind, lists: AccessLists): string[] {
  const notSet = lists.set(place, kind, "administrators-only");
  const why = whyNotSecret(lists, place) ?? notSet;
  return why === undefined ? [] : [`${place}: ${why}`];
}

/** Links are let alone: nothing is changed that lies elsewhere. */
function entriesBelow(folder: string): readonly (readonly [place: string, kind: Kind])[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => [path.join(entry.parentPath, entry.name), entry.isFile() ? "file" : "folder"]);
}
