/** From an open image and what a person asked for to a plan: profile, inventory, match, moves. */
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import type { ImageSession } from "../image/session.ts";
import { matchAdapters } from "../match/match-adapters.ts";
import type { Match } from "../match/model.ts";
import type { Plan } from "../plan/model.ts";
import { type Source, sourcesOf } from "../plan/ends/source.ts";
import type { PlanOptions, PlanRequest } from "../plan/options.ts";
import { planMoves } from "../plan/plan-moves.ts";
import { belongingOf } from "../plan/settle/belonging.ts";
import { parseProfile, type ParsedProfile } from "../profile/document.ts";
import type { Profile } from "../profile/model.ts";
import type { Windows } from "../windows/model/windows.ts";
import { readDocumentFile } from "./document-file.ts";
import type { Emit } from "./events.ts";
import { readFoundProfile, theOneOf } from "./found-profile.ts";
import { type InventorySource, readInventory, warningsOfSource } from "./read-inventory.ts";

/** All but what only the stage that finds the profile knows. */
export type PairingOptions = Omit<PlanOptions, "profileWasFound">;

/** What decides a plan, beside the image. */
export interface PlanningOptions {
  /** A profile document; without one, the profile saved in the image is found, unless the image's own orphans are the sources. */
  readonly profile?: string | undefined;
  /** `profile` was found, not named by a person: then it must be this very machine's. */
  readonly profileWasFound?: boolean | undefined;
  readonly inventory?: InventorySource | undefined;
  readonly pairing: PairingOptions;
}

interface ChosenProfile {
  readonly path: string;
  readonly profile: Profile;
  readonly warnings: readonly Warning[];
  /** Found in the image, not named: then it must be of this very machine. */
  readonly found: boolean;
}

export interface PreparedPlan {
  readonly plan: Plan;
  readonly match: Match;
  /** Where the profile lies; undefined: the image's own orphans are the sources. */
  readonly profile: string | undefined;
  /** One for each of the plan's, in its order, with its settings. */
  readonly sources: readonly Source[];
}

/** Throws Failure: invalidDocument (20), noImage (21) when there is no profile, or several that differ, usage (2) for pairing options that name nothing. */
export function preparePlan(
  session: ImageSession,
  windows: Windows,
  options: PlanningOptions,
  emit: Emit,
): PreparedPlan {
  const chosen = chooseProfile(session, windows, options, emit);
  const inventory = readInventory(options.inventory, emit);
  const match = matchAdapters(windows, inventory);
  const request: PlanRequest = {
    image: { path: session.location.path, hiveSha256: session.hiveSha256 },
    root: session.hive.root,
    windows,
    match,
    profile: chosen?.profile,
    options: { ...options.pairing, profileWasFound: chosen?.found ?? false },
  };
  const plan = planMoves(request);
  emit({ kind: "planned", sources: plan.sources.length, steps: plan.steps.length });
  const warnings = [...(chosen?.warnings ?? []), ...warningsOfSource(options.inventory)];
  return { plan: withWarnings(plan, warnings), match, profile: chosen?.path, sources: sourcesOf(request) };
}

function chooseProfile(
  session: ImageSession,
  windows: Windows,
  { profile, profileWasFound, pairing }: PlanningOptions,
  emit: Emit,
): ChosenProfile | undefined {
  if (pairing.sources === "orphans") {
    return undefined;
  }
  const isNamed = profile !== undefined && profileWasFound !== true;
  const chosen = isNamed ? readNamed(profile, windows) : find(session, windows, profile, emit);
  emit({
    kind: "profile-read",
    path: chosen.path,
    connections: chosen.profile.connections.length,
    found: chosen.found,
  });
  return chosen;
}

/** Of the places in the image, or where it was found already. One that is another machine's the plan refuses. */
function find({ places }: ImageSession, windows: Windows, file: string | undefined, emit: Emit): ChosenProfile {
  const all = (file === undefined ? places.savedProfiles : [file]).map((path) => readFoundProfile(path, windows));
  const chosen = theOneOf(all.filter(({ another }) => another === undefined)) ?? all[0];
  if (chosen === undefined) {
    throw new Failure("noImage", `There is no saved profile in the image: no ${places.profile}`, {
      at: places.profile,
      code: "no-profile",
      advice:
        "name one (--profile FILE), save one on the source machine (pint capture), or move what the image's own orphans hold (--sources orphans)",
    });
  }
  for (const { path, another } of all) {
    if (path !== chosen.path && another !== undefined) {
      emit({ kind: "profile-passed-over", path, reason: another });
    }
  }
  return { path: chosen.path, profile: chosen.profile, warnings: toldWithPlace(chosen), found: true };
}

/** A person's word goes, but whose profile it is must be seen. One that was written by hand says nothing of that. */
function readNamed(path: string, windows: Windows): ChosenProfile {
  const parsed = parseProfile(readDocumentFile(path, "profile"), path);
  const { profile } = parsed;
  const { isThisMachines, reason } = belongingOf(profile, windows);
  const isAnothers = profile.captured?.computerName !== undefined && !isThisMachines;
  const message = `The profile that was named is used, though it is not this machine's: ${reason}. No two machines may have one address.`;
  const warnings = isAnothers ? [{ code: "profile-of-another-machine", message }] : [];
  return { path, profile, warnings: [...warnings, ...toldWithPlace(parsed)], found: false };
}

function toldWithPlace({ warnings }: ParsedProfile): Warning[] {
  return warnings.map(({ code, at, message }) => ({ code, message: `${at}: ${message}` }));
}

/** What becomes of every source is told once, when it is certain. */
export function tellSources(sources: Plan["sources"], emit: Emit): void {
  for (const planned of sources) {
    emit({ kind: "source", planned });
  }
}

/** The plan with more warnings before its own. */
export function withWarnings(plan: Plan, warnings: readonly Warning[]): Plan {
  return { ...plan, warnings: [...warnings, ...plan.warnings] };
}
