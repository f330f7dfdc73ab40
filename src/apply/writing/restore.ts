/** The stage of `undo` that writes: the hive and its logs get their former bytes, and are read back. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { syncFolder } from "../../image/durable-file.ts";
import { sha256Of } from "../../image/fingerprint.ts";
import { LOG_ENDINGS } from "../../image/hive-files.ts";
import type { ImageSession } from "../../image/session.ts";
import { explainSystemError } from "../../image/system-error.ts";
import { formerFiles, restoreHive } from "../../regf/index.ts";
import type { Storage } from "../../storage/storage.ts";
import { commitFailure } from "./commit-failure.ts";
import type { Emit } from "../events.ts";
import { logEnding } from "./log-format.ts";
import { logStates } from "../receipt/log-states.ts";
import type { LogState, Receipt } from "../receipt/receipt.ts";
import type { StoredReceipt } from "../receipt/store.ts";

export interface Restored {
  /** Paths of the files that have their former bytes again. */
  readonly restored: readonly string[];
  /** Paths of the logs that the run had made, and that are gone again. */
  readonly removed: readonly string[];
  /** What is not quite as it was; the hive itself is. */
  readonly remarks: readonly Warning[];
}

/** Throws Failure (20, 24, 28, 29, 30). */
export function restoreFiles(
  session: ImageSession,
  { path: receiptPath, receipt }: StoredReceipt,
  emit: Emit,
): Restored {
  const { files } = session;
  const { former, logFormat } = receipt;
  try {
    refuseOtherBytes(session, receiptPath, receipt);
    const createLog = (): Storage => session.createLog(logEnding(logFormat));
    const { removeLogs } = restoreHive(files, former, { logFormat, createLog });
    refuseDifference(session, receiptPath, receipt);
    const remarks = [
      ...removeLogs.flatMap(removeLog),
      ...files.logs.filter((log) => !removeLogs.includes(log)).flatMap((log) => shortenLog(log, receipt)),
    ];
    const removed = removeLogs.map(({ name }) => name).filter((name) => !fs.pathExistsSync(name));
    const restored = [files.primary, ...files.logs].map(({ name }) => name).filter((name) => fs.pathExistsSync(name));
    tell(restored, removed, emit);
    return { restored, removed, remarks: [...remarks, ...otherLogs(session, receipt)] };
  } catch (error) {
    throw commitFailure(session, error, { doing: "undo", receipt: null });
  }
}

/** What restoreFiles would do; it refuses what that would refuse before it writes. */
export function foreseeRestore(session: ImageSession, { path: receiptPath, receipt }: StoredReceipt): Restored {
  try {
    refuseOtherBytes(session, receiptPath, receipt);
  } catch (error) {
    throw commitFailure(session, error, { doing: "undo", receipt: null });
  }
  const { primary, logs } = session.files;
  const names = logs.map(({ name }) => name);
  const removed = names.filter((name) => isMadeBy(receipt, name));
  return { restored: [primary.name, ...names.filter((name) => !removed.includes(name))], removed, remarks: [] };
}

/** Whether it is a log that the run made. */
function isMadeBy({ former }: Receipt, log: string): boolean {
  return former.files.some(
    ({ role, existed }) => role !== "primary" && !existed && log.toUpperCase().endsWith(LOG_ENDINGS[role]),
  );
}

function tell(restored: readonly string[], removed: readonly string[], emit: Emit): void {
  for (const file of restored) {
    emit({ kind: "restored", file, how: "former-bytes" });
  }
  for (const file of removed) {
    emit({ kind: "restored", file, how: "removed" });
  }
}

/** Before anything is written: the receipt's bytes in the present file must give the file that the receipt names by its hash. */
function refuseOtherBytes({ files }: ImageSession, receiptPath: string, { former, before }: Receipt): void {
  const { primary } = formerFiles(files, former);
  if (primary.size() !== before.sizeBytes || sha256Of(primary) !== before.sha256) {
    throw new Failure(
      "invalidDocument",
      "The former bytes in this receipt do not give back the hive that it names: the receipt was altered, or the hive was",
      { at: receiptPath, code: "receipt-damaged", advice: "use another copy of the receipt; nothing was changed" },
    );
  }
}

function refuseDifference(session: ImageSession, receiptPath: string, { before }: Receipt): void {
  const now = session.presentSha256();
  if (now !== before.sha256) {
    throw new Failure(
      "differs",
      `What was read back from the disk differs from what was meant: its SHA-256 is ${now} instead of ${before.sha256}`,
      {
        at: session.location.hivePath,
        code: "read-back-differs",
        advice: `do not start this Windows; check the disk, and run the undo again (the receipt is ${receiptPath})`,
      },
    );
  }
}

/** The hive is clean, or as dirty as it was, without this log: one that stays is only litter. */
function removeLog(log: Storage): Warning[] {
  try {
    log.close();
    fs.removeSync(log.name);
    syncFolder(path.dirname(log.name));
    return [];
  } catch (error) {
    return [
      {
        code: "log-not-removed",
        message: `${log.name}, which the run had made, cannot be removed: ${explainSystemError(error)}`,
      },
    ];
  }
}

/** A log that grew for the journal ends in zeros now, which nobody reads; as it was, it was shorter. */
function shortenLog(log: Storage, receipt: Receipt): Warning[] {
  const former = formerLog(log, receipt);
  try {
    if (former !== undefined && endsInZeros(log, former.sizeBytes)) {
      log.truncate(former.sizeBytes);
      log.flush();
    }
    return [];
  } catch (error) {
    return [
      {
        code: "log-not-shortened",
        message: `${log.name} ends in zeros that it did not have: ${explainSystemError(error)}`,
      },
    ];
  }
}

/** Bytes that are not zeros are not ours. */
function endsInZeros(log: Storage, from: number): boolean {
  const size = log.size();
  return size > from && log.read(from, size - from).every((byte) => byte === 0);
}

/** A log that another program wrote to cannot be what it was. The hive that is restored does not need it: that was made sure of before. */
function otherLogs({ location }: ImageSession, receipt: Receipt): Warning[] {
  const now = logStates(location.hivePath);
  const find = (logs: readonly LogState[], { name }: LogState): LogState | undefined =>
    logs.find((log) => log.name.toUpperCase() === name.toUpperCase());
  const changed = receipt.logsBefore.filter((log) => find(now, log)?.sha256 !== log.sha256);
  const added = now.filter((log) => find(receipt.logsBefore, log) === undefined && !isMadeBy(receipt, log.name));
  return [
    ...changed.map(({ name }) => `${name} is not as it was: another program wrote to it or removed it`),
    ...added.map(({ name }) => `${name} was not there: another program made it`),
  ].map((what) => ({ code: "log-differs", message: `${what}. The hive itself is as it was` }));
}

function formerLog({ name }: Storage, { logsBefore }: Receipt): LogState | undefined {
  return logsBefore.find((former) => former.name.toUpperCase() === path.basename(name).toUpperCase());
}
