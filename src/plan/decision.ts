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
  readonly pendingParts?: PlannedSource["pendingParts"];
}

/** Whether the source goes to its target in this run: as a whole, or but for what waits. */
export function isMoving({ outcome, matchedBy, pendingParts }: Decision): boolean {
  return outcome === "moved" || (outcome === "pending" && pendingParts !== undefined && matchedBy !== undefined);
}

/** Whether its settings are on its target already: as a whole, or but for what waits. */
export function isInPlace({ outcome, matchedBy, pendingParts }: Decision): boolean {
  if (outcome === "already" || outcome === "kept") return true;
  return outcome === "pending" && pendingParts !== undefined && matchedBy === undefined;
}
