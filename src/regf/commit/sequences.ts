/** Chooses the sequence numbers of a commit, so that no log of another time can ever be taken for part of it. */
import type { Storage } from "../../storage/storage.ts";
import { BASE_BLOCK_HEADER } from "../format/base-block.ts";
import { scanEntries } from "../log/entries.ts";
import { isLater, nextSequence, previousSequence } from "../log/sequence.ts";
import type { LogReport, Recovery } from "../recovery.ts";
import type { LogFormat } from "./model.ts";

export interface CommitSequences {
  readonly journal: number;
  /** Of the dirty block: (primary, secondary). */
  readonly armed: readonly [number, number];
  /** Both of the clean block afterwards. */
  readonly clean: number;
}

/**
 * `clean` is the hive's sequence now, `highest` the highest of any sound entry or base block in the logs, remnants included.
 * HvLE: the journal is numbered one below the hive, so that after a run that was aborted before the point of commit no later session takes it for its own.
 */
export function commitSequences(format: LogFormat, clean: number, highest: number): CommitSequences {
  const next = nextSequence(clean);
  switch (format) {
    case "HvLE": {
      const journal = clean < 2 ? clean : previousSequence(clean);
      const above = nextSequence(highest);
      return { journal, armed: [nextSequence(journal), journal], clean: isLater(above, next) ? above : next };
    }
    case "DIRT":
      return { journal: next, armed: [next, clean], clean: next };
    case "DIRT-XP":
      return { journal: next, armed: [nextSequence(next), next], clean: nextSequence(next) };
  }
}

/** For an undo: the numbers that lead to a clean block which is already known. */
export function sequencesTowards(format: LogFormat, clean: number): CommitSequences {
  const before = previousSequence(clean);
  switch (format) {
    case "HvLE":
      return { ...commitSequences("HvLE", clean, clean), clean };
    case "DIRT":
      return { journal: clean, armed: [clean, before], clean };
    case "DIRT-XP":
      return { journal: before, armed: [clean, before], clean };
  }
}

/** The highest of a log's entries and its base block; entries count even where the base block no longer leads to them. Throws StorageError. */
export function highestSequence(logs: readonly Storage[], reports: readonly LogReport[], least: number): number {
  let highest = least;
  for (const sequence of [
    ...logs.map((log) => scanEntries(log, least).highestSequence),
    ...reports.flatMap((report) => report.sequence ?? []),
  ]) {
    if (isLater(sequence, highest)) highest = sequence;
  }
  return highest;
}

/** The dirty block that stands in for a damaged one: (primary, secondary). `base` is the log's sequence. */
export function standInSequences(format: LogFormat, base: number): readonly [number, number] {
  return format === "DIRT" ? [base, previousSequence(base)] : [nextSequence(base), base];
}

/** Both sequences of a hive after its recovery: above the last entry and both old ones. */
export function recoveredSequence({ replayed }: Recovery, [primary, secondary]: readonly [number, number]): number {
  let highest = isLater(primary, secondary) ? primary : secondary;
  const last = replayed.at(-1)?.lastSequence;
  if (last !== undefined && isLater(last, highest)) highest = last;
  return nextSequence(highest);
}

export function sequenceOf(header: DataView): number {
  return BASE_BLOCK_HEADER.fields.primarySequence.get(header, 0);
}
