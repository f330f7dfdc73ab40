/** The guards, as one list: what each looks at, what it says, and whether and how it can be forced. */
import type { ExitName } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import type { ForceName } from "../image/force.ts";
import type { VolumeEvidence } from "../image/session.ts";
import type { ControlSets, SetupState } from "../windows/model/windows.ts";
import { controlSetKey } from "../windows/registry-paths.ts";
import type { Emit } from "./events.ts";

/** What the guards judge by; an undo has only the volume, because it does not need to understand what it restores. */
export interface GuardEvidence {
  readonly volume: VolumeEvidence;
  readonly setup?: SetupState | undefined;
  readonly controlSets?: ControlSets | undefined;
}

export type Finding =
  | { readonly state: "passed" }
  | { readonly state: "not-checked"; readonly message: string }
  | { readonly state: "blocked"; readonly message: string };

export interface Guard {
  /** Stable, kebab-case: a Failure's code and a warning's. */
  readonly name: string;
  readonly exit: ExitName;
  /** undefined: the guard says nothing about what is going to be done. */
  readonly look: (evidence: GuardEvidence) => Finding | undefined;
  readonly advice: string;
  /** Absent: it cannot be forced. */
  readonly force?: ForceName | undefined;
}

const PASSED: Finding = { state: "passed" };

function blockedWhen(message: string | undefined): Finding {
  return message === undefined ? PASSED : { state: "blocked", message };
}

export const GUARDS: readonly Guard[] = [
  {
    name: "running-windows",
    exit: "refused",
    look: ({ volume }) => blockedWhen(volume.runningWindows),
    advice: "start the machine from other media (WinPE, a Linux live system) and name the image from there",
  },
  {
    name: "hibernated",
    exit: "refused",
    look: ({ volume }) => lookAtHibernation(volume),
    advice: "start that Windows, shut it down completely (shutdown /s /t 0) and try again",
    force: "hibernated",
  },
  {
    name: "setup-in-progress",
    exit: "refused",
    look: ({ setup }) => setup && blockedWhen(describeSetup(setup)),
    advice: "let Setup finish first: it may replace the network configuration, and a change made now may be lost",
    force: "setup-in-progress",
  },
  {
    name: "failed-control-set",
    exit: "refused",
    look: ({ controlSets }) => controlSets && blockedWhen(describeFailed(controlSets)),
    advice: "start that Windows once, so that it settles which control set it uses",
    force: "failed-control-set",
  },
];

function lookAtHibernation({ hibernation }: VolumeEvidence): Finding {
  if (!hibernation.checked) {
    return {
      state: "not-checked",
      message: `Whether the volume holds a hibernated Windows was not checked: ${hibernation.reason}`,
    };
  }
  switch (hibernation.state) {
    case "none":
      return PASSED;
    case "hibernated":
      return blockedWhen(
        `The volume holds a hibernated Windows (hiberfil.sys begins with "${hibernation.signature}"; fast startup writes one too): resuming it would lose the change`,
      );
    case "resuming":
      return blockedWhen(
        `Windows was being resumed on this volume (hiberfil.sys begins with "${hibernation.signature}"): going on with that would lose the change`,
      );
    case "resume-failed":
      return blockedWhen(
        `Windows was resumed on this volume and not shut down since (hiberfil.sys begins with "${hibernation.signature}"): its boot menu may offer to continue, which would lose the change`,
      );
  }
}

/** The values of `SYSTEM\Setup` are all 0 in an installed Windows; Setup, and a generalized image, set them. */
function describeSetup({ setupType, systemSetupInProgress, oobeInProgress }: SetupState): string | undefined {
  const set = Object.entries({
    SetupType: setupType,
    SystemSetupInProgress: systemSetupInProgress,
    OOBEInProgress: oobeInProgress,
  })
    .filter(([, number]) => number !== 0)
    .map(([name, number]) => `${name}=${number}`);
  return set.length === 0 ? undefined : `Windows Setup is not finished in this image (${set.join(", ")})`;
}

/** `Select\Failed` is 0 unless the last start from a control set failed. */
function describeFailed({ failed, current }: ControlSets): string | undefined {
  return failed !== 0 && failed === current
    ? `Windows marked its current control set (${controlSetKey(current)}) as failed: the next start may use another one`
    : undefined;
}

export interface GuardVerdict {
  /** Guards that stand in the way. */
  readonly blocking: readonly { readonly guard: Guard; readonly message: string }[];
  /** What was forced, and what could not be checked. */
  readonly warnings: readonly Warning[];
}

/** Looks at everything, tells each finding, and refuses nothing by itself. */
export function weighGuards(evidence: GuardEvidence, force: readonly ForceName[], emit: Emit): GuardVerdict {
  const blocking: { guard: Guard; message: string }[] = [];
  const warnings: Warning[] = [];
  for (const guard of GUARDS) {
    const finding = guard.look(evidence);
    if (finding === undefined) {
      continue;
    }
    if (finding.state === "passed") {
      emit({ kind: "guard", name: guard.name, outcome: "passed", message: "" });
    } else if (finding.state === "not-checked") {
      emit({ kind: "guard", name: guard.name, outcome: "not-checked", message: finding.message });
      warnings.push({ code: `not-checked-${guard.name}`, message: finding.message });
    } else if (guard.force !== undefined && force.includes(guard.force)) {
      emit({ kind: "guard", name: guard.name, outcome: "forced", message: finding.message });
      warnings.push({ code: `forced-${guard.force}`, message: `Forced: ${finding.message}` });
    } else {
      emit({ kind: "guard", name: guard.name, outcome: "blocked", message: finding.message });
      blocking.push({ guard, message: finding.message });
    }
  }
  return { blocking, warnings };
}

/** Whether a warning of a plan is what a guard (or something forced) said when it was made. */
export function isGuardWarning(code: string): boolean {
  return /^(?:not-checked|forced|refused)-/.test(code);
}

/** The names of what was forced and stood in the way, as warnings tell it. */
export function forcedBy(warnings: readonly Warning[]): string[] {
  return warnings.flatMap(({ code }) => (code.startsWith("forced-") ? [code.slice("forced-".length)] : []));
}

/** Throws the Failure of the first guard that stands in the way, naming the others too. */
export function refuseBlocked({ blocking }: GuardVerdict): void {
  const [first, ...others] = blocking;
  if (first === undefined) {
    return;
  }
  const { guard } = first;
  const force = blocking.every((one) => one.guard.force !== undefined)
    ? `; or --force ${blocking.map((one) => one.guard.force).join(" --force ")}`
    : "";
  throw new Failure(guard.exit, [first, ...others].map(({ message }) => message).join("; "), {
    code: guard.name,
    advice: `${guard.advice}${force}`,
  });
}
