/** Waiting, bounded, for what is looked for again and again: a drive whose driver is still being loaded, a stick that is still to come. */
import type { Clock } from "../../image/surroundings.ts";
import type { Emit, Event } from "../events.ts";

/** How often is looked, where looking costs little. */
const INTERVAL_MS = 2000;

/** How often is said that nothing has come yet. */
const TELL_EVERY_MS = 10_000;

/** Something is there, and may not be all: looked at again, without a word. */
export const MORE_MAY_COME: unique symbol = Symbol("more may come");

export interface Patience {
  readonly clock: Clock;
  /** As `elapsedMs` was when the run began to wait. */
  readonly startedMs: number;
  readonly limitMs: number;
  /** How often is looked. */
  readonly intervalMs?: number | undefined;
}

/**
 * Calls `look` until it gives something, or the time is over: then undefined. It is called once at least, and after the
 * last wait once more. `isLast`: it will not be called again.
 */
export function waitFor<T>(
  what: Extract<Event, { kind: "waiting" }>["what"],
  { clock, startedMs, limitMs, intervalMs = INTERVAL_MS }: Patience,
  emit: Emit,
  look: (isLast: boolean) => T | undefined | typeof MORE_MAY_COME,
): T | undefined {
  let tellAtMs = 0;
  for (;;) {
    const waitedMs = clock.elapsedMs() - startedMs;
    const isLast = waitedMs >= limitMs;
    const found = look(isLast);
    if (found !== undefined && found !== MORE_MAY_COME) {
      return found;
    }
    if (isLast) {
      return undefined;
    }
    if (found === undefined && waitedMs >= tellAtMs) {
      emit({ kind: "waiting", what, waitedMs, limitMs });
      tellAtMs = waitedMs + TELL_EVERY_MS;
    }
    clock.sleep(Math.min(intervalMs, limitMs - waitedMs));
  }
}
