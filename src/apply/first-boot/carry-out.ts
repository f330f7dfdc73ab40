/** A commit with a finisher beside it: the files are in the image before the hive's point of commit, and gone again when that is not reached. */
import { Failure } from "../../exit/failure.ts";
import type { ExitName } from "../../exit/codes.ts";
import type { Emit } from "../events.ts";
import type { FirstBootFiles } from "../receipt/receipt.ts";
import type { FirstBootContext } from "./context.ts";
import type { PreparedFirstBoot } from "./prepare.ts";
import { clearAway } from "./clear-away.ts";
import { type PutFirstBoot, putFirstBoot } from "./put.ts";
import { withLeftovers } from "./refusals.ts";

/** Then the service is in the hive, or may be: its program must stay. */
const PAST_THE_COMMIT: readonly ExitName[] = ["writeFailedCommitted", "differs"];

export interface CarriedOut<T> {
  readonly committed: T;
  readonly put: PutFirstBoot | undefined;
}

/** `commit` gets what belongs into the receipt. Throws what it throws, and Failure as putFirstBoot. */
export function withFinisher<T>(
  firstBoot: PreparedFirstBoot | undefined,
  context: Pick<FirstBootContext, "session" | "host" | "force">,
  emit: Emit,
  commit: (files: FirstBootFiles | undefined) => T,
): CarriedOut<T> {
  if (firstBoot === undefined) return { committed: commit(undefined), put: undefined };
  const put = putFirstBoot(firstBoot, context, emit);
  const committed = committedOrTakenAway(put, commit);
  return { committed, put: { ...put, warnings: [...put.warnings, ...clearAway(firstBoot.stale, emit)] } };
}

function committedOrTakenAway<T>(put: PutFirstBoot, commit: (files: FirstBootFiles | undefined) => T): T {
  try {
    return commit(put.files);
  } catch (error) {
    if (error instanceof Failure && PAST_THE_COMMIT.includes(error.exit)) throw error;
    const left = put.takeAway();
    throw error instanceof Failure ? withLeftovers(error, left) : error;
  }
}
