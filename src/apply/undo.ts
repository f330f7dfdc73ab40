/** `undo`: puts back, bit for bit, what a run of `apply` found, as long as nothing else has written since. */
import path from "node:path";
import fs from "fs-extra";
import { EXIT_CODES } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import { syncFolder } from "../image/durable-file.ts";
import { sha256Of } from "../image/fingerprint.ts";
import type { ImageSession } from "../image/session.ts";
import type { PlanWarning } from "../plan/model.ts";
import { formerFiles, restoreHive } from "../regf/index.ts";
import type { Storage } from "../storage/storage.ts";
import { chooseReceipt } from "./choose-receipt.ts";
import { commitFailure } from "./commit-failure.ts";
import type { Emit } from "./events.ts";
import { refuseBlocked, weighGuards } from "./guards.ts";
import { logEnding } from "./log-format.ts";
import {
  forcedDirty,
  linkWarnings,
  type ImageOptions,
  summariseImage,
  tellWarnings,
  withImage,
} from "./open-windows.ts";
import type { Receipt } from "./receipt.ts";
import type { StoredReceipt } from "./receipt-store.ts";
import type { UndoResult } from "./results.ts";

export interface UndoOptions extends ImageOptions {
  /** A receipt's path; absent: the one in the image that fits the hive as it is. */
  readonly receipt?: string | undefined;
}

/**
 * After a power cut in the middle of a run or of an undo too. Throws Failure: refused (24) when no receipt fits or the
 * hive was written since, invalidDocument (20) for a receipt that is not whole, 29 and 30 as apply, differs (28).
 */
export function undoImage(options: UndoOptions, emit: Emit): UndoResult {
  return withImage(options, "read-write", emit, (session) => {
    const verdict = weighGuards({ volume: session.evidence }, options.force, emit);
    refuseBlocked(verdict);
    const chosen = chooseReceipt(session, options.receipt);
    emit({ kind: "receipt-read", path: chosen.path, at: chosen.receipt.at });
    session.assertUnchanged();
    const restored = restore(session, chosen, emit);
    const warnings = [
      ...linkWarnings(session.location.links),
      ...forcedDirty(session.hive),
      ...verdict.warnings,
      ...chosen.warnings,
      ...compare(session, chosen),
    ];
    tellWarnings(warnings, emit);
    return {
      image: summariseImage(session),
      receipt: chosen.path,
      appliedAt: chosen.receipt.at,
      ...restored,
      hiveSha256: { before: session.hiveSha256, after: chosen.receipt.before.sha256 },
      warnings,
      exitCode: EXIT_CODES.done,
    };
  });
}

function restore(
  session: ImageSession,
  { path: receiptPath, receipt }: StoredReceipt,
  emit: Emit,
): Pick<UndoResult, "restored" | "removed"> {
  const { files, location } = session;
  const { former, logFormat } = receipt;
  try {
    refuseOtherBytes(session, receiptPath, receipt);
    const { removeLogs } = restoreHive(files, former, {
      logFormat,
      createLog: () => session.createLog(logEnding(logFormat)),
    });
    shortenLogs(session, receipt);
    const removed = removeLogs.map((log) => removeLog(log, emit));
    const restored = [files.primary, ...files.logs].map(({ name }) => name).filter((name) => !removed.includes(name));
    for (const file of restored) {
      emit({ kind: "restored", file, how: "former-bytes" });
    }
    return { restored, removed };
  } catch (error) {
    throw commitFailure(location.hivePath, error, null);
  }
}

/** Before anything is written: the receipt's bytes in the present file must give the file that the receipt names by its hash. */
function refuseOtherBytes({ files }: ImageSession, receiptPath: string, { former, before }: Receipt): void {
  const { primary } = formerFiles(files, former);
  if (primary.size() !== before.sizeBytes || sha256Of(primary) !== before.sha256) {
    throw new Failure(
      "invalidDocument",
      "The former bytes in this receipt do not give back the hive that it names: the receipt was altered, or the hive was",
      {
        at: receiptPath,
        code: "receipt-damaged",
        advice: "use another copy of the receipt; nothing was changed",
      },
    );
  }
}

/** A log that grew for the journal ends in zeros now, which nobody reads; as it was, it was shorter. */
function shortenLogs({ files }: ImageSession, { logsBefore }: Receipt): void {
  for (const log of files.logs) {
    const former = logsBefore.find(({ name }) => name.toUpperCase() === path.basename(log.name).toUpperCase());
    if (former !== undefined && log.size() > former.sizeBytes) {
      log.truncate(former.sizeBytes);
      log.flush();
    }
  }
}

function removeLog(log: Storage, emit: Emit): string {
  log.close();
  fs.removeSync(log.name);
  syncFolder(path.dirname(log.name));
  emit({ kind: "restored", file: log.name, how: "removed" });
  return log.name;
}

/** The hive must be what it was; a log that another program wrote to cannot be, and that is told. */
function compare(session: ImageSession, { receipt, path: receiptPath }: StoredReceipt): PlanWarning[] {
  const now = session.presentSha256();
  if (now !== receipt.before.sha256) {
    throw new Failure(
      "differs",
      `What was read back from the disk differs from what was meant: its SHA-256 is ${now} instead of ${receipt.before.sha256}`,
      {
        at: session.location.hivePath,
        code: "read-back-differs",
        advice: `do not start this Windows; check the disk, and run the undo again (the receipt is ${receiptPath})`,
      },
    );
  }
  return receipt.logsBefore.flatMap(({ name, sha256 }): PlanWarning[] => {
    const log = session.files.logs.find((each) => path.basename(each.name).toUpperCase() === name.toUpperCase());
    return log !== undefined && sha256Of(log) === sha256
      ? []
      : [
          {
            code: "log-differs",
            message: `${name} is not as it was: another program wrote to it or removed it. The hive itself is as it was`,
          },
        ];
  });
}
