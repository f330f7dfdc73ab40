/** Noticing that another program changed a file while we worked from it. */
import { createHash } from "node:crypto";
import fs from "fs-extra";
import type { Storage } from "../storage/storage.ts";

export interface Fingerprint {
  readonly sizeBytes: number;
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
  /** Volume and file number: another file under the same name (a rename over it) has another one. */
  readonly identity: string;
  /** Of the whole file, lower-case hex. */
  readonly sha256: string;
}

const CHUNK_SIZE = 1 << 20;

/** Reads the whole file through `storage`, and the rest by its path. Throws StorageError, and the system's errors. */
export function takeFingerprint(path: string, storage: Storage): Fingerprint {
  const stats = fs.statSync(path, { bigint: true });
  return {
    sizeBytes: Number(stats.size),
    modified: stats.mtimeNs,
    identity: `${stats.dev}:${stats.ino}`,
    sha256: sha256Of(storage),
  };
}

/** SHA-256 of the whole storage, lower-case hex. Throws StorageError. */
export function sha256Of(storage: Storage): string {
  const hash = createHash("sha256");
  const size = storage.size();
  for (let offset = 0; offset < size; offset += CHUNK_SIZE) {
    hash.update(storage.read(offset, Math.min(CHUNK_SIZE, size - offset)));
  }
  return hash.digest("hex");
}

/** What differs, in words; undefined when nothing does. */
export function difference(before: Fingerprint, now: Fingerprint): string | undefined {
  if (before.identity !== now.identity) {
    return "another file has taken its place";
  }
  if (before.sizeBytes !== now.sizeBytes) {
    return `its size was ${before.sizeBytes} bytes and is ${now.sizeBytes}`;
  }
  if (before.sha256 !== now.sha256) {
    return "its content is not what it was";
  }
  return before.modified === now.modified ? undefined : "it was written again";
}
