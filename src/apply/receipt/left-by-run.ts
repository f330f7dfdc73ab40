/** Whether the hive's header and the logs beside it are what a run or its undo can have left, and lead back to what the run found. */
import path from "node:path";
import { sha256Of } from "../../image/fingerprint.ts";
import { LOG_ENDINGS } from "../../image/hive-files.ts";
import type { ImageSession } from "../../image/session.ts";
import {
  canBeLeftBy,
  CommitError,
  type FormerFile,
  formerFiles,
  type Hive,
  HiveError,
  openHive,
} from "../../regf/index.ts";
import { binsSha256 } from "./hive-state.ts";
import { logStates } from "./log-states.ts";
import type { LogState, Receipt } from "./receipt.ts";

/** All logs are bit for bit what the run found. */
export function hasLogsAsBefore({ location }: ImageSession, { logsBefore }: Receipt): boolean {
  const asText = (logs: readonly LogState[]): string =>
    logs
      .map(({ name, sha256 }) => `${name.toUpperCase()} ${sha256}`)
      .sort()
      .join();
  return asText(logStates(location.hivePath)) === asText(logsBefore);
}

/** Of a hive whose bins are those before or after the run. Throws StorageError, CommitError. */
export function leftByRun(session: ImageSession, receipt: Receipt): boolean {
  return canBeLeftBy(session.hive, receipt.former, receipt.logFormat) && hasOnlyLogsOf(session, receipt);
}

/**
 * Of a hive that is exactly what the run made, whatever became of the logs since: nobody reads the logs of a clean hive. But a hive that the
 * run found dirty has its last changes in them, and restored beside other logs it would lose those. Throws StorageError.
 */
export function leadsBack(session: ImageSession, receipt: Receipt): boolean {
  if (!receipt.former.files.every((file) => isStillThere(session, file))) {
    return false;
  }
  const then = openFormer(session, receipt);
  return then === undefined || !then.recovery.dirty || binsSha256(then) === receipt.before.binsSha256;
}

/** A log that is gone or shorter has not the bytes that were never written, and so are not in the receipt. */
function isStillThere({ files }: ImageSession, { role, existed, sizeBytes }: FormerFile): boolean {
  if (role === "primary" || !existed) {
    return true;
  }
  const log = files.logs.find(({ name }) => name.toUpperCase().endsWith(LOG_ENDINGS[role]));
  return log !== undefined && log.size() >= sizeBytes;
}

/** undefined: the receipt's bytes make no hive; whoever restores them says so. */
function openFormer({ files }: ImageSession, { former }: Receipt): Hive | undefined {
  try {
    return openHive(formerFiles(files, former), { acceptDirty: true });
  } catch (error) {
    if (error instanceof HiveError || (error instanceof CommitError && error.code === "former-bytes-unusable")) {
      return undefined;
    }
    throw error;
  }
}

/** With the former bytes where the run wrote, every log is what the run found; one that it made may be there. */
function hasOnlyLogsOf({ files, location }: ImageSession, { former, logsBefore }: Receipt): boolean {
  const hashes = new Map(logStates(location.hivePath).map(({ name, sha256 }) => [name.toUpperCase(), sha256]));
  for (const { role, existed } of former.files) {
    if (role !== "primary" && !existed) {
      hashes.delete((path.basename(location.hivePath) + LOG_ENDINGS[role]).toUpperCase());
    }
  }
  for (const log of formerFiles(files, former).logs) {
    hashes.set(path.basename(log.name).toUpperCase(), sha256Of(log));
  }
  return (
    hashes.size === logsBefore.length &&
    logsBefore.every(({ name, sha256 }) => hashes.get(name.toUpperCase()) === sha256)
  );
}
