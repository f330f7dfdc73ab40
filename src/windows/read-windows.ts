/** Reads what the SYSTEM hive of one Windows says about its network. */
import type { Key } from "../regf/index.ts";
import { readConnections } from "./connections.ts";
import { openControlSets, readControlSets } from "./control-sets.ts";
import { isClusterNode } from "./cluster.ts";
import type { SoftwareReading, Windows } from "./model/windows.ts";
import { readOwnerlessIpv6 } from "./nsi/ownerless-ipv6.ts";
import { COMPUTER_NAME_KEY, ENVIRONMENT_KEY } from "./registry-paths.ts";
import { readText } from "./registry-values.ts";
import { readSetupState } from "./setup-state.ts";
import { requireKnownNetworkLayout, requireSystemHive } from "./system-hive.ts";
import { readVersion } from "./version.ts";

/** A hive that was named by itself has none. */
const NO_SOFTWARE: SoftwareReading = { read: false, reason: "the SOFTWARE hive was not given" };

/**
 * From the hive's root key, and from what was found in SOFTWARE (`readSoftware`). Throws Failure with exit `noImage` (code "not-a-system-hive") or `unsupportedWindows` ("container-layer", "no-select-key",
 * "no-current-control-set", "no-connections-key", "too-many-connections"), and HiveError where the hive's bytes are damaged.
 */
export function readWindows(root: Key, software: SoftwareReading = NO_SOFTWARE): Windows {
  requireSystemHive(root);
  const { controlSets, currentKey } = readControlSets(root, openControlSets(root));
  requireKnownNetworkLayout(currentKey);
  const version = readVersion(root, currentKey, software);
  const connections = readConnections(currentKey, version.family);
  return {
    version,
    computerName: readText(currentKey.open(COMPUTER_NAME_KEY), "ComputerName"),
    processorArchitecture: readText(currentKey.open(ENVIRONMENT_KEY), "PROCESSOR_ARCHITECTURE"),
    controlSets,
    setup: readSetupState(root, version.family, software),
    isClusterNode: isClusterNode(currentKey),
    connections,
    ownerlessIpv6: readOwnerlessIpv6(currentKey, connections),
  };
}
