/** What results say of a hive: its problems, whether it is dirty, its logs, and what replaying them changed. */
import type { EntryDamage, LogKind, TreeDifference } from "../regf/index.ts";

export interface ProblemReport {
  readonly code: string;
  readonly severity: "fatal" | "warning";
  /** Byte offset, counted from the first byte of the file. */
  readonly at: number;
  readonly message: string;
}

/** Sound entries of a log, one after another. */
export interface EntriesSummary {
  readonly entries: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

export interface LogSummary {
  /** The log's file name. */
  readonly name: string;
  /** null: the log's own base block cannot be used. */
  readonly kind: LogKind | null;
  /** Of the log's base block, and of its first entry. */
  readonly sequence: number | null;
  /** Sound entries in an unbroken run from the start. */
  readonly entries: number;
  /** Of the last of them. */
  readonly lastSequence: number | null;
  /** The entry that broke the run off; at is a byte offset in the log. */
  readonly broken: { readonly at: number; readonly sequence: number; readonly damage: EntryDamage } | null;
  /** Sound entries that nothing leads to, because something before them is damaged. */
  readonly stranded: EntriesSummary | null;
  /** Sound entries of an earlier time behind the run. */
  readonly remnants: number;
  /** How many entries were replayed in memory; 0 for a clean hive. */
  readonly replayed: number;
  /** Why it was not replayed, of a dirty hive; what is wrong with it, of a clean one. */
  readonly reason: string | null;
  /** Sound entries later than the state that the replay leads to, which cannot be applied. */
  readonly lost: EntriesSummary | null;
  /** All of this in words. */
  readonly state: string;
}

/** What the replay in memory changed, compared with the hive as it stands in its file. */
export interface ReplaySummary extends EntriesSummary {
  readonly pages: number;
  readonly pagesChanged: number;
  /** null: the hive as it stands could not be compared; `notCompared` says why. */
  readonly difference: TreeDifference | null;
  readonly notCompared: string | null;
}

export interface HiveState {
  /** The two sequence numbers of the base block differ, or its checksum is wrong: the logs hold what is missing. */
  readonly dirty: boolean;
  /** As the base block says them. */
  readonly sequences: { readonly primary: number; readonly secondary: number };
  readonly logs: readonly LogSummary[];
  /** null: nothing was replayed. */
  readonly replay: ReplaySummary | null;
}

export interface HiveSummary extends HiveState {
  readonly problems: readonly ProblemReport[];
}

/** A dirty hive that no log can complete, as `--force dirty` would take it. */
export interface ForcingSummary {
  /** null: it cannot be opened even so; `loses` says why. */
  readonly counts: {
    readonly keys: number;
    readonly values: number;
    readonly fatal: number;
    readonly warnings: number;
  } | null;
  /** What would be lost, and what is not known: sentences. */
  readonly loses: readonly string[];
}
