/** What went wrong in a commit or an undo, and what state the image is in: the difference between exit 29 and 30. */
import type { ExitName } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import { asFailure } from "../image/failures.ts";
import { CommitError, type CommitErrorCode } from "../regf/index.ts";

/** `storage` depends on the moment. */
const EXITS: Readonly<Record<Exclude<CommitErrorCode, "storage">, ExitName>> = {
  "log-format-contradicts": "refused",
  "changed-meanwhile": "refused",
  "new-problem": "internal",
  "read-back-differs": "differs",
  "former-bytes-unusable": "invalidDocument",
};

const ADVICE: Readonly<Record<CommitErrorCode, string>> = {
  storage: "check the disk, its room and its cable, and run the command again",
  "log-format-contradicts":
    "nothing was written; start that Windows once and shut it down, so that it leaves logs of its own kind",
  "changed-meanwhile": "nothing was written; end the other program and run the command again",
  "new-problem": "nothing was written; this is a fault of this program: please report it",
  "read-back-differs": "do not start this Windows; check the disk, then restore the hive with pint undo",
  "former-bytes-unusable": "nothing was written; use another copy of the receipt",
};

/** `receipt` is its path, when it was written before the failure. What is no error of a commit comes back as it is, or as a Failure where a file or a system caused it. */
export function commitFailure(hivePath: string, error: unknown, receipt: string | null): unknown {
  if (!(error instanceof CommitError)) {
    return asFailure(hivePath, error);
  }
  const details = { at: hivePath, code: error.code, cause: error };
  if (error.code !== "storage") {
    return new Failure(EXITS[error.code], error.message, { ...details, advice: ADVICE[error.code] });
  }
  return error.afterPointOfCommit
    ? new Failure("writeFailedCommitted", `A write failed after the point of commit: ${error.message}`, {
        ...details,
        code: "write-failed-committed",
        advice:
          "the hive's log holds the whole new state: the next start of that Windows completes it, and so does the next change by this program; check the disk",
      })
    : new Failure("writeFailed", `A write failed; the image is as it was before: ${error.message}`, {
        ...details,
        code: "write-failed",
        advice: `${ADVICE.storage}${receipt === null ? "" : `; ${receipt} is the receipt of the run that failed`}`,
      });
}
