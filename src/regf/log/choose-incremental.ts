/** Decides which HvLE logs are replayed: the one that leads on from the primary, and the one that continues it. */
import type { LeftOutLog, LogReport } from "../recovery.ts";
import { fileName } from "./file-name.ts";
import type { IncrementalLog, ReadLog } from "./log-file.ts";
import { rangesOf } from "./lost.ts";
import type { PrimaryState } from "./primary-state.ts";
import { isLater, nextSequence } from "./sequence.ts";

export interface IncrementalChoice {
  readonly chosen: readonly IncrementalLog[];
  readonly leftOut: readonly LeftOutLog[];
}

/** Of logs that have no sound entry nothing is said here: why they cannot be used is known. */
export function chooseIncremental(primary: PrimaryState, logs: readonly ReadLog[]): IncrementalChoice {
  const readable = logs
    .flatMap(({ sound }) => (sound?.kind === "HvLE" ? [sound] : []))
    .sort((left, right) => (left.sequence - right.sequence) | 0);
  if (!primary.baseBlockValid) return newestAlone(readable.filter(hasEntries));
  const leftOut: LeftOutLog[] = [];
  const subsequent = readable.filter((log) => {
    const isOlder = isLater(primary.secondarySequence, log.sequence);
    if (isOlder && hasEntries(log))
      leftOut.push(because(log, `is older than the hive (${log.sequence} before ${primary.secondarySequence})`));
    return !isOlder;
  });
  const chosen = chain(subsequent, leftOut);
  const [first] = chosen;
  const before = first && entriesBefore(primary, first, logs);
  if (before === undefined) return { chosen, leftOut };
  const why = (log: IncrementalLog) => `begins at ${log.sequence}, after entries of ${before} that cannot be applied`;
  return { chosen: [], leftOut: [...leftOut, ...chosen.map((log) => because(log, why(log)))] };
}

/** Each log must begin where the one before it ended; a log without a sound entry ends where it begins. */
function chain(ordered: readonly IncrementalLog[], leftOut: LeftOutLog[]): IncrementalLog[] {
  const [first, second] = ordered.filter(hasEntries);
  if (first !== undefined && first.sequence === second?.sequence) {
    leftOut.push(...bothBeginAlike(first, second));
    return [];
  }
  const chosen: IncrementalLog[] = [];
  let expected: number | undefined;
  let before = "";
  for (const log of ordered) {
    if (expected !== undefined && log.sequence !== expected) {
      if (hasEntries(log))
        leftOut.push(because(log, `does not continue ${before} (it begins at ${log.sequence}, not at ${expected})`));
      continue;
    }
    before = fileName(log.storage.name);
    const last = log.entries.at(-1);
    expected = last === undefined ? log.sequence : nextSequence(last.sequence);
    if (last !== undefined) chosen.push(log);
  }
  return chosen;
}

/** Where the primary stands is not known then, so that Windows trusts only the newest log to lead to an end. */
function newestAlone(ordered: readonly IncrementalLog[]): IncrementalChoice {
  const last = ordered.at(-1);
  if (last === undefined) return { chosen: [], leftOut: [] };
  const name = fileName(last.storage.name);
  const older = ordered.slice(0, -1);
  const [rival] = older.slice(-1);
  if (rival?.sequence === last.sequence) return { chosen: [], leftOut: bothBeginAlike(rival, last) };
  return {
    chosen: [last],
    leftOut: older.map((log) => because(log, `is older than ${name}, which is replayed alone`)),
  };
}

/** Which of the two belongs to the hive is not to be seen, and Windows' choice is not known. */
function bothBeginAlike(one: IncrementalLog, other: IncrementalLog): LeftOutLog[] {
  const like = ({ storage }: IncrementalLog) => `begins with the same sequence as ${fileName(storage.name)}`;
  return [because(one, like(other)), because(other, like(one))];
}

/** The file of an entry that should be applied before `first`, and cannot be. */
function entriesBefore(primary: PrimaryState, first: IncrementalLog, logs: readonly ReadLog[]): string | undefined {
  const isBefore = ({ firstSequence, lastSequence }: { firstSequence: number; lastSequence: number }): boolean =>
    !isLater(primary.secondarySequence, lastSequence) && isLater(first.sequence, firstSequence);
  const report = logs.map(({ report }) => report).find((it: LogReport) => rangesOf(it).some(isBefore));
  return report && fileName(report.name);
}

function hasEntries({ entries }: IncrementalLog): boolean {
  return entries.length > 0;
}

function because({ index, storage }: IncrementalLog, why: string): LeftOutLog {
  return { index, name: fileName(storage.name), why };
}
