/** What the finisher puts into its folder while it works, and a power cut leaves there. */
import { FIRST_BOOT_CHANGES, FIRST_BOOT_LOCK, FIRST_BOOT_RESULT } from "../../firstboot/places.ts";
import { TEMPORARY_PREFIX } from "../../inventory/windows/temporary-folder.ts";

/** Copies of the registry, the lock, the documents that it works with; of the last two also what is half written, or was put aside. */
export function isWorkingName(name: string): boolean {
  if (name.startsWith(TEMPORARY_PREFIX)) return true;
  const stem = name.replace(/\.[0-9a-f]{8}\.(?:new|stale)$/, "");
  return [FIRST_BOOT_RESULT, FIRST_BOOT_CHANGES].some((place) => place.at(-1) === stem) || stem === FIRST_BOOT_LOCK;
}
