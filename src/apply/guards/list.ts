/** The guards, as one list: the order in which they are looked at and told; the advice is that of the first that blocks. */
import { bitLocker } from "./bitlocker.ts";
import { clusterNode } from "./cluster-node.ts";
import { defaultControlSet } from "./default-control-set.ts";
import { dirtyVolume } from "./dirty-volume.ts";
import { domainController } from "./domain-controller.ts";
import { failedControlSet } from "./failed-control-set.ts";
import { generalized } from "./generalized.ts";
import type { Guard } from "./guard.ts";
import { hibernated } from "./hibernated.ts";
import { readOnlyVolume } from "./read-only-volume.ts";
import { runningWindows } from "./running-windows.ts";
import { setupInProgress } from "./setup-in-progress.ts";

export const GUARDS: readonly Guard[] = [
  runningWindows,
  readOnlyVolume,
  hibernated,
  dirtyVolume,
  generalized,
  setupInProgress,
  failedControlSet,
  defaultControlSet,
  bitLocker,
  domainController,
  clusterNode,
];
