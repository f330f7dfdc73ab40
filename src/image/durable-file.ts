/** Writing a document so that it is whole and on the disk when the call returns, and never half of one. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import fs from "fs-extra";
import { systemErrorCode } from "./system-error.ts";

/** Who may read the file, where the file system has such rights: the bytes of a hive are for its owner alone, settings are not secret. */
const MODES = { secret: 0o600, plain: 0o644 } as const;

export type Secrecy = keyof typeof MODES;

/** What is done with a new file before there is anything in it. */
export type WhileEmpty = (file: string) => void;

/** Creates a file that must not exist yet: the bytes, then its name, are on the disk when this returns. Throws the system's errors; then the file is not there. */
export function createDurably(
  file: string,
  content: string | Uint8Array,
  secrecy: Secrecy,
  whileEmpty: WhileEmpty = () => {},
): void {
  ensureFolderDurably(path.dirname(file));
  const descriptor = fs.openSync(file, "wx", MODES[secrecy]);
  try {
    writeAndSync(descriptor, content, () => whileEmpty(file));
  } catch (error) {
    removeQuietly(file);
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** Several runs within one second, or with a clock that stands, get -2, -3... */
const MAX_SAME_NAME = 1000;

/** The same under the first name that is free: `stem.json`, `stem-2.json`... Returns its path. */
export function createNumbered(
  folder: string,
  stem: string,
  content: string | Uint8Array,
  secrecy: Secrecy,
  whileEmpty?: WhileEmpty,
): string {
  for (let attempt = 1; attempt <= MAX_SAME_NAME; attempt++) {
    const file = path.join(folder, attempt === 1 ? `${stem}.json` : `${stem}-${attempt}.json`);
    try {
      createDurably(file, content, secrecy, whileEmpty);
      return file;
    } catch (error) {
      if (systemErrorCode(error) !== "EEXIST") throw error;
    }
  }
  throw new Error(`there are ${MAX_SAME_NAME} files called ${stem} already`);
}

/** Replaces a file, or creates it; after a power cut the former or the new one is there. Throws the system's errors. */
export function replaceDurably(
  file: string,
  content: string | Uint8Array,
  secrecy: Secrecy,
  whileEmpty?: WhileEmpty,
): void {
  const temporary = `${file}.${randomBytes(4).toString("hex")}.new`;
  createDurably(temporary, content, secrecy, whileEmpty);
  try {
    fs.renameSync(temporary, file);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
  syncFolder(path.dirname(file));
}

function writeAndSync(descriptor: number, content: string | Uint8Array, first: () => void): void {
  try {
    first();
    fs.writeFileSync(descriptor, content);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Folders that had to be made are entries of their parents, which must reach the disk as well. */
export function ensureFolderDurably(folder: string): void {
  const missing: string[] = [];
  const { root } = path.parse(folder); // of a drive that may not be there
  for (let place = folder; place !== root && !fs.pathExistsSync(place); place = path.dirname(place)) {
    missing.push(place);
  }
  fs.ensureDirSync(folder);
  for (const made of missing) {
    syncFolder(path.dirname(made));
  }
}

/** What a system answers that cannot flush a folder: Windows (where NTFS journals names by itself), some network and FUSE file systems. */
const CANNOT_SYNC_FOLDERS: readonly string[] = ["EPERM", "EISDIR", "EINVAL", "ENOTSUP", "ENOSYS", "EBADF"];

/** A new or removed name is durable when its folder is flushed. */
export function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(folder, "r");
    fs.fsyncSync(descriptor);
  } catch (error) {
    if (!CANNOT_SYNC_FOLDERS.includes(systemErrorCode(error) ?? "")) {
      throw error;
    }
  } finally {
    if (descriptor !== undefined) {
      fs.closeSync(descriptor);
    }
  }
}

function removeQuietly(file: string): void {
  try {
    fs.removeSync(file);
  } catch {
    // what made the write fail is told; a leftover is harmless
  }
}
