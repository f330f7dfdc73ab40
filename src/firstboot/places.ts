/** Where the finisher and what it leaves behind lie, below the folder of Windows (`C:\Windows`). */

/** Names of folders and files, outermost first, below the folder of Windows. */
export type PathInWindows = readonly string[];

const OWN_FOLDER = "PINT";

/** What only administrators may write to; the finisher removes it when it is done. */
export const FIRST_BOOT_FOLDER: PathInWindows = [OWN_FOLDER, "first-boot"];

/** In FIRST_BOOT_FOLDER, for the way "program". */
export const FIRST_BOOT_PROGRAMS = { program: "pint.exe", wrapper: "nssm.exe" } as const;

/**
 * In FIRST_BOOT_FOLDER, named by the arrangement's id: one that takes the place of another overwrites nothing that the service in
 * the hive still goes by, so that a power cut leaves the one or the other whole.
 */
export function documentName(id: string): string {
  return `${id}.json`;
}

/** For the way "batch". */
export function batchName(id: string): string {
  return `${id}.cmd`;
}

/** Of a document's or a batch file's name; undefined for any other. */
export function idInName(name: string): string | undefined {
  return /^([0-9a-f]{32})\.(?:json|cmd)$/i.exec(name)?.[1]?.toLowerCase();
}

/** The documents among `names`. */
export function documentsAmong(names: readonly string[]): readonly string[] {
  return names.filter((name) => idInName(name) !== undefined && /\.json$/i.test(name));
}

/** These three stay when the finisher has removed itself; it works with copies in its folder, and never reads these. */
export const FIRST_BOOT_LOG: PathInWindows = [OWN_FOLDER, "first-boot.log"];
export const FIRST_BOOT_RESULT: PathInWindows = [OWN_FOLDER, "first-boot-result.json"];
/** What was changed and the former values; of the program only, a batch file cannot write it. */
export const FIRST_BOOT_CHANGES: PathInWindows = [OWN_FOLDER, "first-boot-changes.json"];

/** The finisher's own copy of what it leaves behind: in FIRST_BOOT_FOLDER. */
export function workingName(place: PathInWindows): string {
  return place.at(-1) ?? "";
}

/** In FIRST_BOOT_FOLDER: one finisher at a time. */
export const FIRST_BOOT_LOCK = "lock";

/** As Windows expands it in a registry value. */
export function inSystemRoot(...names: readonly string[]): string {
  return ["%SystemRoot%", ...names].join("\\");
}
