/** Where the finisher and what it leaves behind lie, below the folder of Windows (`C:\Windows`). */

/** Names of folders and files, outermost first, below the folder of Windows. */
export type PathInWindows = readonly string[];

const OWN_FOLDER = "PINT";

/** What only administrators may write to; the finisher removes it when it is done. */
export const FIRST_BOOT_FOLDER: PathInWindows = [OWN_FOLDER, "first-boot"];

/** In FIRST_BOOT_FOLDER. The program or the batch file, by the way that the document names; the wrapper where the service needs it. */
export const FIRST_BOOT_FILES = {
  program: "pint.exe",
  wrapper: "nssm.exe",
  document: "first-boot.json",
  batch: "first-boot.cmd",
} as const;

/** These three stay when the finisher has removed itself; it works with copies in its folder, and never reads these. */
export const FIRST_BOOT_LOG: PathInWindows = [OWN_FOLDER, "first-boot.log"];
export const FIRST_BOOT_RESULT: PathInWindows = [OWN_FOLDER, "first-boot-result.json"];
/** What was changed and the former values; of the program only, a batch file cannot write it. */
export const FIRST_BOOT_CHANGES: PathInWindows = [OWN_FOLDER, "first-boot-changes.json"];

/** As Windows expands it in a registry value. */
export function inSystemRoot(...names: readonly string[]): string {
  return ["%SystemRoot%", ...names].join("\\");
}
