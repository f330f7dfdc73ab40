/** Which adapter is which interface: the verdicts that the windows layer's evidence and an inventory allow. */
import type { Warning } from "../exit/warning.ts";
import type { InventoryAdapter } from "../inventory/model.ts";
import type { WindowsConnection } from "../windows/model/windows.ts";

export type PresenceVerdict = "present" | "orphan" | "unknown";

export interface Presence {
  readonly verdict: PresenceVerdict;
  /** In words, with the evidence: "its adapter last started 2011-06-13 08:11 UTC, before the last boot at 2012-04-04 11:47 UTC". */
  readonly reason: string;
}

/** How an inventory adapter was recognised as a connection's. */
export type RecognisedBy = "mac" | "serial-number" | "hardware-id-and-location";

export interface MatchedConnection {
  readonly connection: WindowsConnection;
  readonly presence: Presence;
  /** The inventory's adapter that is this connection's, when there is an inventory and one is. */
  readonly adapter?:
    | {
        readonly inventory: InventoryAdapter;
        readonly by: RecognisedBy;
        /** It is expected, and not certain, that Windows takes it for the adapter that it knew; the reason says so. */
        readonly predicted: boolean;
      }
    | undefined;
}

/** An inventory adapter that may or may not be one that Windows knows. */
export interface UnclearAdapter {
  readonly adapter: InventoryAdapter;
  readonly reason: string;
}

export interface Match {
  /** Whether the verdicts rest on an inventory of the new machine (else on the hive's own evidence alone). */
  readonly byInventory: boolean;
  /** In the order of the Windows model. */
  readonly connections: readonly MatchedConnection[];
  /** The inventory's adapters for which Windows has no interface yet. */
  readonly newAdapters: readonly InventoryAdapter[];
  /** The inventory's adapters of which it cannot be told whether Windows has an interface for them. */
  readonly unclear: readonly UnclearAdapter[];
  readonly warnings: readonly Warning[];
}
