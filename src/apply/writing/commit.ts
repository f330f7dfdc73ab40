/** The stages of a run that change the hive: edit, check, receipt, commit. */
import type { ImageSession } from "../../image/session.ts";
import { commitHive, editHive, type FormerBytes, type PlannedBytes } from "../../regf/index.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";
import type { Change } from "../../windows/model/change.ts";
import { commitFailure } from "./commit-failure.ts";
import type { Emit } from "../events.ts";
import { makeChanges } from "./execute.ts";
import { fileTime } from "../file-time.ts";
import { binsSha256, stateOfBytes } from "../receipt/hive-state.ts";
import { logEnding, logFormat } from "./log-format.ts";
import { logStates } from "../receipt/log-states.ts";
import { readBack } from "./read-back.ts";
import type { HiveState, Receipt } from "../receipt/receipt.ts";
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
  let receipt: string | null = null;
  let after = before;
  const format = logFormat(family);
  const beforeWrite = (former: FormerBytes, planned: PlannedBytes): void => {
    session.assertUnchanged();
    after = stateOfBytes(planned.primaryBytes(), hive.bins.sizeBytes);
    const { tool, forced, sources, exitCode, undoes, firstBoot } = about;
    receipt = putReceipt(session, emit, {
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
  };
  try {
    // Checks the edited hive in full, and refuses one that has a problem which was not there before, before it calls beforeWrite.
    commitHive(hive, { logFormat: format, createLog: () => session.createLog(logEnding(format)), beforeWrite });
  } catch (error) {
    throw commitFailure(session, error, { doing: about.undoes === undefined ? "apply" : "take-back", receipt });
  }
  if (receipt !== null) {
    emit({ kind: "committed", hive: session.location.hivePath, sha256: after.sha256 });
    readBack(session, changes, after, receipt, emit);
  }
  return { receipt, sha256: after.sha256 };
}

function imageOf({ location }: ImageSession): Receipt["image"] {
  const { path, kind, hivePath } = location;
  return { path, kind, hive: hivePath };
}

function putReceipt(session: ImageSession, emit: Emit, receipt: Receipt): string {
  const written = writeReceipt(session.places.receipts, receipt);
  emit({ kind: "receipt-written", ...written });
  return written.path;
}
