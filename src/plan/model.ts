/** A plan: what would become of every source and every registry change that takes, as data that can be reviewed, stored and undone. */
import type { ExitCode } from "../exit/codes.ts";
import type { Warning } from "../exit/warning.ts";
import type { DriverFinding } from "../drivers/model.ts";
import type { Guid } from "../notation/guid.ts";
import type { MacAddress } from "../notation/mac.ts";
import type { Change } from "../windows/model/change.ts";

export const OUTCOMES = ["moved", "already", "kept", "unplaced", "pending", "arranged", "skipped", "conflict"] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** What of a source can wait while the rest of it is in place: its static IPv6 addresses, gateways and routes. */
export const PENDING_PARTS = ["ipv6"] as const;

export type PendingPart = (typeof PENDING_PARTS)[number];

/** By what a source and its target were paired. */
export const MATCHED_BY = ["map", "guid", "mac", "order"] as const;

export interface PlanEnd {
  readonly number?: number | undefined;
  readonly name?: string | undefined;
  readonly guid?: Guid | undefined;
  readonly mac?: MacAddress | undefined;
  readonly description?: string | undefined;
  /** "10.3.58.5/24" */
  readonly addresses: readonly string[];
}

export interface PlannedSource {
  readonly source: PlanEnd;
  readonly outcome: Outcome;
  /** Why, in words. */
  readonly reason: string;
  readonly target?: PlanEnd | undefined;
  /**
   * "guid": the source's own interface is there, as DHCP, and gets its settings back. A source that is moved has it,
   * but for a connection that the profile says is to be DHCP: nothing of it moves, its own adapter is made DHCP.
   */
  readonly matchedBy?: (typeof MATCHED_BY)[number] | undefined;
  /** It rests on a prediction that Windows takes the inventory's adapter for the target's, which it knew; the reason says which. */
  readonly predicted?: true | undefined;
  /**
   * Of a source that is "pending" (or "arranged"): only these wait; the rest is moved to the target, which Windows knows, or in place there. Absent:
   * all of it waits for an adapter that Windows has not met.
   */
  readonly pendingParts?: readonly PendingPart[] | undefined;
}

/** Whether "moved" means that the connection's own adapter is made DHCP, because the profile says so. */
export function isMadeDhcp({ outcome, matchedBy }: Pick<PlannedSource, "outcome" | "matchedBy">): boolean {
  return outcome === "moved" && matchedBy === undefined;
}

/** Stands in the reason of a source that is unplaced for want of an inventory: nothing else helps, `--map` neither. */
export const NEEDS_INVENTORY = "(--inventory)";

export type Step = Change;

/** Whether the image has a driver for an adapter of the inventory. */
export interface PlannedDriver extends DriverFinding {
  readonly adapter: Pick<PlanEnd, "description" | "mac">;
}

export interface Plan {
  readonly pintPlan: 1;
  readonly $schema?: string | undefined;
  readonly image: {
    readonly path: string;
    /** SHA-256 of the primary hive file the plan was made from: apply refuses it for another. */
    readonly hiveSha256: string;
  };
  readonly sources: readonly PlannedSource[];
  readonly steps: readonly Step[];
  /** For each adapter of the inventory; absent without one. */
  readonly drivers?: readonly PlannedDriver[] | undefined;
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
  /** SHA-256 of the document without this member: what was reviewed is what is done. */
  readonly seal?: string | undefined;
}
