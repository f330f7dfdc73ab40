/** What became of a hive's logs: which are there, which were replayed, and what was left out. */

/** HvLE: Windows 8.1 and later. DIRT: before. */
export type LogKind = "HvLE" | "DIRT";

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
  /** Sound entries after the run ended: of an earlier time, never replayed. */
  readonly remnants: number;
  /** The highest sequence of any sound entry or of the base block, remnants included. */
  readonly highestSequence: number | undefined;
  /** Why nothing of it can be used, as a sentence; undefined when it is sound in itself. */
  readonly unusable: string | undefined;
}

export interface ReplayedLog {
  readonly index: number;
  readonly name: string;
  readonly kind: LogKind;
  readonly entries: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
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
  /** Sentences: for each log that was not replayed, why not; only for a dirty hive. */
  readonly leftOut: readonly string[];
  /** The hive is dirty, nothing could be replayed, and it was accepted as it stands. */
  readonly acceptedDirty: boolean;
}
