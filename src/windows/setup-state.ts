/** Reads whether Windows Setup is in progress, and in which state it left the image. */
import type { Key } from "../regf/index.ts";
import type { SetupFlag, SetupState, SoftwareReading, WindowsFamily } from "./model/windows.ts";
import { SETUP_KEY } from "./registry-paths.ts";
import { readNumber, readText } from "./registry-values.ts";

export function readSetupState(root: Key, family: WindowsFamily, software: SoftwareReading): SetupState {
  const key = root.open(SETUP_KEY);
  return {
    setupType: readFlag(key, "SetupType"),
    systemSetupInProgress: readFlag(key, "SystemSetupInProgress"),
    oobeInProgress: readFlag(key, "OOBEInProgress"),
    commandLine: readText(key, "CmdLine") ?? "",
    answerFile: readText(key, "UnattendFile"),
    image: imageStateOf(family, software),
  };
}

/** A value that is missing counts as 0: Windows XP has no OOBEInProgress (seen in an XP SP3 hive). One that is there and is no DWORD says nothing, least of all 0. */
function readFlag(key: Key | undefined, name: string): SetupFlag {
  return readNumber(key, name) ?? (key?.value(name) === undefined ? 0 : "unreadable");
}

/** Microsoft, "Windows Setup States": the generalize pass is over, and Setup goes on with OOBE or audit mode. False also where the state is not known. */
export function isGeneralized({ image }: SetupState): boolean {
  return image.known && /^IMAGE_STATE_GENERALIZE_/i.test(image.state ?? "");
}

/** XP and 2003 keep no state: their Setup is known by the flags alone. */
function imageStateOf(family: WindowsFamily, software: SoftwareReading): SetupState["image"] {
  if (family === "xp") return { known: true };
  if (!software.read) return { known: false, reason: software.reason };
  const { imageState } = software.found;
  return imageState === undefined
    ? { known: false, reason: "the SOFTWARE hive has no ImageState" }
    : { known: true, state: imageState };
}
