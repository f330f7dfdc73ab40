/** The stages of `apply` that change the hive: edit, check, receipt, commit, read back, compare. */
import { Failure } from "../exit/failure.ts";
import { openHiveFiles } from "../image/hive-files.ts";
import type { ImageSession } from "../image/session.ts";
import type { Plan } from "../plan/model.ts";
import {
  checkHive,
  commitHive,
  editHive,
  type FormerBytes,
  type Hive,
  openHive,
  type PlannedBytes,
} from "../regf/index.ts";
import type { WindowsFamily } from "../windows/model/windows.ts";
import { commitFailure } from "./commit-failure.ts";
import type { Emit } from "./events.ts";
import { makeChanges } from "./execute.ts";
import { fileTime } from "./file-time.ts";
import { forcedBy } from "./guards.ts";
import { binsSha256, stateOfBytes } from "./hive-state.ts";
import { logEnding, logFormat } from "./log-format.ts";
import { logStates } from "./log-states.ts";
import type { HiveState, Receipt } from "./receipt.ts";
import { writeReceipt } from "./receipt-store.ts";
import type { Difference } from "./results.ts";
import { differencesFrom } from "./standing.ts";

export interface CommitRequest {
  readonly session: ImageSession;
  readonly family: WindowsFamily;
  readonly plan: Plan;
  readonly tool: string;
  readonly now: Date;
}

export interface Committed {
  /** The receipt's path; null: the changes came to nothing, and nothing was written. */
  readonly receipt: string | null;
  /** SHA-256 of the hive file afterwards. */
  readonly sha256: string;
}

/** Throws Failure: refused (24), writeFailed (29; the image is as before), writeFailedCommitted (30), differs (28). */
export function commitChanges(request: CommitRequest, emit: Emit): Committed {
  const { session, family, plan, now } = request;
  const { hive } = session;
  const before: HiveState = {
    sha256: session.hiveSha256,
    sizeBytes: session.files.primary.size(),
    binsSha256: binsSha256(hive),
  };
  const edit = editHive(hive, { now: fileTime(now) });
  makeChanges(hive, edit, plan.steps, emit);
  let receipt: string | null = null;
  let after = before;
  const beforeWrite = (former: FormerBytes, planned: PlannedBytes): void => {
    session.assertUnchanged();
    after = stateOfBytes(planned.primaryBytes(), hive.bins.sizeBytes);
    receipt = putReceipt(request, before, after, former, emit);
  };
  const format = logFormat(family);
  try {
    // Checks the edited hive in full, and refuses one that has a problem which was not there before, before it calls beforeWrite.
    commitHive(hive, { logFormat: format, createLog: () => session.createLog(logEnding(format)), beforeWrite });
  } catch (error) {
    throw commitFailure(session.location.hivePath, error, receipt);
  }
  if (receipt !== null) {
    emit({ kind: "committed", hive: session.location.hivePath, sha256: after.sha256 });
    readBack(session, plan, after, receipt, emit);
  }
  return { receipt, sha256: after.sha256 };
}

function putReceipt(
  request: CommitRequest,
  before: HiveState,
  after: HiveState,
  former: FormerBytes,
  emit: Emit,
): string {
  const { session, plan, tool, now } = request;
  const { path: image, kind, hivePath } = session.location;
  const receipt: Receipt = {
    pintReceipt: 1,
    tool,
    at: now.toISOString(),
    image: { path: image, kind, hive: hivePath },
    forced: forcedBy(plan.warnings),
    before,
    logsBefore: logStates(hivePath),
    after,
    sources: plan.sources,
    changes: plan.steps,
    exitCode: plan.exitCode,
    logFormat: logFormat(request.family),
    former,
  };
  const written = writeReceipt(session.places.receipts, receipt);
  emit({ kind: "receipt-written", ...written });
  return written.path;
}

function isSound(hive: Hive, emit: Emit): boolean {
  const { problems, counts } = checkHive(hive);
  emit({ kind: "checked", stage: "read-back", ...counts, problems: problems.length });
  return problems.every(({ severity }) => severity !== "fatal");
}

/** From the disk, through files opened afresh: nothing of this run's memory takes part. */
function readBack(session: ImageSession, { steps }: Plan, after: HiveState, receipt: string, emit: Emit): void {
  const differences = differencesOnDisk(session, steps, after, emit);
  emit({ kind: "compared", changes: steps.length, differences: differences.length });
  const [first] = differences;
  if (first !== undefined) {
    throw new Failure(
      "differs",
      `What was read back from the disk differs from what was meant: ${first.message} (${differences.length} differences)`,
      {
        at:
          first.key === undefined
            ? session.location.hivePath
            : `${first.key}${first.name === undefined ? "" : `\\${first.name}`}`,
        code: "read-back-differs",
        advice: `do not start this Windows; restore the hive (the receipt is ${receipt}) and check the disk`,
      },
    );
  }
}

function differencesOnDisk(
  session: ImageSession,
  steps: Plan["steps"],
  after: HiveState,
  emit: Emit,
): readonly Difference[] {
  const files = openHiveFiles(session.location.hivePath, "read", false);
  try {
    const hive = openHive(files);
    const sound = isSound(hive, emit);
    const now = session.presentSha256();
    return [
      ...(now === after.sha256 ? [] : [{ message: `The file's SHA-256 is ${now} instead of ${after.sha256}` }]),
      ...(sound ? [] : [{ message: "The hive has a fatal problem" }]),
      ...differencesFrom(hive.root, steps),
    ];
  } finally {
    files.close();
  }
}
