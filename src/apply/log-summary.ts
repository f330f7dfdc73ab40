/** What each log of a hive holds and what became of it, as the results tell it. */
import path from "node:path";
import { EMPTY_LOG, type EntryDamage, type EntryRange, type LogReport, type Recovery } from "../regf/index.ts";
import type { LogSummary } from "./hive-results.ts";

export function summariseLogs(recovery: Recovery): LogSummary[] {
  return recovery.logs.map((log) => {
    const { broken, stranded } = log;
    const replayed = recovery.replayed.find(({ index }) => index === log.index)?.entries ?? 0;
    const lost = recovery.lost.filter(({ index }) => index === log.index);
    return {
      name: path.basename(log.name),
      kind: log.kind ?? null,
      sequence: log.sequence ?? null,
      entries: log.entries,
      lastSequence: log.lastSequence ?? null,
      broken: broken === undefined ? null : { at: broken.offset, sequence: broken.sequence, damage: broken.damage },
      stranded: stranded ?? null,
      remnants: log.remnants,
      replayed,
      reason: reasonOf(log, recovery),
      lost: joined(lost),
      state: stateOf(log, replayed, recovery),
    };
  });
}

/** Several ranges of one log as one, from the first to the last. */
function joined(ranges: readonly EntryRange[]): EntryRange | null {
  const [first] = ranges;
  const last = ranges.at(-1);
  if (first === undefined || last === undefined) {
    return null;
  }
  const entries = ranges.reduce((sum, range) => sum + range.entries, 0);
  return { entries, firstSequence: first.firstSequence, lastSequence: last.lastSequence };
}

function reasonOf(log: LogReport, { dirty, leftOut }: Recovery): string | null {
  if (!dirty) {
    return log.unusable ?? null;
  }
  return leftOut.find(({ index }) => index === log.index)?.why ?? null;
}

/** "HvLE, 4 entries (287 to 290); replayed; ..." */
function stateOf(log: LogReport, replayed: number, recovery: Recovery): string {
  return [...holds(log), fate(log, replayed, recovery), ...behind(log)].join("; ");
}

/** Of a log whose base block cannot be used nothing is known but what is said of its entries. */
function holds({ kind, entries, sequence, lastSequence }: LogReport): string[] {
  if (kind === undefined || sequence === undefined) {
    return [];
  }
  if (kind === "DIRT") {
    return [`DIRT, sequence ${sequence}`];
  }
  const range = lastSequence === undefined ? `from ${sequence}` : numbers(sequence, lastSequence);
  return [`HvLE, ${counted(entries, "entry", "entries")} (${range})`];
}

function fate(log: LogReport, replayed: number, recovery: Recovery): string {
  const reason = reasonOf(log, recovery);
  if (replayed > 0) {
    return "replayed";
  }
  if (recovery.dirty) {
    return `NOT replayed: it ${reason}`;
  }
  if (reason === EMPTY_LOG) {
    return "empty";
  }
  return [...(reason === null ? [] : [reason]), "the hive is clean, so that Windows ignores it"].join("; ");
}

function behind({ broken, stranded, remnants }: LogReport): string[] {
  return [
    ...(broken === undefined
      ? []
      : [`then entry ${broken.sequence} at byte ${broken.offset} is not whole (${DAMAGE[broken.damage]})`]),
    ...(stranded === undefined ? [] : [`${entriesText(stranded)} that nothing sound leads to`]),
    ...(remnants === 0 ? [] : [`${counted(remnants, "entry", "entries")} of an earlier time`]),
  ];
}

const DAMAGE: Readonly<Record<EntryDamage, string>> = {
  signature: "its signature is wrong",
  header: "the hash of its header is wrong",
  cut: "the file ends before it does",
  pages: "the hash of its pages is wrong",
  references: "its pages do not fit the hive",
};

/** "4 entries (287 to 290)" */
export function entriesText({ entries, firstSequence, lastSequence }: EntryRange): string {
  return `${counted(entries, "entry", "entries")} (${numbers(firstSequence, lastSequence)})`;
}

function numbers(first: number, last: number): string {
  return first === last ? String(first) : `${first} to ${last}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
