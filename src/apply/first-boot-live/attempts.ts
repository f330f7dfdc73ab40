/** How often the finisher may try: one attempt for each start of Windows, counted before the work begins. */
import { ATTEMPTS_VALUE, PARAMETERS_SUBKEY, SERVICE_KEY } from "../../firstboot/service.ts";
import { importChanges } from "../../inventory/windows/import-changes.ts";
import { inControlSet } from "../../windows/registry-paths.ts";
import { dword } from "../../windows/write/data.ts";
import type { BootedWindows } from "./machine.ts";
import type { Standing } from "./standing.ts";

export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** No start of Windows comes after it. */
  readonly isLast: boolean;
  /** It was the last but for those that only end, or take back, what was cut short. */
  readonly isOver: boolean;
}

/** `isCutShort`: changes of an earlier attempt are not finished. They are worth as many attempts again, for half of a configuration is worse than none. */
export function attemptOf({ document, service }: Standing, isCutShort: boolean): Attempt {
  const limit = isCutShort ? 2 * document.attempts : document.attempts;
  const number = (service?.attempts ?? 0) + 1;
  return { number, isLast: service === undefined || number >= limit, isOver: service !== undefined && number > limit };
}

/**
 * Windows writes its registry to the disk some seconds later: what a power cut within them costs is one attempt more, never an
 * endless row, for an attempt that fails has waited for minutes. Throws Failure as importChanges does.
 */
export function countAttempt(
  machine: BootedWindows,
  { service, current }: Standing,
  { number }: Attempt,
  notes: string[],
): void {
  if (service === undefined) return;
  const key = inControlSet(current, `${SERVICE_KEY}\\${PARAMETERS_SUBKEY}`);
  importChanges(
    machine,
    [{ kind: "set-value", key, name: ATTEMPTS_VALUE, ...dword(number), was: null }],
    current,
    notes,
  );
}
