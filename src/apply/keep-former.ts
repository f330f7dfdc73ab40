/** Keeps a profile that is about to be replaced: it may be the only record of a static configuration, or a person has edited it. */
import fs from "fs-extra";
import { keepCopy } from "./document-file.ts";
import { timeStamp } from "./file-time.ts";

/** The copy's path; null when nothing stands there, or the same text. Throws Failure("writeFailed"). */
export function keepFormerProfile(file: string, text: string, now: Date): string | null {
  if (!fs.pathExistsSync(file) || fs.readFileSync(file, "utf8") === text) return null;
  const kept = `${file.replace(/\.json$/i, "")}-before-${timeStamp(now)}.json`;
  keepCopy(file, kept, "profile");
  return kept;
}
