/** What each exit code means, in the words that end a report. */
import { EXIT_CODES, type ExitCode, type ExitName } from "../exit/codes.ts";

const MEANING: Readonly<Record<ExitName, string>> = {
  done: "done, already so, or nothing to do",
  internal: "a fault of pint itself",
  usage: "the command line is wrong",
  invalidDocument: "a profile, inventory, plan, receipt or answer file is not valid",
  noImage: "no image or no profile, or more than one",
  unsupportedWindows: "this Windows is not supported",
  hiveDamaged: "the hive is damaged, or dirty without usable logs",
  refused: "refused for safety; nothing was changed",
  unplaced: "some sources have no target",
  pending: "some sources wait for an adapter that Windows has not met yet, or for their static IPv6",
  arranged: "the rest is arranged for the first boot",
  differs: "what was read differs from what was meant, or undo left a change",
  writeFailed: "a write failed, or another program changed the hive meanwhile; the image is as before",
  writeFailedCommitted: "a write failed after the point of commit; the next load or the next run completes it",
  timedOut: "something did not end within its time",
  interrupted: "interrupted",
};

/** Every code with its meaning, in the order of the table. */
export function exitMeanings(): { readonly code: ExitCode; readonly meaning: string }[] {
  return (Object.keys(EXIT_CODES) as ExitName[]).map((name) => ({ code: EXIT_CODES[name], meaning: MEANING[name] }));
}

/** "exit code 25: some sources have no target" */
export function exitLine(code: ExitCode): string {
  const found = exitMeanings().find((entry) => entry.code === code);
  return `exit code ${code}: ${found?.meaning ?? "unknown"}`;
}
