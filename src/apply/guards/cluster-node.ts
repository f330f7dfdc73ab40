/** Guard: the addresses of a cluster belong to the cluster, and its networks are known by their subnets. */
import { type Guard, warnedWhen } from "./guard.ts";

export const clusterNode: Guard = {
  name: "cluster-node",
  needs: "windows",
  look: ({ isClusterNode }) =>
    warnedWhen(
      isClusterNode
        ? "This Windows is a node of a failover cluster (its service ClusSvc starts): the cluster knows its networks by their subnets and its nodes by the addresses they have there. Keep them, and check the cluster's networks when the node has joined again"
        : undefined,
    ),
  refusal: null,
};
