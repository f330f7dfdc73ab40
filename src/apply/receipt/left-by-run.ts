/** Whether the hive's header and the logs beside it are what a run or its undo can have left, when either was cut short. */
import path from "node:path";
import { sha256Of } from "../../image/fingerprint.ts";
import type { ImageSession } from "../../image/session.ts";
import { canBeLeftBy, type FileRole, formerFiles } from "../../regf/index.ts";
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

const NAME_ENDS: readonly (readonly [FileRole, string])[] = [
  ["log", ".LOG"],
  ["log1", ".LOG1"],
  ["log2", ".LOG2"],
];

/** With the former bytes where the run wrote, every log is what the run found; one that it made may be there. */
function hasOnlyLogsOf({ files, location }: ImageSession, { former, logsBefore }: Receipt): boolean {
  const hashes = new Map(logStates(location.hivePath).map(({ name, sha256 }) => [name.toUpperCase(), sha256]));
  for (const { role, existed } of former.files) {
    const end = NAME_ENDS.find(([its]) => its === role)?.[1];
    if (end !== undefined && !existed) {
      hashes.delete((path.basename(location.hivePath) + end).toUpperCase());
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
