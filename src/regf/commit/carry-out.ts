/** Carries out an order on the disk, says what a failure means, and compares what is there afterwards. */
import { sameBytes } from "../../bytes/same.ts";
import { StorageError } from "../../storage/storage.ts";
import type { Disk } from "./disk.ts";
import { contentAfter, writtenRanges } from "./former.ts";
import { CommitError, type FileRole } from "./model.ts";
import { type Order, operationsOf } from "./operations.ts";

/** Turns a StorageError into a CommitError before the point of commit; everything else comes out as it is. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new CommitError("storage", error.message, false, error);
  }
}

/** `expected` is what the primary must hold in the end. Throws CommitError. */
export function carryOut(disk: Disk, order: Order, expected: Uint8Array): void {
  attempt(() => disk.run(order.before), false);
  attempt(
    () => disk.run(order.arm),
    () => isArmed(disk, order),
  );
  attempt(() => disk.run(order.after), true);
  attempt(() => compare(disk, order, expected), true);
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

function compare(disk: Disk, order: Order, expected: Uint8Array): void {
  if (!sameBytes(disk.contents("primary"), expected)) throw differs(disk, "primary");
  const operations = operationsOf(order);
  for (const role of disk.files.keys()) {
    if (role === "primary") continue;
    const written = contentAfter(new Uint8Array(0), operations, role);
    const found = disk.contents(role);
    const isSame = writtenRanges(operations, role).every(({ start, end }) =>
      sameBytes(found.subarray(start, end), written.subarray(start, end)),
    );
    if (!isSame) throw differs(disk, role);
  }
}

function differs(disk: Disk, role: FileRole): CommitError {
  const name = disk.files.get(role)?.name ?? role;
  return new CommitError("read-back-differs", `What was read back from ${name} is not what was written`, true);
}
