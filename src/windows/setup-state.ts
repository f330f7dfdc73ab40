/** Reads whether Windows Setup is in progress. */
import type { Key } from "../regf/index.ts";
import type { SetupState } from "./model/windows.ts";
import { SETUP_KEY } from "./registry-paths.ts";
import { readNumber, readText } from "./registry-values.ts";

/** A value that is missing counts as 0: Windows XP has no OOBEInProgress (seen in an XP SP3 hive). */
export function readSetupState(root: Key): SetupState {
  const key = root.open(SETUP_KEY);
  return {
    setupType: readNumber(key, "SetupType") ?? 0,
    systemSetupInProgress: readNumber(key, "SystemSetupInProgress") ?? 0,
    oobeInProgress: readNumber(key, "OOBEInProgress") ?? 0,
    commandLine: readText(key, "CmdLine") ?? "",
  };
}
