/** The logs beside a hive as a receipt tells them: all that are there, also one that this Windows does not read. */
import path from "node:path";
import fs from "fs-extra";
import { sha256Of } from "../../image/fingerprint.ts";
import { LOG_ENDINGS } from "../../image/hive-files.ts";
import { findEntry } from "../../image/volume-path.ts";
import { openFile } from "../../storage/file.ts";
import type { LogState } from "./receipt.ts";

/** Only files: Windows keeps no log as anything else, and what the hive's own Windows does not read is not asked about. Throws StorageError, Failure. */
export function logStates(hivePath: string): LogState[] {
  const folder = path.dirname(hivePath);
  return Object.values(LOG_ENDINGS)
    .flatMap((ending) => findEntry(folder, path.basename(hivePath) + ending) ?? [])
    .filter((name) => fs.lstatSync(path.join(folder, name)).isFile())
    .map((name) => {
      const log = openFile(path.join(folder, name), "read");
      try {
        return { name, sizeBytes: log.size(), sha256: sha256Of(log) };
      } finally {
        log.close();
      }
    });
}
