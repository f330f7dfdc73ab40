/** The inventory document: from its text and back. */
import { formatDocument } from "../document/format.ts";
import { parseDocument } from "../document/parse.ts";
import type { DocumentText } from "../document/text.ts";
import type { Inventory, InventoryAdapter } from "./model.ts";
import { inventoryProblems } from "./rules.ts";
import { inventorySchema } from "./schema.ts";

/**
 * Reads an inventory, by whoever it was written. `text` is the file's content, as text or bytes; `path` becomes the origin.
 * Throws DocumentFailure ("invalidDocument") that names everything that is wrong.
 */
export function parseInventory(text: DocumentText, path: string): Inventory {
  const { adapters, notes } = parseDocument(inventorySchema, text, path, {
    kind: "inventory",
    examine: inventoryProblems,
  });
  return { origin: path, adapters, notes };
}

/** Stable: the same inventory gives the same text, and parsing it gives the same adapters. */
export function formatInventory({ origin, adapters, notes }: Inventory): string {
  return formatDocument("inventory", {
    origin,
    notes: notes?.length === 0 ? undefined : notes,
    adapters: adapters.map(adapterInOrder),
  });
}

/** The members in the order in which a document holds them. */
export function adapterInOrder({ mac, location, known, ...adapter }: InventoryAdapter): InventoryAdapter {
  return {
    description: adapter.description,
    kind: adapter.kind,
    mac: { permanent: mac.permanent, current: mac.current },
    hardwareIds: adapter.hardwareIds,
    location: location && { bus: location.bus, device: location.device, function: location.function },
    locationPaths: adapter.locationPaths,
    instanceId: adapter.instanceId,
    known: known && {
      mac: known.mac,
      hardwareIds: known.hardwareIds,
      location: known.location,
      instanceId: known.instanceId,
      presence: known.presence,
    },
  };
}
