/** The device setup classes of what makes a network adapter work: adapters, and the buses that some of them sit on. */
import { upcase } from "../bytes/upcase.ts";
import { NET_CLASS, SYSTEM_CLASS } from "../windows/registry-paths.ts";
import { namesModel } from "./device-ids.ts";

export type NetworkClass = "net" | "bus";

/**
 * Some adapters come in two parts: a bus driver of class System (netbvbda.inf, netevbda.inf and mlx4_bus.inf are, in hives of 8.1 and 10), whose children are
 * the adapters. System devices are many, so that theirs counts only where `id` names the model.
 */
export function networkClass(classGuid: string, id: string): NetworkClass | undefined {
  const guid = upcase(classGuid);
  if (guid === NET_CLASS) return "net";
  return guid === SYSTEM_CLASS && namesModel(id) ? "bus" : undefined;
}

/** What is said of a driver that is only one part of an adapter's. */
export function withRemark(reason: string, of: NetworkClass): string {
  return of === "net"
    ? reason
    : `${reason}; it is the driver of a bus, and the adapter on that needs one of its own, which was not looked for`;
}
