/** `profile list`: what a saved profile holds, for whoever is about to edit it. */
import { EXIT_CODES } from "../exit/codes.ts";
import { parseProfile } from "../profile/document.ts";
import { readDocumentFile } from "./document-file.ts";
import type { ProfileListResult } from "./profile-results.ts";

/** Throws Failure (20, 21). */
export function listProfile(file: string): ProfileListResult {
  const { profile, warnings } = parseProfile(readDocumentFile(file, "profile"), file);
  return {
    path: file,
    profile,
    warnings: warnings.map(({ code, at, message }) => ({ code, message: `${at}: ${message}` })),
    exitCode: EXIT_CODES.done,
  };
}
