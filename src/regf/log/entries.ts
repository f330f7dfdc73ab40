/** Finds the sound entries of an HvLE log: the unbroken run from its start, what broke it off, and what is left behind it. */
import type { Storage } from "../../storage/storage.ts";
import { LOG_ENTRIES_START, LOG_ENTRY_ALIGNMENT } from "../format/log-entry.ts";
import type { BrokenEntry, EntryRange } from "../recovery.ts";
import { EntryReader, type LogEntryPlace } from "./entry-reader.ts";
import { isLater, nextSequence } from "./sequence.ts";

export interface Scan {
  /** The run: each numbered one above the entry before it. */
  readonly entries: readonly LogEntryPlace[];
  /** What broke the run off; undefined where it just ends. */
  readonly broken: BrokenEntry | undefined;
  /** Sound entries behind the run that once continued it: only what stands between was damaged. */
  readonly stranded: EntryRange | undefined;
  /** All other sound entries behind the run: of an earlier time. */
  readonly remnants: number;
  readonly highestSequence: number;
}

/** `sequence` is that of the log's base block, and of its first entry. Throws StorageError. */
export function scanEntries(storage: Storage, sequence: number): Scan {
  return scanFrom(new EntryReader(storage), LOG_ENTRIES_START, sequence);
}

/** For a log whose base block says nothing: the run begins at its first sound entry. Undefined when there is none. Throws StorageError. */
export function scanWithoutBase(storage: Storage): Scan | undefined {
  const reader = new EntryReader(storage);
  for (let offset = LOG_ENTRIES_START; reader.hasRoomAt(offset); offset += LOG_ENTRY_ALIGNMENT) {
    const first = reader.entryAt(offset);
    if (typeof first === "object") return scanFrom(reader, offset, first.sequence);
  }
  return undefined;
}

function scanFrom(reader: EntryReader, start: number, sequence: number): Scan {
  const entries: LogEntryPlace[] = [];
  let offset = start;
  let expected = sequence;
  let next = reader.entryAt(offset);
  while (typeof next === "object" && next.sequence === expected) {
    entries.push(next);
    expected = nextSequence(expected);
    offset += next.sizeBytes;
    next = reader.entryAt(offset);
  }
  const damage = typeof next === "string" ? reader.damageOf(offset, expected, next) : undefined;
  const broken = damage === undefined ? undefined : { offset, sequence: expected, damage };
  const highest = entries.at(-1)?.sequence ?? sequence;
  return { entries, broken, ...scanBehind(reader, offset, expected, highest) };
}

/** `end` is where the run ended, and `expected` the number with which it would have gone on. */
function scanBehind(reader: EntryReader, end: number, expected: number, highest: number) {
  let stranded: EntryRange | undefined;
  let remnants = 0;
  let highestSequence = highest;
  for (let offset = end; reader.hasRoomAt(offset); ) {
    const entry = reader.entryAt(offset);
    if (typeof entry === "object") {
      if (isLater(entry.sequence, highestSequence)) highestSequence = entry.sequence;
      if (canContinue(entry, end, expected)) stranded = withEntry(stranded, entry);
      else remnants++;
      offset += entry.sizeBytes;
    } else offset += LOG_ENTRY_ALIGNMENT;
  }
  return { stranded, remnants, highestSequence };
}

/** Every entry takes a sector at least: what stands between must have had room for those that are missing. */
function canContinue({ offset, sequence }: LogEntryPlace, end: number, expected: number): boolean {
  return (sequence - expected) >>> 0 <= (offset - end) / LOG_ENTRY_ALIGNMENT;
}

function withEntry(range: EntryRange | undefined, { sequence }: LogEntryPlace): EntryRange {
  if (range === undefined) return { entries: 1, firstSequence: sequence, lastSequence: sequence };
  return { ...range, entries: range.entries + 1, lastSequence: sequence };
}
