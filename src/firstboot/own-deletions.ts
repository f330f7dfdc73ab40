/** What Windows would delete of a first boot at its next start, before any service: noted by a finisher that has ended. */
import type { Key } from "../regf/index.ts";
import { type PendingRename, readPendingRenames } from "./pending-renames.ts";
import { FIRST_BOOT_FOLDER } from "./places.ts";

/** The finisher's folder or what is in it, of whatever drive and folder of Windows: `\??\C:\Windows\PINT\first-boot\pint.exe`. */
const OWN = new RegExp(String.raw`^\\\?\?\\[A-Z]:\\[^\\]+\\${FIRST_BOOT_FOLDER.join("\\\\")}(\\.*)?$`, "i");

/** What is to be there without ours; undefined when none of it is ours. Throws HiveError. */
export function withoutOwnDeletions(controlSet: Key): readonly PendingRename[] | undefined {
  const renames = readPendingRenames(controlSet);
  const others = renames.filter(({ what }) => !OWN.test(what));
  return others.length === renames.length ? undefined : others;
}
