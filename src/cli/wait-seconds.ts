/** `--wait SECONDS`, for whatever a command waits for. */
import { UsageError } from "./usage-error.ts";

const MAX_WAIT_SECONDS = 86_400;

/** Throws UsageError for what is no number, or more than a day. */
export function waitSeconds(typed: string | undefined, otherwise: number): number {
  if (typed === undefined) {
    return otherwise;
  }
  const seconds = /^\d+$/.test(typed) ? Number(typed) : Number.NaN;
  if (!(seconds <= MAX_WAIT_SECONDS)) {
    throw new UsageError(`--wait takes a number of seconds, 0 to ${MAX_WAIT_SECONDS}, not "${typed}"`);
  }
  return seconds;
}
