/** What a finisher at work, or who put it there, leaves in its folder when the power is cut. */
import {
  FIRST_BOOT_CHANGES,
  FIRST_BOOT_LOCK,
  FIRST_BOOT_PROGRAMS,
  FIRST_BOOT_RESULT,
  idInName,
  workingName,
} from "../../firstboot/places.ts";
import { TEMPORARY_PREFIX } from "../../inventory/windows/temporary-folder.ts";

const WORKING: readonly string[] = [workingName(FIRST_BOOT_RESULT), workingName(FIRST_BOOT_CHANGES), FIRST_BOOT_LOCK];

/** Copies of the registry, the lock, the documents that it works with, and what is half written or was put aside. */
export function isWorkingName(name: string): boolean {
  return name.startsWith(TEMPORARY_PREFIX) || WORKING.includes(name) || isHalfWritten(name);
}

/** Of a file of the finisher, whoever was putting it there. */
export function isHalfWritten(name: string): boolean {
  const stem = /^(.+)\.[0-9a-f]{8}\.(?:new|stale)$/.exec(name)?.[1];
  if (stem === undefined) return false;
  return [...WORKING, ...Object.values(FIRST_BOOT_PROGRAMS)].includes(stem) || idInName(stem) !== undefined;
}
