/** What an unattended run does by itself before it plans: which Windows, whose profile, by which way. */
import type { Warning } from "../../exit/warning.ts";
import type { Host } from "../../image/host.ts";
import type { ForceName } from "../../image/force.ts";
import type { Surroundings } from "../../image/surroundings.ts";
import { isGeneralized } from "../../windows/setup-state.ts";
import type { AnswerFileTarget } from "../answer-file/prepare.ts";
import type { Emit } from "../events.ts";
import type { FirstBootRequest } from "../first-boot/prepare.ts";
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
  /** Not with `unattend`. */
  readonly firstBoot?: FirstBootRequest | undefined;
}

export interface AutoChoice {
  /** The root of the Windows volume. */
  readonly image: string;
  /** With the profile that was found. */
  readonly planning: PlanningOptions;
  /** A generalized image can be served by an answer file only. */
  readonly unattend: AnswerFileTarget | undefined;
  /** An answer file is preferred, where there is one. */
  readonly firstBoot: FirstBootRequest | undefined;
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
    emit({ kind: "windows-chosen", root, computerName: windows.computerName });
    const isToBeFound = planning.pairing.sources === "profile" && planning.profile === undefined;
    const profile = isToBeFound ? findTheProfile(session, windows, surroundings, patience, emit) : planning.profile;
    const inImage = isGeneralized(windows.setup) && !force.includes("generalized") ? "in-image" : undefined;
    const unattend = options.unattend ?? inImage;
    const isPassedOver = inImage !== undefined && options.firstBoot?.insisted === true;
    const told = isPassedOver ? [...warnings, answerFilePreferred()] : warnings;
    tellWarnings(told, emit);
    return {
      image: root,
      planning: { ...planning, profile, profileWasFound: isToBeFound },
      unattend,
      firstBoot: unattend === undefined ? options.firstBoot : undefined,
      warnings: told,
      waitedMs: clock.elapsedMs() - patience.startedMs,
    };
  });
}

function answerFilePreferred(): Warning {
  return {
    code: "answer-file-preferred",
    message:
      "The image is generalized: its settings go into an answer file (--unattend in-image), and nothing is left in it for the first boot (--first-boot)",
  };
}
