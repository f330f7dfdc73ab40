/** Completes on the disk what a dirty hive's logs hold, as the next load would: nothing is changed that a reader of the logs can see. */
import { checkHive } from "../check/check-hive.ts";
import type { Hive } from "../hive.ts";
import { HiveError } from "../hive-error.ts";
import { baseBlockBytes } from "./base-block-bytes.ts";
import { carryOut, reading } from "./carry-out.ts";
import { refuseOtherFile } from "./commit-hive.ts";
import { Disk } from "./disk.ts";
import { contentAfter } from "./former.ts";
import { refuseOtherFormat } from "./log-format.ts";
import type { LogFormat, PlannedBytes } from "./model.ts";
import { operationsOf, type Order } from "./operations.ts";
import { recoveryOrder } from "./order.ts";
import { planRecovery } from "./recovery-steps.ts";

export interface RecoverOptions {
  readonly logFormat: LogFormat;
  /** Called once, when everything is checked and before the first byte is written; what it throws comes out as it is. */
  readonly beforeWrite?: (planned: PlannedBytes) => void;
}

export interface RecoverReport {
  /** False for a clean hive. */
  readonly written: boolean;
  readonly bytesWritten: number;
}

/**
 * For a hive that was opened and not edited; afterwards open it again. A power cut on the way leaves it as dirty as it was, or clean.
 * Throws CommitError; HiveError when the hive has a fatal problem.
 */
export function recoverHive(hive: Hive, options: RecoverOptions): RecoverReport {
  if (!hive.recovery.dirty) return { written: false, bytesWritten: 0 };
  const disk = new Disk(hive.files, () => {
    throw new Error("a recovery creates no log");
  });
  const { order, content, expected } = reading(() => {
    refuseOtherFormat(hive, options.logFormat);
    refuseFatal(hive);
    const content = disk.contents("primary");
    refuseOtherFile(hive, content);
    const { steps } = planRecovery(hive, options.logFormat);
    const planned: Order = { before: recoveryOrder(steps), unarmedBlock: baseBlockBytes(hive), arm: [], after: [] };
    return { order: planned, content, expected: contentAfter(content, operationsOf(planned), "primary") };
  });
  options.beforeWrite?.({ primaryBytes: () => expected.slice() });
  carryOut(disk, order, { now: content, inTheEnd: expected });
  return { written: true, bytesWritten: disk.bytesWritten };
}

function refuseFatal(hive: Hive): void {
  const fatal = checkHive(hive).problems.find(({ severity }) => severity === "fatal");
  if (fatal !== undefined) throw new HiveError(fatal);
}
