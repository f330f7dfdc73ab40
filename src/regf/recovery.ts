/** What became of a hive's logs: which are there, which were replayed, and what was left out. */

/** HvLE: Windows 8.1 and later. DIRT: before. */
export type LogKind = "HvLE" | "DIRT";

/** What of an HvLE entry is not as it should be: "cut" where the file ends before the entry does, "references" where its pages do not fit it or the hive. */
export type EntryDamage = "signature" | "header" | "cut" | "pages" | "references";

/** Where the run of entries ends, an entry that should go on with it is there, and is not sound. */
export interface BrokenEntry {
  /** In the log. */
  readonly offset: number;
  /** That it should have. */
  readonly sequence: number;
  readonly damage: EntryDamage;
}

/** Sound entries of a log, in the order in which they stand. */
export interface EntryRange {
  readonly entries: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

export interface LogReport {
  /** Its place in `HiveFiles.logs`. */
  readonly index: number;
  readonly name: string;
  /** Undefined when the log's own base block cannot be used. */
  readonly kind: LogKind | undefined;
  /** Of the log's base block. */
  readonly sequence: number | undefined;
  /** Sound entries in an unbroken run from the start; DIRT has one or none. */
  readonly entries: number;
  /** Of the last of them; undefined when there is none. */
  readonly lastSequence: number | undefined;
  /** What broke the run off; undefined where it just ends. A power cut leaves such an entry as well as damage does. */
  readonly broken: BrokenEntry | undefined;
  /** Sound entries that the run does not reach, because something before them is damaged: an entry, or the log's base block. */
  readonly stranded: EntryRange | undefined;
  /** All other sound entries behind the run: of an earlier time, never replayed. */
  readonly remnants: number;
  /** The highest sequence of any sound entry or of the base block, remnants included. */
  readonly highestSequence: number | undefined;
  /** Why nothing of it can be used, as the end of a sentence; undefined when it is sound in itself. */
  readonly unusable: string | undefined;
}

export interface ReplayedLog extends EntryRange {
  readonly index: number;
  readonly name: string;
  readonly kind: LogKind;
}

/** A log that was not replayed. */
export interface LeftOutLog {
  readonly index: number;
  /** Of its file, without the folder. */
  readonly name: string;
  /** A sentence without its subject, the log, and without a full stop: "is older than the hive". */
  readonly why: string;
}

/** Sound entries of a log that are later than what the hive was brought to, and cannot be reached. */
export interface LostEntries extends EntryRange {
  readonly index: number;
}

export interface Recovery {
  /** As the primary was found: not written completely, or its base block damaged. */
  readonly dirty: boolean;
  /** Whether the primary's own base block could be believed. */
  readonly baseBlockValid: boolean;
  /** As the primary was found. */
  readonly primarySequence: number;
  readonly secondarySequence: number;
  /** Read when first asked for, if the hive is clean. Throws StorageError then. */
  readonly logs: readonly LogReport[];
  /** In the order in which they were replayed; empty for a clean hive. */
  readonly replayed: readonly ReplayedLog[];
  /** Each log that was not replayed; empty for a clean hive. */
  readonly leftOut: readonly LeftOutLog[];
  /** What Windows wrote after the state that the replay leads to; empty for a clean hive. Only what is certain: an entry that is damaged itself is none of it. */
  readonly lost: readonly LostEntries[];
  /** The hive is dirty, nothing could be replayed, and it was accepted as it stands. */
  readonly acceptedDirty: boolean;
}
