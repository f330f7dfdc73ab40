/** Carries out an order on the disk, says what a failure means, and compares what is there afterwards. */
import { sameBytes } from "../../bytes/same.ts";
import { StorageError } from "../../storage/storage.ts";
import type { Disk } from "./disk.ts";
import { contentAfter, writtenRanges } from "./former.ts";
import { CommitError } from "./model.ts";
import { type Operation, type Order, operationsOf } from "./operations.ts";

/** Turns a StorageError into a CommitError before the point of commit; everything else comes out as it is. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new CommitError("storage", error.message, false, error);
  }
}

/** The primary, whole. */
export interface Contents {
  readonly now: Uint8Array;
  readonly inTheEnd: Uint8Array;
}

/**
 * What leads to the point of commit is read back before it: a journal that is not there whole, or a hive that
 * another program has written to meanwhile, is not armed. In the end everything is read back. Throws CommitError.
 */
export function carryOut(disk: Disk, order: Order, primary: Contents): void {
  attempt(() => disk.run(order.before), false);
  if (order.arm.length > 0) attempt(() => compareUnarmed(disk, order, primary.now), false);
  attempt(
    () => disk.run(order.arm),
    () => isArmed(disk, order),
  );
  attempt(() => disk.run(order.after), true);
  attempt(() => compareWritten(disk, order, primary.inTheEnd), true);
}

function attempt(action: () => void, afterPointOfCommit: boolean | (() => boolean)): void {
  try {
    action();
  } catch (error) {
    if (error instanceof CommitError) throw error;
    const after = typeof afterPointOfCommit === "boolean" ? afterPointOfCommit : afterPointOfCommit();
    throw new CommitError("storage", error instanceof Error ? error.message : String(error), after, error);
  }
}

/** After a failure at the point of commit itself: the hive is as it was only if its base block still is; a torn one leads to the journal. */
function isArmed(disk: Disk, { unarmedBlock }: Order): boolean {
  try {
    const found = disk.files.get("primary")?.read(0, unarmedBlock.length);
    return found === undefined || !sameBytes(found, unarmedBlock);
  } catch {
    return true;
  }
}

function compareUnarmed(disk: Disk, order: Order, now: Uint8Array): void {
  const file = firstThatDiffers(disk, order.before, contentAfter(now, order.before, "primary"));
  if (file === undefined) return;
  const message = `What was read back from ${file} before the point of commit is not what was written: another program writes to it, or the disk loses writes`;
  throw new CommitError("unarmed-differs", message, false);
}

function compareWritten(disk: Disk, order: Order, expected: Uint8Array): void {
  const file = firstThatDiffers(disk, operationsOf(order), expected);
  if (file === undefined) return;
  throw new CommitError("read-back-differs", `What was read back from ${file} is not what was written`, true);
}

/** The primary must be as a whole what is expected; of logs, what was written counts. */
function firstThatDiffers(disk: Disk, operations: readonly Operation[], expected: Uint8Array): string | undefined {
  for (const [role, { name }] of disk.files) {
    const found = disk.contents(role);
    if (role === "primary") {
      if (!sameBytes(found, expected)) return name;
      continue;
    }
    const written = contentAfter(new Uint8Array(0), operations, role);
    const isSame = writtenRanges(operations, role).every(({ start, end }) =>
      sameBytes(found.subarray(start, end), written.subarray(start, end)),
    );
    if (!isSame) return name;
  }
  return undefined;
}
