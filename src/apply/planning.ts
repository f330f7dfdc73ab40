/** From an open image and what a person asked for to a plan: profile, inventory, match, moves. */
import fs from "fs-extra";
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import type { ImageSession } from "../image/session.ts";
import { matchAdapters } from "../match/match-adapters.ts";
import type { Plan } from "../plan/model.ts";
import { type Source, sourcesOf } from "../plan/ends/source.ts";
import type { PlanOptions, PlanRequest } from "../plan/options.ts";
import { planMoves } from "../plan/plan-moves.ts";
import { parseProfile } from "../profile/document.ts";
import type { Profile } from "../profile/model.ts";
import type { Windows } from "../windows/model/windows.ts";
import { readDocumentFile, readFoundDocument } from "./document-file.ts";
import type { Emit } from "./events.ts";
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
  /** One for each of the plan's, in its order, with its settings. */
  readonly sources: readonly Source[];
}

export function makePlan(session: ImageSession, windows: Windows, options: PlanningOptions, emit: Emit): Plan {
  return preparePlan(session, windows, options, emit).plan;
}

/** Throws Failure: invalidDocument (20), noImage (21) when there is no profile, usage (2) for pairing options that name nothing. */
export function preparePlan(
  session: ImageSession,
  windows: Windows,
  options: PlanningOptions,
  emit: Emit,
): PreparedPlan {
  const chosen = chooseProfile(session, options, emit);
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
  return { plan: withWarnings(plan, warnings), sources: sourcesOf(request) };
}

function chooseProfile(session: ImageSession, options: PlanningOptions, emit: Emit): ChosenProfile | undefined {
  if (options.pairing.sources === "orphans") {
    return undefined;
  }
  const chosen =
    options.profile === undefined ? findProfile(session) : read(options.profile, options.profileWasFound ?? false);
  emit({
    kind: "profile-read",
    path: chosen.path,
    connections: chosen.profile.connections.length,
    found: chosen.found,
  });
  return chosen;
}

function findProfile(session: ImageSession): ChosenProfile {
  const file = session.places.profile;
  if (!fs.pathExistsSync(file)) {
    throw new Failure("noImage", `There is no saved profile in the image: no ${file}`, {
      at: file,
      code: "no-profile",
      advice:
        "name one (--profile FILE), save one on the source machine (pint capture), or move what the image's own orphans hold (--sources orphans)",
    });
  }
  return read(file, true);
}

function read(path: string, found: boolean): ChosenProfile {
  const readBytes = found ? readFoundDocument : readDocumentFile;
  const { profile, warnings } = parseProfile(readBytes(path, "profile"), path);
  return {
    path,
    profile,
    warnings: warnings.map(({ code, at, message }) => ({ code, message: `${at}: ${message}` })),
    found,
  };
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
