/** Runs that make any change of a hive, with the receipt that `apply` would leave: what the planner asks for is only a part of what a hive can hold. */
import {
  editHive,
  commitHive,
  type FormerBytes,
  type HiveEdit,
  type LogFormat,
  type PlannedBytes,
} from "../../src/regf/index.ts";
import { openImage } from "../../src/image/session.ts";
import { binsSha256, stateOfBytes } from "../../src/apply/receipt/hive-state.ts";
import { logStates } from "../../src/apply/receipt/log-states.ts";
import { receiptPlaceOf } from "../../src/apply/receipt/put.ts";
import { writeReceipt } from "../../src/apply/receipt/store.ts";
import { logEnding } from "../../src/apply/writing/log-format.ts";
import { imageOptions, NOW, SILENT } from "./support.ts";
import { commitChanges } from "../../src/apply/writing/commit.ts";
import type { Change } from "../../src/windows/model/change.ts";
import type { WindowsFamily } from "../../src/windows/model/windows.ts";

/** Returns the receipt's path. Throws CommitError. */
export function runAny(image: string, logFormat: LogFormat, edit: (edit: HiveEdit) => void, now = NOW): string {
  const { force, host } = imageOptions(image);
  const session = openImage(image, { access: "read-write", force, host });
  try {
    const { hive, hiveSha256, files, location } = session;
    const before = { sha256: hiveSha256, sizeBytes: files.primary.size(), binsSha256: binsSha256(hive) };
    edit(editHive(hive, { now: 1n }));
    let receipt = "";
    const beforeWrite = (former: FormerBytes, planned: PlannedBytes): void => {
      receipt = writeReceipt(receiptPlaceOf(session), {
        pintReceipt: 1,
        tool: "pint-offline test",
        at: now.toISOString(),
        image: { path: location.path, kind: location.kind, hive: location.hivePath },
        forced: [],
        before,
        logsBefore: logStates(location.hivePath),
        after: stateOfBytes(planned.primaryBytes(), hive.bins.sizeBytes),
        sources: [],
        changes: [],
        exitCode: 0,
        logFormat,
        former,
      }).path;
    };
    commitHive(hive, { logFormat, createLog: () => session.createLog(logEnding(logFormat)), beforeWrite });
    return receipt;
  } finally {
    session.close();
  }
}

/** The same of changes as a plan has them, the way they go in `apply`. Throws Failure. */
export function runChanges(image: string, family: WindowsFamily, changes: readonly Change[], now = NOW): string {
  const { force, host } = imageOptions(image);
  const session = openImage(image, { access: "read-write", force, host });
  try {
    const about = { tool: "pint-offline test", forced: [], sources: [], exitCode: 0, undoes: undefined } as const;
    return commitChanges({ session, family, changes, now, about }, SILENT).receipt ?? "";
  } finally {
    session.close();
  }
}
