/** Takes a commit back: the hive and its logs as they were, bit for bit, and as safe from a power cut as the commit was. */
import { sameBytes } from "../../bytes/same.ts";
import type { Storage } from "../../storage/storage.ts";
import { checkHive } from "../check/check-hive.ts";
import type { Hive, HiveFiles } from "../hive.ts";
import { HiveError } from "../hive-error.ts";
import { openHive } from "../open.ts";
import { allPages, type BinsState, stateBeforeEdit } from "./bins-state.ts";
import { carryOut, reading } from "./carry-out.ts";
import { commitSteps } from "./commit-steps.ts";
import { Disk } from "./disk.ts";
import { contentAfter } from "./former.ts";
import { formerFiles } from "./former-files.ts";
import { baseBlockBytes } from "./base-block-bytes.ts";
import { refuseOtherFormat } from "./log-format.ts";
import { CommitError, type FormerBytes, type LogFormat } from "./model.ts";
import { type Operation, type Order, operationsOf } from "./operations.ts";
import { commitOrder, recoveryOrder } from "./order.ts";
import { planRecovery } from "./recovery-steps.ts";
import { restoreOrder } from "./restore-order.ts";
import { restoreSteps } from "./restore-steps.ts";
import { sequenceOf, sequencesTowards } from "./sequences.ts";

export interface RestoreOptions {
  readonly logFormat: LogFormat;
  /** As in a commit; needed only when every log has been removed since. */
  readonly createLog: () => Storage;
}

export interface RestoreReport {
  /** False when everything was as it should be already. */
  readonly written: boolean;
  /** Logs that did not exist before the commit: to be deleted now. */
  readonly removeLogs: readonly Storage[];
  readonly bytesWritten: number;
}

/**
 * Make sure first that the hive is what the commit made of it, or what a power cut in the commit or in an undo left (`formerFiles` says what this would lead to):
 * whatever else was written since is overwritten. Logs that have grown keep their size, and end in zeros.
 * Throws CommitError; HiveError when the hive as it is now cannot be opened.
 */
export function restoreHive(files: HiveFiles, former: FormerBytes, options: RestoreOptions): RestoreReport {
  const disk = new Disk(files, options.createLog);
  const then = openFormer(formerFiles(files, former));
  const { order, found, expected } = reading(() => {
    const now = openHive(files, { acceptDirty: then.recovery.acceptedDirty });
    refuseOtherFormat(now, options.logFormat);
    const target = cleanTarget(then, options.logFormat);
    const towards = planReturn(now, target, disk, options.logFormat);
    const found = disk.contents("primary");
    const content = contentAfter(found, operationsOf(towards), "primary");
    const expected = then.files.primary.read(0, then.files.primary.size());
    const { standIn } = target;
    const finish = restoreOrder(restoreSteps({ disk, former, then, content, expected, order: towards, standIn }));
    return { order: { ...towards, after: [...towards.after, ...finish] }, found, expected };
  });
  const written =
    operationsOf(order).some(({ kind }) => kind === "write") || disk.sizeOf("primary") !== expected.length;
  if (written) carryOut(disk, order, { now: found, inTheEnd: expected });
  const absent = new Set(former.files.flatMap(({ role, existed }) => (existed ? [] : [role])));
  const removeLogs = [...disk.files].flatMap(([role, log]) =>
    absent.has(role) || log === disk.createdLog ? [log] : [],
  );
  return { written, removeLogs, bytesWritten: disk.bytesWritten };
}

/** The hive that the former files hold. */
function openFormer(files: HiveFiles): Hive {
  try {
    const hive = openHive(files, { acceptDirty: true });
    const fatal = checkHive(hive).problems.find(({ severity }) => severity === "fatal");
    if (fatal !== undefined) throw new HiveError(fatal);
    return hive;
  } catch (error) {
    if (!(error instanceof HiveError)) throw error;
    const message = `The former bytes do not make a sound hive here: ${error.message}`;
    throw new CommitError("former-bytes-unusable", message, false, error);
  }
}

/** From the hive as it is to the former tree, clean: a commit like any other, but towards a base block that is known. */
function planReturn(now: Hive, target: CleanTarget, disk: Disk, format: LogFormat): Order {
  const recovery = now.recovery.dirty ? planRecovery(now, format) : undefined;
  const recovered: Operation[] = recovery === undefined ? [] : recoveryOrder(recovery.steps);
  const unarmedBlock = recovery?.steps.cleanBlock ?? baseBlockBytes(now);
  const before = recovery?.state ?? stateBeforeEdit(now.bins);
  const header = new DataView(target.block.buffer);
  const steps = commitSteps(disk, {
    format,
    sequences: sequencesTowards(format, sequenceOf(header)),
    unarmedBlock,
    header,
    before,
    after: target.state,
    candidates: allPages(before),
  });
  if (steps.pages.length === 0 && sameBytes(unarmedBlock, target.block)) {
    return { before: recovered, unarmedBlock, arm: [], after: [] };
  }
  const order = commitOrder(steps);
  return { ...order, before: [...recovered, ...order.before] };
}

/** The former hive, or of a dirty one what its recovery would make of it. */
interface CleanTarget {
  readonly block: Uint8Array;
  readonly state: BinsState;
  /** Of that recovery. */
  readonly standIn: Uint8Array | undefined;
}

function cleanTarget(then: Hive, format: LogFormat): CleanTarget {
  const { dirty } = then.recovery;
  if (!dirty) return { block: baseBlockBytes(then), state: stateBeforeEdit(then.bins), standIn: undefined };
  const { steps, state } = planRecovery(then, format);
  return { block: steps.cleanBlock, state, standIn: steps.dirtyBlock };
}
