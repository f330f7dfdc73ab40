/** What a plan is asked for. */
import type { Match } from "../match/model.ts";
import type { Profile } from "../profile/model.ts";
import type { Key } from "../regf/index.ts";
import type { Windows } from "../windows/model/windows.ts";

export type PairingRule = "mac" | "order";

export interface PlanOptions {
  /** `--map SOURCE=TARGET`: each side a number, name, GUID or MAC address. */
  readonly map: readonly (readonly [source: string, target: string])[];
  /** `--exclude`: connections that take no part, as source or as target. */
  readonly exclude: readonly string[];
  /** How sources and targets are paired that nobody has mapped. */
  readonly pairBy: readonly PairingRule[];
  /** Where the settings come from: a profile, or the image's own orphaned interfaces. */
  readonly sources: "profile" | "orphans";
  /** What becomes of an orphan whose addresses have been moved. */
  readonly orphans: "clear" | "keep";
  /** The target takes the source's connection name. */
  readonly rename: boolean;
  /** The profile was found in the image or beside it, not named: then it must be this machine's. */
  readonly profileWasFound: boolean;
  /** Nothing is moved unless every source is. */
  readonly allOrNothing: boolean;
  /** `--force conflict`: an address may end on two interfaces. */
  readonly allowConflict: boolean;
}

export const DEFAULT_PLAN_OPTIONS: PlanOptions = {
  map: [],
  exclude: [],
  pairBy: ["mac", "order"],
  sources: "profile",
  orphans: "clear",
  rename: false,
  profileWasFound: false,
  allOrNothing: false,
  allowConflict: false,
};

export interface PlanRequest {
  readonly image: { readonly path: string; readonly hiveSha256: string };
  /** The root of the hive that `windows` was read from. */
  readonly root: Key;
  readonly windows: Windows;
  readonly match: Match;
  /** Needed unless the sources are the image's orphans. */
  readonly profile?: Profile | undefined;
  readonly options: PlanOptions;
}
