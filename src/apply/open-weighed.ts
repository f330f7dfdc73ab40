/** How plan and apply begin: the Windows of an image is read, and the guards are weighed, with nothing refused yet. */
import type { Warning } from "../exit/warning.ts";
import { type ForceName, withoutDamaged } from "../image/force.ts";
import type { ImageSession } from "../image/session.ts";
import type { Windows } from "../windows/model/windows.ts";
import type { Emit } from "./events.ts";
import { type GuardVerdict, weighGuards } from "./guards/weigh.ts";
import { openWindows } from "./open-windows.ts";

export interface WeighedWindows {
  readonly windows: Windows;
  readonly verdict: GuardVerdict;
  /** Of the opening and of the guards. */
  readonly warnings: readonly Warning[];
}

/** Throws Failure (22, 23); never for a guard. */
export function openWeighed(session: ImageSession, forced: readonly ForceName[], emit: Emit): WeighedWindows {
  const force = withoutDamaged(forced);
  const { windows, warnings } = openWindows(session, force, emit);
  const verdict = weighGuards({ volume: session.evidence, windows }, force, emit);
  return { windows, verdict, warnings: [...warnings, ...verdict.warnings] };
}
