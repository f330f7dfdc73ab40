/** How often the finisher may try: one attempt for each start of Windows; what a person tries by hand counts as none. */
import type { Standing } from "./standing.ts";

export interface Attempt {
  /** From 1; by hand the last that was counted. */
  readonly number: number;
  /** How many there may be. */
  readonly limit: number;
  /** With a document that was named, or where there is no service. */
  readonly byHand: boolean;
  /** No start of Windows comes after it that would go on. */
  readonly isLast: boolean;
  /** It was the last but for those that only end, or take back, what was cut short. */
  readonly isOver: boolean;
}

/**
 * `counted`: this start, where it was counted. `isCutShort`: changes of an earlier attempt are not finished. They are worth as many
 * attempts again, for half of a configuration is worse than none.
 */
export function attemptOf(
  { document: { attempts }, service }: Pick<Standing, "document" | "service">,
  counted: number | undefined,
  isCutShort: boolean,
): Attempt {
  const limit = isCutShort ? 2 * attempts : attempts;
  if (counted === undefined) {
    const number = Math.max(1, service?.attempts ?? 1);
    return { number, limit, byHand: true, isLast: service === undefined, isOver: false };
  }
  return { number: counted, limit, byHand: false, isLast: counted >= limit, isOver: counted > limit };
}

/** "attempt 2 of 5" */
export function attemptText({ number, limit, byHand }: Attempt): string {
  return byHand ? "by hand, which counts as no attempt" : `attempt ${number} of ${limit}`;
}
