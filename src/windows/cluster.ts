/** Whether a Windows is a node of a failover cluster. */
import type { Key } from "../regf/index.ts";
import { serviceKey } from "./registry-paths.ts";
import { readNumber } from "./registry-values.ts";

/** The Cluster service (Microsoft, "Cluster service account": ClusSvc). */
const CLUSTER_SERVICE = "ClusSvc";
/** SERVICE_DISABLED (Microsoft, "CreateServiceW"); inferred: so it stands where the feature is installed and no cluster was made. */
const DISABLED = 4;

export function isClusterNode(controlSet: Key): boolean {
  const service = controlSet.open(serviceKey(CLUSTER_SERVICE));
  return service !== undefined && readNumber(service, "Start") !== DISABLED;
}
