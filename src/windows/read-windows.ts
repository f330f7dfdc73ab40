/** Reads what the SYSTEM hive of one Windows says about its network. */
import type { Key } from "../regf/index.ts";
import { readConnections } from "./connections.ts";
import { openControlSets, readControlSets } from "./control-sets.ts";
import type { Windows } from "./model/windows.ts";
import { COMPUTER_NAME_KEY } from "./registry-paths.ts";
import { readText } from "./registry-values.ts";
import { readSetupState } from "./setup-state.ts";
import { requireKnownNetworkLayout, requireSystemHive } from "./system-hive.ts";
import { readVersion } from "./version.ts";

/**
 * From the hive's root key. Throws Failure with exit `noImage` (code "not-a-system-hive") or `unsupportedWindows` ("container-layer", "no-select-key",
 * "no-current-control-set", "no-connections-key"), and HiveError where the hive's bytes are damaged.
 */
export function readWindows(root: Key): Windows {
  requireSystemHive(root);
  const { controlSets, currentKey } = readControlSets(root, openControlSets(root));
  requireKnownNetworkLayout(currentKey);
  const version = readVersion(root, currentKey);
  return {
    version,
    computerName: readText(currentKey.open(COMPUTER_NAME_KEY), "ComputerName"),
    controlSets,
    setup: readSetupState(root),
    connections: readConnections(currentKey, version.family),
  };
}
