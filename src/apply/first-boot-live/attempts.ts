/** How often the finisher may try: one attempt for each start of Windows. */
import type { FirstBootDocument } from "../../firstboot/document.ts";

export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** How many there may be. */
  readonly limit: number;
  /** No start of Windows comes after it. */
  readonly isLast: boolean;
  /** It was the last but for those that only end, or take back, what was cut short. */
  readonly isOver: boolean;
}

/**
 * `number`: of this start; undefined without a service, that is by hand. `isCutShort`: changes of an earlier attempt are not finished. They are
 * worth as many attempts again, for half of a configuration is worse than none.
 */
export function attemptOf(
  { attempts }: Pick<FirstBootDocument, "attempts">,
  number: number | undefined,
  isCutShort: boolean,
): Attempt {
  const limit = isCutShort ? 2 * attempts : attempts;
  if (number === undefined) return { number: 1, limit, isLast: true, isOver: false };
  return { number, limit, isLast: number >= limit, isOver: number > limit };
}
