/** The receipt: what a run did to an image and the former bytes of everything it wrote, enough to undo it bit for bit. */
import type { ExitCode } from "../../exit/codes.ts";
import type { ImageKind } from "../../image/session.ts";
import type { FormerBytes, LogFormat } from "../../regf/index.ts";
import type { PlannedSource } from "../../plan/model.ts";
import type { Change } from "../../windows/model/change.ts";

/** The primary hive file at one time. */
export interface HiveState {
  /** SHA-256 of the whole file, lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /**
   * SHA-256 of the bins alone, logs replayed, without the first bin's stamp. After a power cut the sequence numbers of a recovered hive are not those
   * that were planned, but its bins are: by them an undo recognises what a cut run has left.
   */
  readonly binsSha256: string;
}

export interface LogState {
  /** The file's name, without its folder. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Written once, before the first byte of the hive is: what the file will be is known by then, so that no second write
 * is needed and no power cut leaves a receipt that does not fit.
 */
export interface Receipt {
  readonly pintReceipt: 1;
  readonly $schema?: string | undefined;
  /** "pint-offline 0.1.0" */
  readonly tool: string;
  /** When the run began: ISO 8601, UTC. */
  readonly at: string;
  readonly image: { readonly path: string; readonly kind: ImageKind; readonly hive: string };
  /** Of an undo value by value, which leaves a receipt of its own: the run whose changes it took back. */
  readonly undoes?: { readonly path: string; readonly at: string } | undefined;
  readonly forced: readonly string[];
  readonly before: HiveState;
  /** The logs as they were found. */
  readonly logsBefore: readonly LogState[];
  readonly after: HiveState;
  readonly sources: readonly PlannedSource[];
  /** Spelled out: a key that goes was emptied before, value by value, and every key that is made is named. */
  readonly changes: readonly Change[];
  /** The exit code that the plan foresaw. */
  readonly exitCode: ExitCode;
  /** Of the logs of this Windows: an undo journals as the run did. */
  readonly logFormat: LogFormat;
  readonly former: FormerBytes;
  /** Of a run that arranged a first boot: what it put into the image beside the hive. */
  readonly firstBoot?: FirstBootFiles | undefined;
}

/** Files of a first boot that a run made; they were on the disk before the hive was written. */
export interface FirstBootFiles {
  /** The document's. */
  readonly id: string;
  /** Below the volume's root, with forward slashes. */
  readonly folder: string;
  readonly files: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly sizeBytes: number;
  }[];
}
