/** Reads whether Windows Setup is in progress. */
import type { Key } from "../regf/index.ts";
import type { SetupFlag, SetupState } from "./model/windows.ts";
import { SETUP_KEY } from "./registry-paths.ts";
import { readNumber, readText } from "./registry-values.ts";

export function readSetupState(root: Key): SetupState {
  const key = root.open(SETUP_KEY);
  return {
    setupType: readFlag(key, "SetupType"),
    systemSetupInProgress: readFlag(key, "SystemSetupInProgress"),
    oobeInProgress: readFlag(key, "OOBEInProgress"),
    commandLine: readText(key, "CmdLine") ?? "",
  };
}

/** A value that is missing counts as 0: Windows XP has no OOBEInProgress (seen in an XP SP3 hive). One that is there and is no DWORD says nothing, least of all 0. */
function readFlag(key: Key | undefined, name: string): SetupFlag {
  return readNumber(key, name) ?? (key?.value(name) === undefined ? 0 : "unreadable");
}
