/** A file that takes the place of another is protected as that was: a program that replaces it has not to let others read it. */
import fs from "fs-extra";
import { keepsModes } from "../evidence/volume-source.ts";
import type { Host } from "../host.ts";
import { accessListsOf } from "./access-lists.ts";

/**
 * Gives the file `to` the access list of the file `from`; its mode, on a file system of Linux' own. Returns why it could not, as the end
 * of a sentence. Throws the system's errors.
 */
export function protectLike(from: string, to: string, host: Host): string | undefined {
  if (!keepsModes(from, host)) return accessListsOf(host).copy(from, to);
  fs.chmodSync(to, fs.statSync(from).mode & 0o7777);
  return undefined;
}
