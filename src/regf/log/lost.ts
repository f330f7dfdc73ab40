/** Finds the sound entries of a hive's logs that are later than what the replay leads to, and that nothing leads to. */
import type { EntryRange, LogReport, LostEntries } from "../recovery.ts";
import type { DirtLog, IncrementalLog } from "./log-file.ts";
import type { PrimaryState } from "./primary-state.ts";
import { isLater, nextSequence, previousSequence } from "./sequence.ts";

/** The entries of an HvLE log that are known: its run, and those behind damage. */
export function rangesOf({ kind, sequence, entries, lastSequence, stranded }: LogReport): EntryRange[] {
  const ranges = stranded === undefined ? [] : [stranded];
  return kind !== "HvLE" || sequence === undefined || lastSequence === undefined
    ? ranges
    : [{ entries, firstSequence: sequence, lastSequence }, ...ranges];
}

/** `chosen` is what is replayed, in its order. A DIRT log holds no entries. */
export function lostEntries(
  primary: PrimaryState,
  reports: readonly LogReport[],
  chosen: readonly (IncrementalLog | DirtLog)[],
): LostEntries[] {
  const last = chosen.at(-1);
  if (last?.kind === "DIRT") return [];
  const reached = last?.entries.at(-1)?.sequence ?? standing(primary);
  return reports.flatMap((report) =>
    rangesOf(report).flatMap((range) => {
      const rest = reached === undefined ? range : restOf(range, reached);
      return rest === undefined ? [] : [{ index: report.index, ...rest }];
    }),
  );
}

/** The last entry that the primary holds for certain. */
function standing({ baseBlockValid, secondarySequence }: PrimaryState): number | undefined {
  return baseBlockValid ? previousSequence(secondarySequence) : undefined;
}

/** What of a range comes after `reached`. */
function restOf(range: EntryRange, reached: number): EntryRange | undefined {
  if (!isLater(range.lastSequence, reached)) return undefined;
  if (isLater(range.firstSequence, reached)) return range;
  const firstSequence = nextSequence(reached);
  return { entries: (range.lastSequence - reached) >>> 0, firstSequence, lastSequence: range.lastSequence };
}
