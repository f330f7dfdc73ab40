/** What an unattended run does by itself before it plans: which Windows, whose profile, by which way. */
import type { Warning } from "../../exit/warning.ts";
import type { Host } from "../../image/host.ts";
import type { ForceName } from "../../image/force.ts";
import type { Surroundings } from "../../image/surroundings.ts";
import { isGeneralized } from "../../windows/setup-state.ts";
import type { AnswerFileTarget } from "../answer-file/prepare.ts";
import type { Emit } from "../events.ts";
import { openWindows, tellWarnings, withImage } from "../open-windows.ts";
import type { PlanningOptions } from "../planning.ts";
import { findTheProfile } from "./find-profile.ts";
import { findTheWindows } from "./find-windows.ts";

export interface AutoOptions {
  readonly host: Host;
  readonly surroundings: Surroundings;
  readonly force: readonly ForceName[];
  /** For all waiting together. */
  readonly waitMs: number;
  /** A profile that a person has named is taken as it is. */
  readonly planning: PlanningOptions;
  readonly unattend?: AnswerFileTarget | undefined;
}

export interface AutoChoice {
  /** The root of the Windows volume. */
  readonly image: string;
  /** With the profile that was found. */
  readonly planning: PlanningOptions;
  /** A generalized image can be served by an answer file only. */
  readonly unattend: AnswerFileTarget | undefined;
  readonly warnings: readonly Warning[];
  readonly waitedMs: number;
}

/** Writes nothing. Throws Failure: noImage (21) for several installations or profiles, or no profile; timedOut (31) for no Windows; 20, 22, 23. */
export function chooseForAuto(options: AutoOptions, emit: Emit): AutoChoice {
  const { host, surroundings, force, planning, waitMs } = options;
  const { clock, volumes } = surroundings;
  const patience = { clock, startedMs: clock.elapsedMs(), limitMs: waitMs };
  const { root, warnings } = findTheWindows(volumes, host, patience, emit);
  return withImage({ image: root, force, host }, "read", emit, (session) => {
    const { windows } = openWindows(session, force, emit);
    tellWarnings(warnings, emit);
    emit({ kind: "windows-chosen", root, computerName: windows.computerName });
    const isToBeFound = planning.pairing.sources === "profile" && planning.profile === undefined;
    const profile = isToBeFound ? findTheProfile(session, windows, surroundings, patience, emit) : planning.profile;
    const inImage = isGeneralized(windows.setup) && !force.includes("generalized") ? "in-image" : undefined;
    return {
      image: root,
      planning: { ...planning, profile, profileWasFound: isToBeFound },
      unattend: options.unattend ?? inImage,
      warnings,
      waitedMs: clock.elapsedMs() - patience.startedMs,
    };
  });
}
