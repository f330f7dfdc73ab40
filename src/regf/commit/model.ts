/** What a commit and its undo take, give and throw. */
import type { Storage } from "../../storage/storage.ts";

/** Which file of a hive: by the ends that Windows gives the names of logs. */
export type FileRole = "primary" | "log1" | "log2" | "log";

/** Bytes at a place in a file. */
export interface Region {
  /** Counted from the first byte of the file. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** What a file held in every place that will be written. */
export interface FormerFile {
  readonly role: FileRole;
  /** False for a log that the commit creates. */
  readonly existed: boolean;
  readonly sizeBytes: number;
  /** Ascending, without overlaps, none beyond `sizeBytes`. */
  readonly regions: readonly Region[];
}

/** Everything that is needed to restore a hive and its logs bit for bit; plain data. The primary comes first. */
export interface FormerBytes {
  readonly files: readonly FormerFile[];
}

/** What the primary will be when the commit is through. */
export interface PlannedBytes {
  /** The whole file; computed when asked for. */
  primaryBytes(): Uint8Array;
}

/**
 * The log that the image's Windows writes: HvLE from 8.1 on, DIRT from Vista to 8.0 (LOG1, LOG2), DIRT-XP for 2000, XP and 2003 (one .LOG).
 * DIRT-XP follows what is known of the numbering of XP; it was never compared with files that XP left behind.
 */
export type LogFormat = "HvLE" | "DIRT" | "DIRT-XP";

export interface CommitOptions {
  readonly logFormat: LogFormat;
  /** Called when the hive has no log: creates an empty one (`.LOG1`, or `.LOG` for DIRT-XP), makes its name last on the disk, and opens it for writing. */
  readonly createLog: () => Storage;
  /**
   * Called once, when everything is checked in memory and before the first byte is written: the moment to put a receipt on the disk.
   * What it throws comes out of the commit as it is, and nothing is written.
   */
  readonly beforeWrite?: (former: FormerBytes, planned: PlannedBytes) => void;
}

export interface CommitReport {
  /** False when there was nothing to write. */
  readonly written: boolean;
  /** Whether the hive was dirty and was recovered first. */
  readonly recovered: boolean;
  /** The log that the commit created because the hive had none. */
  readonly createdLog: Storage | undefined;
  /** Bytes handed to the disk, logs included. */
  readonly bytesWritten: number;
}

/** Why a commit or an undo did not end well; append-only. */
export type CommitErrorCode =
  /** A read, write or flush failed. */
  | "storage"
  /** The logs beside the hive are of another format than the Windows version writes. */
  | "log-format-contradicts"
  /** The file is not what it was when it was opened. */
  | "changed-meanwhile"
  /** The edited hive has a problem that it did not have before: a fault of this program. Nothing was written. */
  | "new-problem"
  /** What was read back differs from what was written. */
  | "read-back-differs"
  /** The former bytes do not fit to these files. */
  | "former-bytes-unusable"
  /** What was read back just before the point of commit differs from what was written: the hive was left unarmed. */
  | "unarmed-differs";

export class CommitError extends Error {
  readonly code: CommitErrorCode;
  /**
   * False: the hive, after a load, is as it was. True: the journal on the disk holds the new state, and the next load or the next run completes it;
   * for "read-back-differs" it says that the writing was through.
   */
  readonly afterPointOfCommit: boolean;

  constructor(code: CommitErrorCode, message: string, afterPointOfCommit: boolean, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = "CommitError";
    this.code = code;
    this.afterPointOfCommit = afterPointOfCommit;
  }
}
