/** What the fuzzer and its child tell each other. */
import type { Outcome } from "../../test/support/fuzz/survive.ts";

/** To the child: the first arguments of its command line say which cases there are, this says which to run. */
export interface RunCase {
  readonly number: number;
}

/** From the child, one for each case. */
export interface CaseReport {
  readonly number: number;
  readonly subject: string;
  readonly outcomes: readonly Outcome[];
  /** The most that the process ever had in memory. */
  readonly peakBytes: number;
  /** The stack of what was thrown. */
  readonly failure?: string;
}
