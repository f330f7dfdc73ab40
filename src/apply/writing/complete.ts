/** Completes on the disk a run that was cut past its point of commit: its journal holds everything, and nothing is planned anew. */
import type { ImageSession } from "../../image/session.ts";
import { type PlannedBytes, recoverHive } from "../../regf/index.ts";
import { commitFailure } from "./commit-failure.ts";
import type { Emit } from "../events.ts";
import { stateOfBytes } from "../receipt/hive-state.ts";
import { readBack } from "./read-back.ts";
import type { HiveState } from "../receipt/receipt.ts";
import type { StoredReceipt } from "../receipt/store.ts";

/**
 * The receipt of that run goes on to fit: it knows the hive by its bins. Returns the SHA-256 of the hive file afterwards.
 * Throws Failure: refused (24), differs (28), writeFailed (29; the hive is as dirty as it was, or clean).
 */
export function completeRun(session: ImageSession, { path, receipt }: StoredReceipt, emit: Emit): string {
  const { hive, location } = session;
  emit({ kind: "receipt-read", path, at: receipt.at });
  let after: HiveState = receipt.after;
  const beforeWrite = (planned: PlannedBytes): void => {
    session.assertUnchanged();
    after = stateOfBytes(planned.primaryBytes(), hive.bins.sizeBytes);
  };
  try {
    recoverHive(hive, { logFormat: receipt.logFormat, beforeWrite });
  } catch (error) {
    const doing = receipt.undoes === undefined ? "apply" : "take-back";
    throw commitFailure(session, error, { doing, receipt: null });
  }
  emit({ kind: "completed", hive: location.hivePath, sha256: after.sha256, at: receipt.at });
  readBack(session, receipt.changes, after, path, emit);
  return after.sha256;
}
