/** What went wrong in a commit or an undo, and what state the image is in: the difference between exit 29 and 30. */
import path from "node:path";
import type { ExitName } from "../../exit/codes.ts";
import { Failure } from "../../exit/failure.ts";
import { asFailure } from "../../image/failures.ts";
import type { ImageSession } from "../../image/session.ts";
import { CommitError, type CommitErrorCode } from "../../regf/index.ts";

export interface FailedWork {
  /** "take-back" is an undo value by value. */
  readonly doing: "apply" | "undo" | "take-back";
  /** The path of the receipt that this run had written before it failed. */
  readonly receipt: string | null;
}

/** `storage` depends on the moment. */
type Settled = Exclude<CommitErrorCode, "storage">;

const EXITS: Readonly<Record<Settled, ExitName>> = {
  "log-format-contradicts": "refused",
  "changed-meanwhile": "writeFailed",
  "new-problem": "internal",
  "read-back-differs": "differs",
  "former-bytes-unusable": "invalidDocument",
  "unarmed-differs": "writeFailed",
};

const ADVICE: Readonly<Record<Exclude<Settled, "log-format-contradicts">, string>> = {
  "changed-meanwhile": "nothing was written; end the other program and run the command again",
  "new-problem": "nothing was written; this is a fault of this program: please report it",
  "read-back-differs": "do not start this Windows; check the disk, then restore the hive with pint undo",
  "former-bytes-unusable": "nothing was written; use another copy of the receipt",
  "unarmed-differs":
    "the hive, once loaded, is as it was before; end the program that writes to it, or check the disk, and run the command again",
};

/** What is no error of a commit comes back as it is, or as a Failure where a file or a system caused it. */
export function commitFailure(session: ImageSession, error: unknown, work: FailedWork): unknown {
  const { hivePath } = session.location;
  if (!(error instanceof CommitError)) {
    return asFailure(hivePath, error);
  }
  const details = { at: hivePath, code: error.code, cause: error };
  switch (error.code) {
    case "storage":
      return error.afterPointOfCommit
        ? new Failure("writeFailedCommitted", `A write failed after the point of commit: ${error.message}`, {
            ...details,
            code: "write-failed-committed",
            advice: COMMITTED_ADVICE[work.doing],
          })
        : new Failure("writeFailed", `A write failed; the hive, once loaded, is as it was before: ${error.message}`, {
            ...details,
            code: "write-failed",
            advice: `check the disk, its room and its cable, and run the command again${aboutReceipt(work)}`,
          });
    case "log-format-contradicts":
      return new Failure(EXITS[error.code], error.message, { ...details, advice: adviceOnLogs(session) });
    default:
      return new Failure(EXITS[error.code], error.message, { ...details, advice: ADVICE[error.code] });
  }
}

/** Exactly what happens: `apply` with nothing left to change and an undo value by value complete their own cut run, and an undo bit for bit begins by recovering the hive. */
const COMMITTED_ADVICE: Readonly<Record<FailedWork["doing"], string>> = {
  apply:
    "the hive's log holds the whole new state; check the disk, then run apply again, which completes it (a plan file has to be made anew), as the next start of that Windows does; pint undo takes it back",
  "take-back":
    "the hive's log holds everything that was taken back; check the disk, then run the same undo again, which completes it; the next start of that Windows would too",
  undo: "the hive's log holds the whole former state; check the disk, then run the undo again, which completes it; the next start of that Windows would too",
};

/** Nobody reads the logs of a clean hive, but they are not quite as before either. */
function aboutReceipt({ receipt }: FailedWork): string {
  return receipt === null ? "" : `; what it left in a log or beside the hive's keys, pint undo takes back (${receipt})`;
}

/** Windows makes new logs for a clean hive that has none; a dirty one needs what its logs hold. */
function adviceOnLogs({ hive, files, location }: ImageSession): string {
  if (hive.recovery.dirty) {
    return "nothing was written; the hive is dirty and needs these logs: start that Windows once and shut it down, or load and unload the hive in the Windows that wrote them";
  }
  const logs = files.logs.map(({ name }) => path.basename(name)).join(" and ");
  return `nothing was written; the hive is clean and needs no log: move ${logs} out of ${path.dirname(location.hivePath)} and run the command again`;
}
