/** What the outcomes of a plan's sources mean for the exit code. */
import type { ExitCode, ExitName } from "../exit/codes.ts";
import { exitCodeOf } from "../exit/precedence.ts";
import type { Outcome } from "./model.ts";

const EXIT_OF_OUTCOME: Readonly<Record<Outcome, ExitName>> = {
  moved: "done",
  already: "done",
  kept: "done",
  skipped: "done",
  arranged: "arranged",
  pending: "pending",
  unplaced: "unplaced",
  conflict: "refused",
};

/** A source that was not moved never hides behind 0. */
export function exitCodeOfSources(sources: readonly { readonly outcome: Outcome }[]): ExitCode {
  return exitCodeOf(sources.map(({ outcome }) => EXIT_OF_OUTCOME[outcome]));
}
