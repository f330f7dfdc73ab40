/** Tells whether a hive is the SYSTEM hive of a supported Windows, and says what it is when it is not. */
import { Failure } from "../exit/failure.ts";
import type { Key } from "../regf/index.ts";
import { CONTROL_KEY, controlSetKey, inControlSet, NETWORK_KEY, SELECT_KEY } from "./registry-paths.ts";

/**
 * Keys directly below the root that only one of Windows' hives has. Microsoft's "Registry Hives" names the hives, not what
 * is in them: the keys of all but NTUSER.DAT and UsrClass.dat are not confirmed by a hive, and nothing but the wording
 * of a refusal depends on them.
 */
const OTHER_HIVES: readonly (readonly [keyNames: readonly string[], hive: string])[] = [
  [["Microsoft", "Classes"], "a SOFTWARE hive"],
  [["Control Panel", "Environment"], "a user's NTUSER.DAT"],
  [["Local Settings"], "a user's UsrClass.dat"],
  [["SAM"], "a SAM hive"],
  [["Policy"], "a SECURITY hive"],
  [["Objects", "Description"], "boot configuration data (BCD)"],
  [["DriverDatabase"], "a DRIVERS hive"],
  [["DerivedData"], "a COMPONENTS hive"],
];

const GIVE_SYSTEM = "Give the image's Windows\\System32\\config\\SYSTEM, or the root of its volume.";

/** Throws Failure: noImage for a hive that is not SYSTEM, unsupportedWindows for one that has no control sets of its own. */
export function requireSystemHive(root: Key): void {
  if (root.subkey(SELECT_KEY) !== undefined) return;
  if (root.subkey(controlSetKey(1)) === undefined) {
    const what = otherHive(root);
    throw new Failure("noImage", `This hive is not a SYSTEM hive${what === undefined ? "" : ` but ${what}`}.`, {
      code: "not-a-system-hive",
      advice: GIVE_SYSTEM,
    });
  }
  if (root.open(inControlSet(1, CONTROL_KEY))?.value("ContainerType") !== undefined) {
    throw new Failure("unsupportedWindows", "This hive is a layer of a Windows container, not a whole Windows.", {
      code: "container-layer",
      advice: "A container gets its network from its host: configure that.",
    });
  }
  throw new Failure("unsupportedWindows", "This SYSTEM hive does not say which control set Windows uses.", {
    code: "no-select-key",
    at: SELECT_KEY,
    advice:
      "It may be a layer or a part of a hive. Take the SYSTEM hive of the whole Windows, or restore it from a backup.",
  });
}

/** Throws Failure for a Windows before 2000: it knows an adapter by its driver's service, not by a GUID. */
export function requireKnownNetworkLayout(controlSet: Key): void {
  if (controlSet.open(NETWORK_KEY) !== undefined) return;
  throw new Failure(
    "unsupportedWindows",
    "This is Windows NT 4 or older, or a Windows whose network was never installed.",
    {
      code: "no-connections-key",
      at: `${controlSet.path}\\${NETWORK_KEY}`,
      advice: "Windows XP and later are supported; they keep their connections here.",
    },
  );
}

function otherHive(root: Key): string | undefined {
  return OTHER_HIVES.find(([keyNames]) => keyNames.every((name) => root.subkey(name) !== undefined))?.[1];
}
