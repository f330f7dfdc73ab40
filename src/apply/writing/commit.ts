/** The stages of a run that change the hive: edit, check, receipt, commit. */
import type { Warning } from "../../exit/warning.ts";
import type { ImageSession } from "../../image/session.ts";
import { commitHive, editHive, type FormerBytes, type PlannedBytes } from "../../regf/index.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";
import type { Change } from "../../windows/model/change.ts";
import { tellWarnings } from "../open-windows.ts";
import { commitFailure } from "./commit-failure.ts";
import type { Emit } from "../events.ts";
import { makeChanges } from "./execute.ts";
import { fileTime } from "../file-time.ts";
import { binsSha256, stateOfBytes } from "../receipt/hive-state.ts";
import { logEnding, logFormat } from "./log-format.ts";
import { logStates } from "../receipt/log-states.ts";
import { createLog } from "./new-log.ts";
import { readBack } from "./read-back.ts";
import type { HiveState, Receipt } from "../receipt/receipt.ts";
import { type PutReceipt, receiptPlaceOf } from "../receipt/put.ts";
import { writeReceipt } from "../receipt/store.ts";

export interface CommitRequest {
  readonly session: ImageSession;
  readonly family: WindowsFamily;
  readonly changes: readonly Change[];
  readonly now: Date;
  /** For the receipt. */
  readonly about: Pick<Receipt, "tool" | "forced" | "sources" | "exitCode" | "undoes" | "firstBoot">;
}

export interface Committed {
  /** The receipt's path; null: the changes came to nothing, and nothing was written. */
  readonly receipt: string | null;
  /** SHA-256 of the hive file afterwards. */
  readonly sha256: string;
  /** Told already. */
  readonly warnings: readonly Warning[];
}

/** Throws Failure: refused (24), writeFailed (29; the image is as before), writeFailedCommitted (30), differs (28). */
export function commitChanges(request: CommitRequest, emit: Emit): Committed {
  const { session, family, changes, about, now } = request;
  const { hive } = session;
  const before: HiveState = {
    sha256: session.hiveSha256,
    sizeBytes: session.files.primary.size(),
    binsSha256: binsSha256(hive),
  };
  const edit = editHive(hive, { now: fileTime(now) });
  const made = makeChanges(hive, edit, changes, emit);
  let receipt: PutReceipt | undefined;
  let after = before;
  const format = logFormat(family);
  const warnings: Warning[] = [];
  const tell = (found: readonly Warning[]): void => {
    warnings.push(...found);
    tellWarnings(found, emit);
  };
  const beforeWrite = (former: FormerBytes, planned: PlannedBytes): void => {
    session.assertUnchanged();
    after = stateOfBytes(planned.primaryBytes(), hive.bins.sizeBytes);
    const { tool, forced, sources, exitCode, undoes, firstBoot } = about;
    receipt = writeReceipt(receiptPlaceOf(session), {
      pintReceipt: 1,
      tool,
      at: now.toISOString(),
      image: imageOf(session),
      undoes,
      forced,
      before,
      logsBefore: logStates(session.location.hivePath),
      after,
      sources,
      changes: made,
      exitCode,
      logFormat: format,
      former,
      firstBoot,
    });
    emit({ kind: "receipt-written", path: receipt.path, sizeBytes: receipt.sizeBytes });
    tell(receipt.warnings); // at once: when the commit fails, the receipt is there all the same
  };
  try {
    // Checks the edited hive in full, and refuses one that has a problem which was not there before, before it calls beforeWrite.
    const newLog = () => createLog(session, logEnding(format), tell);
    commitHive(hive, { logFormat: format, createLog: newLog, beforeWrite });
  } catch (error) {
    throw commitFailure(session, error, {
      doing: about.undoes === undefined ? "apply" : "take-back",
      receipt: receipt?.path ?? null,
    });
  }
  const path = receipt?.path ?? null;
  if (path !== null) {
    emit({ kind: "committed", hive: session.location.hivePath, sha256: after.sha256 });
    readBack(session, changes, after, path, emit);
  }
  return { receipt: path, sha256: after.sha256, warnings };
}

function imageOf({ location }: ImageSession): Receipt["image"] {
  const { path, kind, hivePath } = location;
  return { path, kind, hive: hivePath };
}
