/** Which adapter is which interface: the verdicts that the windows layer's evidence and an inventory allow. */
import type { InventoryAdapter } from "../inventory/model.ts";
import type { WindowsConnection } from "../windows/model/windows.ts";

export type PresenceVerdict = "present" | "orphan" | "unknown";

export interface Presence {
  readonly verdict: PresenceVerdict;
  /** In words, with the evidence: "not started since 2011-06-13; the last boot was 2012-04-04 (DeviceClasses)". */
  readonly reason: string;
}

/** How an inventory adapter was recognised as a connection's. */
export type RecognisedBy = "mac" | "serial-number" | "hardware-id-and-location";

export interface MatchedConnection {
  readonly connection: WindowsConnection;
  readonly presence: Presence;
  /** The inventory's adapter that is this connection's, when there is an inventory and one is. */
  readonly adapter?: { readonly inventory: InventoryAdapter; readonly by: RecognisedBy } | undefined;
}

export interface Match {
  /** Whether the verdicts rest on an inventory of the new machine (else on the hive's own evidence alone). */
  readonly byInventory: boolean;
  /** In the order of the Windows model. */
  readonly connections: readonly MatchedConnection[];
  /** The inventory's adapters for which Windows has no interface yet. */
  readonly strangers: readonly InventoryAdapter[];
}
