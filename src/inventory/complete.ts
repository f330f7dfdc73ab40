/** What every way of asking a machine ends with: only adapters that a document could hold, each once, in the order of their places. */
import { comparePciLocations } from "../notation/pci-location.ts";
import type { InventoryAdapter } from "./model.ts";
import { isSameAdapter } from "./rules.ts";

/** An adapter that was found, and what a note calls it. */
export interface Found {
  readonly called: string;
  readonly adapter: InventoryAdapter;
}

export interface Completed {
  /** By PCI location, those without one last. */
  readonly adapters: readonly InventoryAdapter[];
  readonly notes: readonly string[];
}

export function complete(found: readonly Found[]): Completed {
  const adapters: InventoryAdapter[] = [];
  const notes: string[] = [];
  for (const { called, adapter } of found) {
    if (!isKnowable(adapter)) {
      notes.push(`left out: ${called} could not be known again by what is known of it`);
    } else if (adapters.some((other) => isSameAdapter(adapter, other))) {
      notes.push(`left out: ${called} cannot be told from another that is listed`);
    } else {
      adapters.push(adapter);
    }
  }
  return { adapters: adapters.toSorted(byPlace), notes };
}

function isKnowable({ mac, hardwareIds, location }: InventoryAdapter): boolean {
  return (mac.permanent ?? mac.current) !== undefined || (hardwareIds.length > 0 && location !== undefined);
}

function byPlace(left: InventoryAdapter, right: InventoryAdapter): number {
  if (left.location !== undefined && right.location !== undefined)
    return comparePciLocations(left.location, right.location);
  return Number(left.location === undefined) - Number(right.location === undefined);
}
