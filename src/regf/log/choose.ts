/** Decides which logs belong to a dirty primary, and in which order they are replayed, as Windows does. */
import { BASE_BLOCK_HEADER } from "../format/base-block.ts";
import type { LeftOutLog, LogReport, LostEntries } from "../recovery.ts";
import { chooseIncremental } from "./choose-incremental.ts";
import { fileName } from "./file-name.ts";
import { lostEntries } from "./lost.ts";
import type { DirtLog, IncrementalLog, ReadLog } from "./log-file.ts";
import type { PrimaryState } from "./primary-state.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;

export interface Choice {
  /** In the order of replay; all of one kind; empty when nothing applies. */
  readonly logs: readonly IncrementalLog[] | readonly [DirtLog];
  /** Every log that is not replayed. */
  readonly leftOut: readonly LeftOutLog[];
  readonly lost: readonly LostEntries[];
}

/** The rules are those of Maxim Suhanov's specification of the format, "Dirty state of a hive" and "Multiple transaction log files". */
export function chooseLogs(primary: PrimaryState, logs: readonly ReadLog[]): Choice {
  const reports = logs.map(({ report }) => report);
  const { chosen, leftOut } = chooseSound(primary, logs);
  return { logs: chosen, leftOut, lost: lostEntries(primary, reports, chosen) };
}

function chooseSound(primary: PrimaryState, logs: readonly ReadLog[]) {
  const leftOut = logs.flatMap(({ report }) => (report.unusable === undefined ? [] : [leftOutAsUnusable(report)]));
  const incremental = chooseIncremental(primary, logs);
  const dirt = chooseDirt(primary, logs);
  leftOut.push(...incremental.leftOut, ...dirt.leftOut);
  const [first] = dirt.chosen;
  if (first === undefined) return { chosen: incremental.chosen, leftOut };
  if (incremental.chosen.length === 0) return { chosen: [first] as const, leftOut };
  for (const { index, storage } of [...incremental.chosen, first])
    leftOut.push({ index, name: fileName(storage.name), why: "is one of two kinds of log that would both apply" });
  return { chosen: [], leftOut };
}

function leftOutAsUnusable({ index, name, unusable }: LogReport): LeftOutLog {
  return { index, name: fileName(name), why: `cannot be used: ${unusable}` };
}

/**
 * The log whose stamp is the hive's, the first of two. When the base block is damaged, a log that is newer than the first bin fits as well, the
 * newest of two: the bin's stamp is seldom renewed.
 */
function chooseDirt(primary: PrimaryState, logs: readonly ReadLog[]) {
  const sound = logs.flatMap(({ sound }) => (sound?.kind === "DIRT" ? [sound] : []));
  const same = sound.filter((log) => stampOf(log) === primary.stamp);
  const newer = sound.filter((log) => stampOf(log) > primary.stamp);
  const fitting = primary.baseBlockValid ? same : [...same, ...newer.sort(newestFirst)];
  const [chosen] = fitting;
  const leftOut = sound
    .filter((log) => log !== chosen)
    .map(({ index, storage, header }): LeftOutLog => {
      const name = fileName(storage.name);
      if (chosen !== undefined && fitting.some((log) => log.index === index))
        return { index, name, why: `comes after ${fileName(chosen.storage.name)}, which is replayed alone` };
      const order = BASE.lastWritten.get(header, 0) > primary.stamp ? "later" : "earlier";
      return { index, name, why: `was written at another time than the hive (${order})` };
    });
  return { chosen: chosen === undefined ? [] : [chosen], leftOut };
}

function newestFirst(left: DirtLog, right: DirtLog): number {
  const difference = stampOf(right) - stampOf(left);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

function stampOf({ header }: DirtLog): bigint {
  return BASE.lastWritten.get(header, 0);
}
