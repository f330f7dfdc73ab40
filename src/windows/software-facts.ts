/** Reads what the SOFTWARE hive says better than SYSTEM: the exact version, and the state in which Setup left the image. */
import type { Key } from "../regf/index.ts";
import type { SoftwareFacts } from "./model/windows.ts";
import { SETUP_STATES_KEY, SOFTWARE_VERSION_KEY } from "./registry-paths.ts";
import { readNumber, readText } from "./registry-values.ts";

/** From the hive's root key; undefined when this is no SOFTWARE hive. Throws HiveError where the hive's bytes are damaged. */
export function readSoftwareFacts(root: Key): SoftwareFacts | undefined {
  const version = root.open(SOFTWARE_VERSION_KEY);
  if (version === undefined) return undefined;
  return {
    currentBuild: readText(version, "CurrentBuildNumber") ?? readText(version, "CurrentBuild"),
    currentVersion: readText(version, "CurrentVersion"),
    updateRevision: readNumber(version, "UBR"),
    productName: readText(version, "ProductName"),
    edition: readText(version, "EditionID"),
    installationType: readText(version, "InstallationType"),
    release: readText(version, "DisplayVersion") ?? readText(version, "ReleaseId"),
    imageState: readText(root.open(SETUP_STATES_KEY), "ImageState"),
  };
}
