/** What the operations return that find things by themselves: the documents that `--json` prints, their names fixed. */
import type { ExitCode } from "../exit/codes.ts";
import type { Warning } from "../exit/warning.ts";
import type { ApplyResult, InspectedWindows, VerifyResult } from "./results.ts";

/** Of a run that found everything by itself. */
export interface AutoResult extends ApplyResult {
  readonly found: {
    /** The root of the Windows volume. */
    readonly image: string;
    /** null: the sources are the image's orphans. */
    readonly profile: string | null;
    /** False: a person has named it. */
    readonly profileWasFound: boolean;
    readonly waitedMs: number;
  };
  /** null: nothing was written to the hive. */
  readonly verification: VerifyResult | null;
}

/** A Windows on one of this machine's volumes. */
export interface FoundWindows {
  /** Its volume's root, which is what other commands take as IMAGE. */
  readonly root: string;
  /** null: it could not be read. */
  readonly windows: InspectedWindows | null;
  /** Whether its SYSTEM hive is dirty; null: it could not be read. */
  readonly dirty: boolean | null;
  /** Whether apply would take it. */
  readonly usable: boolean;
  /** Why not, and what to do. */
  readonly refusals: readonly (Warning & { readonly advice: string | null })[];
  readonly warnings: readonly Warning[];
}

export interface FindResult {
  readonly windows: readonly FoundWindows[];
  /** Volumes that cannot be read: what would have to be done. */
  readonly closed: readonly {
    readonly place: string;
    readonly state: "locked" | "not-mounted";
    readonly message: string;
    readonly advice: string;
  }[];
  /** The roots of volumes that hold no Windows. */
  readonly withoutWindows: readonly string[];
  /** What was not looked into, and why. */
  readonly notLookedAt: readonly { readonly place: string; readonly reason: string }[];
  readonly exitCode: ExitCode;
}
