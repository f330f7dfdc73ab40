/** The last stages of `apply`: reads back what was written, checks it in full, and compares it with what was meant. */
import { Failure } from "../../exit/failure.ts";
import { asFailure } from "../../image/failures.ts";
import { openHiveFiles } from "../../image/hive-files.ts";
import type { ImageSession } from "../../image/session.ts";
import { checkHive, type Hive, HiveError, openHive } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import type { Emit } from "../events.ts";
import type { HiveState } from "../receipt/receipt.ts";
import type { Difference } from "../results.ts";
import { differencesFrom } from "./standing.ts";

/**
 * `receipt` is the path of the one that takes back what was written. From the disk, through files opened afresh: nothing of this run's memory takes part.
 * Throws Failure: differs (28), writeFailedCommitted (30) where the disk cannot be read any more.
 */
export function readBack(
  session: ImageSession,
  steps: readonly Change[],
  after: HiveState,
  receipt: string,
  emit: Emit,
): void {
  const differences = readable(session, receipt, () => differencesOnDisk(session, steps, after, emit));
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

/** Everything is written by then: what cannot be read back is no missing image. */
function readable<T>({ location }: ImageSession, receipt: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const failure = asFailure(location.hivePath, error);
    if (!(failure instanceof Failure)) {
      throw error;
    }
    const isDamaged = error instanceof HiveError;
    throw new Failure(
      isDamaged ? "differs" : "writeFailedCommitted",
      `Everything was written, and cannot be read back: ${failure.message}`,
      {
        at: location.hivePath,
        code: isDamaged ? "read-back-differs" : "cannot-be-read-back",
        advice: isDamaged
          ? `do not start this Windows; restore the hive (the receipt is ${receipt}) and check the disk`
          : `check the disk, then look at the image with pint verify; pint undo takes the run back (${receipt})`,
        cause: error,
      },
    );
  }
}

function differencesOnDisk(
  session: ImageSession,
  steps: readonly Change[],
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

function isSound(hive: Hive, emit: Emit): boolean {
  const { problems, counts } = checkHive(hive);
  emit({ kind: "checked", stage: "read-back", ...counts, problems: problems.length });
  return problems.every(({ severity }) => severity !== "fatal");
}
