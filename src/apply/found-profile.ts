/** Of the profiles that nobody has named, the one that is this very machine's. */
import { Failure } from "../exit/failure.ts";
import { belongingOf } from "../plan/settle/belonging.ts";
import { formatProfile, parseProfile, type ParsedProfile } from "../profile/document.ts";
import type { Windows } from "../windows/model/windows.ts";
import { readFoundDocument } from "./document-file.ts";

export interface FoundProfile extends ParsedProfile {
  readonly path: string;
  /** Why it is another machine's; undefined: it is this one's. */
  readonly another: string | undefined;
}

/** Throws Failure: noImage (21) when it cannot be read, invalidDocument (20). */
export function readFoundProfile(path: string, windows: Windows): FoundProfile {
  const parsed = parseProfile(readFoundDocument(path, "profile"), path);
  const { isThisMachines, reason } = belongingOf(parsed.profile, windows);
  return { ...parsed, path, another: isThisMachines ? undefined : reason };
}

/** Copies of one profile are one. Throws Failure("noImage") for several that differ, with the list. */
export function theOneOf<Found extends FoundProfile>(fitting: readonly Found[]): Found | undefined {
  const contents = fitting.map(({ profile }) => formatProfile({ ...profile, captured: undefined }));
  if (new Set(contents).size > 1) {
    throw new Failure(
      "noImage",
      `Several profiles of this machine were found, and they differ:\n${fitting.map(({ path }) => `  ${path}`).join("\n")}`,
      { code: "several-profiles", advice: "name the one that is meant (--profile FILE), or remove the others" },
    );
  }
  return fitting[0];
}
