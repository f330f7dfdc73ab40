/** What a guard is: evidence looked at, and what is said when it stands in the way, warns, or could not look. */
import type { ExitName } from "../../exit/codes.ts";
import type { Unchecked } from "../../image/evidence/unchecked.ts";
import type { ForceName } from "../../image/force.ts";
import type { VolumeEvidence } from "../../image/evidence/gather.ts";
import type { Windows } from "../../windows/model/windows.ts";

export type Finding =
  | { readonly state: "passed" }
  | { readonly state: "not-checked"; readonly message: string }
  /** Something a person should know; it keeps nothing from going on. */
  | { readonly state: "warned"; readonly message: string }
  | { readonly state: "blocked"; readonly message: string };

/** How a guard refuses. */
export interface Refusal {
  readonly exit: ExitName;
  /** What the person can do. */
  readonly advice: string;
  /** What lets it pass; absent: nothing does. */
  readonly force?: ForceName;
}

interface Common {
  /** Stable, kebab-case: a Failure's code, and part of a warning's. */
  readonly name: string;
  /** null: it only warns. */
  readonly refusal: Refusal | null;
}

/** An undo needs only those of the volume, because it does not need to understand what it restores. */
export type Guard = Common &
  (
    | { readonly needs: "volume"; readonly look: (volume: VolumeEvidence) => Finding }
    | { readonly needs: "windows"; readonly look: (windows: Windows) => Finding }
  );

export const PASSED: Finding = { state: "passed" };

export function blockedWhen(message: string | undefined): Finding {
  return message === undefined ? PASSED : { state: "blocked", message };
}

export function warnedWhen(message: string | undefined): Finding {
  return message === undefined ? PASSED : { state: "warned", message };
}

/** `what`: "Whether the volume holds a hibernated Windows" */
export function notChecked(what: string, { reason }: Unchecked | { readonly reason: string }): Finding {
  return { state: "not-checked", message: `${what} was not checked: ${reason}` };
}
