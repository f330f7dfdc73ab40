/** What is told of a first boot; its names are fixed, for `--json` prints it. */
import type { FirstBootDocument } from "../../firstboot/document.ts";
import type { FirstBootResult } from "../../firstboot/result.ts";

/** What a run arranges, or has arranged. */
export interface ArrangedFirstBoot {
  readonly id: string;
  readonly way: FirstBootDocument["way"];
  /** "as-it-was": an earlier run has put it there. "foreseen": a plan writes nothing into an image. */
  readonly state: "written" | "as-it-was" | "foreseen";
  readonly folder: string;
  /** Names of what lies in the folder. */
  readonly files: readonly string[];
}

export interface WaitingSource {
  readonly number: number;
  readonly name: string | null;
  readonly addresses: readonly string[];
  readonly adapter: { readonly description: string | null; readonly mac: string | null };
  readonly reason: string;
}

/**
 * arranged: the next start of that Windows begins. incomplete: the service is there, and not everything that it needs.
 * leftover: files without a service, which nothing runs. ran: the finisher has removed itself, `result` says what it did.
 */
export type FirstBootState = "arranged" | "incomplete" | "leftover" | "ran";

/** What an image holds of a first boot. */
export interface FirstBootSummary {
  readonly state: FirstBootState;
  readonly id: string | null;
  readonly way: FirstBootDocument["way"] | null;
  readonly arrangedAt: string | null;
  readonly folder: string;
  /** Starts of Windows that it has waited through, and after how many it gives up. */
  readonly attempts: { readonly made: number; readonly limit: number | null } | null;
  readonly sources: readonly WaitingSource[];
  /** Sentences: what is wanting, or cannot be read. */
  readonly problems: readonly string[];
  /** What the last start of Windows made of it; null: it has not started since, or left nothing. */
  readonly result: FirstBootResult | null;
  readonly log: string | null;
}
