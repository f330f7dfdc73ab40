/** What is decided for one source: its outcome, why, and where it goes. */
import type { Outcome, PlannedSource } from "./model.ts";
import type { Source } from "./ends/source.ts";
import type { Target } from "./ends/target.ts";

export interface Decision {
  readonly source: Source;
  readonly outcome: Outcome;
  /** Goes on after nothing: a sentence without its full stop. */
  readonly reason: string;
  readonly target?: Target | undefined;
  readonly matchedBy?: PlannedSource["matchedBy"];
}
