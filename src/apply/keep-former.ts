/** Keeps a profile that is about to be replaced: it may be the only record of a static configuration, or a person has edited it. */
import path from "node:path";
import fs from "fs-extra";
import { keepCopy } from "./document-file.ts";
import { timeStamp } from "./file-time.ts";

/** The copy's path; null when nothing stands there, or the same text. Throws Failure("writeFailed"). */
export function keepFormerProfile(file: string, text: string, now: Date): string | null {
  if (!fs.pathExistsSync(file) || fs.readFileSync(file, "utf8") === text) return null;
  return keepCopy(file, `${stemOf(file)}-before-${timeStamp(now)}`, "profile");
}

/** Of the copies beside a profile the newest `count` stay; returns those that were removed. One that cannot be removed stays. */
export function removeOldCopies(file: string, count: number): readonly string[] {
  const stem = stemOf(file);
  const folder = path.dirname(file);
  const copies = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(`${stem}-before-`) && COPY.test(name.slice(stem.length)))
    .sort();
  return copies.slice(0, Math.max(copies.length - count, 0)).flatMap((name) => {
    try {
      fs.unlinkSync(path.join(folder, name));
      return [path.join(folder, name)];
    } catch {
      return [];
    }
  });
}

function stemOf(file: string): string {
  return path.basename(file).replace(/\.json$/i, "");
}

/** What keepFormerProfile adds to a name: nothing that a person named alike is taken for a copy. */
const COPY = /^-before-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(?:-\d+)?\.json$/;
