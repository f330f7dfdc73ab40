/** Decides which logs belong to a dirty primary, and in which order they are replayed, as Windows does. */
import { BASE_BLOCK_HEADER } from "../format/base-block.ts";
import type { LogEntryPlace } from "./entries.ts";
import type { ReadLog, SoundLog } from "./log-file.ts";
import { isLater, nextSequence } from "./sequence.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;

export type IncrementalLog = Extract<SoundLog, { kind: "HvLE" }>;
export type DirtLog = Extract<SoundLog, { kind: "DIRT" }>;

/** What of the primary decides. */
export interface PrimaryState {
  readonly baseBlockValid: boolean;
  readonly secondarySequence: number;
  /** FILETIME of the base block, or of the first bin when the base block cannot be believed. */
  readonly stamp: bigint;
}

export interface Choice {
  /** In the order of replay; all of one kind; empty when nothing applies. */
  readonly logs: readonly IncrementalLog[] | readonly [DirtLog];
  /** Sentences: for each log that is not replayed, why not. */
  readonly leftOut: readonly string[];
}

/** The rules are those of Maxim Suhanov's specification of the format, "Dirty state of a hive" and "Multiple transaction log files". */
export function chooseLogs(primary: PrimaryState, logs: readonly ReadLog[]): Choice {
  const leftOut = logs
    .filter(({ sound, report }) => sound === undefined || report.unusable !== undefined)
    .map(({ report }) => `${report.name} cannot be used: ${report.unusable}`);
  const sound = logs.flatMap((log) =>
    log.sound === undefined || log.report.unusable !== undefined ? [] : [log.sound],
  );
  const incremental = chooseIncremental(
    primary,
    sound.filter((log) => log.kind === "HvLE"),
    leftOut,
  );
  const dirt = chooseDirt(
    primary,
    sound.filter((log) => log.kind === "DIRT"),
    leftOut,
  );
  if (incremental.length > 0 && dirt !== undefined) {
    return { logs: [], leftOut: [...leftOut, "There are logs of two kinds, and each would apply"] };
  }
  return { logs: dirt === undefined ? incremental : [dirt], leftOut };
}

function chooseIncremental(
  primary: PrimaryState,
  sound: readonly IncrementalLog[],
  leftOut: string[],
): IncrementalLog[] {
  const ordered = [...sound].sort((left, right) => (left.sequence - right.sequence) | 0);
  if (!primary.baseBlockValid) {
    // Where the primary stands is not known then, so that only the newest log can be trusted to lead to an end.
    const last = ordered.pop();
    for (const log of ordered)
      leftOut.push(`${log.storage.name} is older than ${last?.storage.name}, which is replayed alone`);
    return last === undefined ? [] : [last];
  }
  const chosen: IncrementalLog[] = [];
  for (const log of ordered) {
    const last = chosen.at(-1);
    if (last === undefined && isLater(primary.secondarySequence, log.sequence)) {
      leftOut.push(`${log.storage.name} is older than the hive (${log.sequence} before ${primary.secondarySequence})`);
    } else if (last !== undefined && log.sequence !== nextSequence(lastEntry(last).sequence)) {
      leftOut.push(
        `${log.storage.name} does not continue ${last.storage.name} (${log.sequence} after ${lastEntry(last).sequence})`,
      );
    } else {
      chosen.push(log);
    }
  }
  return chosen;
}

function lastEntry(log: IncrementalLog): LogEntryPlace {
  const last = log.entries.at(-1);
  if (last === undefined) throw new Error("a log without entries was chosen");
  return last;
}

/** The first whose stamp fits. When the base block is damaged, one that is newer than the first bin fits as well: the bin's stamp is seldom renewed. */
function chooseDirt(primary: PrimaryState, sound: readonly DirtLog[], leftOut: string[]): DirtLog | undefined {
  let chosen: DirtLog | undefined;
  for (const log of sound) {
    const stamp = BASE.lastWritten.get(log.header, 0);
    const fits = stamp === primary.stamp || (!primary.baseBlockValid && stamp > primary.stamp);
    if (!fits) leftOut.push(`${log.storage.name} was written at another time than the hive`);
    else if (chosen === undefined) chosen = log;
    else leftOut.push(`${log.storage.name} comes after ${chosen.storage.name}, which is replayed alone`);
  }
  return chosen;
}
