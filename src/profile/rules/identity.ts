/** What tells connections apart must be there once: numbers, interface GUIDs, the user's own MAC addresses. */
import { jsonPath } from "../../document/problem.ts";
import type { ConnectionDraft, Placed } from "../draft.ts";
import { type Finding, repeated } from "./finding.ts";

/** Windows numbers its adapters with four digits. */
const MAX_CONNECTION_COUNT = 10_000;

export function connectionsAreCountable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  if (drafts.length <= MAX_CONNECTION_COUNT) return [];
  return [{ path: ["connections"], message: `must have at most ${MAX_CONNECTION_COUNT} items` }];
}

export function numbersAreDifferent(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return duplicates(
    drafts.flatMap(({ number }) => number ?? []),
    "number",
  );
}

export function guidsAreDifferent(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return duplicates(
    drafts.flatMap(({ guid }) => guid ?? []),
    "GUID",
  );
}

/** A user's MAC address forces one connection onto one adapter: it cannot force two. */
export function userMacsAreDifferent(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return duplicates(
    drafts.flatMap(({ userMacs }) => userMacs),
    "MAC address",
  );
}

/** Only a warning: the number tells them apart. Windows compares connection names without case. */
export function namesAreDifferent(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return repeated(
    drafts.flatMap(({ name }) => name ?? []),
    (name) => name.toLowerCase(),
  ).map(({ item, first }) => ({
    path: item.path,
    warning: "duplicate-name",
    message: `the name ${JSON.stringify(item.value)} is also that of ${jsonPath(first.path.slice(0, -1))}: use the numbers to tell them apart`,
  }));
}

function duplicates<Value>(items: readonly Placed<Value>[], what: string): readonly Finding[] {
  return repeated(items, String).map(({ item, first }) => ({
    path: item.path,
    message: `the ${what} ${item.value} is a duplicate of ${jsonPath(first.path)}: change or remove one`,
  }));
}
