/** Where an operation takes the inventory from: a document, the machine it runs on, or nowhere. */
import { Failure } from "../exit/failure.ts";
import { parseInventory } from "../inventory/document.ts";
import { readLinuxInventory } from "../inventory/linux/read.ts";
import type { Inventory } from "../inventory/model.ts";
import type { Host } from "../image/host.ts";
import { readDocumentFile } from "./document-file.ts";
import type { Emit } from "./events.ts";

/** "this-machine" has to be asked for: an imaging server is not the machine that the image will boot on. */
export type InventorySource =
  | { readonly kind: "document"; readonly path: string }
  | {
      readonly kind: "this-machine";
      readonly host: Host;
      /** A test's fake /sys. */
      readonly sysRoot?: string | undefined;
    };

/** What `--inventory` means: "this-machine", or a document's path. */
export function inventorySource(text: string, host: Host): InventorySource {
  return text === "this-machine" ? { kind: "this-machine", host } : { kind: "document", path: text };
}

/** Throws Failure: invalidDocument (20), noImage (21) for a document that cannot be read, usage (2) where this machine cannot be asked yet. */
export function readInventory(source: InventorySource, emit: Emit): Inventory;
export function readInventory(source: InventorySource | undefined, emit: Emit): Inventory | undefined;
export function readInventory(source: InventorySource | undefined, emit: Emit): Inventory | undefined {
  if (source === undefined) {
    return undefined;
  }
  const inventory =
    source.kind === "document"
      ? parseInventory(readDocumentFile(source.path, "inventory"), source.path)
      : askThisMachine(source);
  emit({ kind: "inventory-read", origin: inventory.origin, adapters: inventory.adapters.length });
  return inventory;
}

function askThisMachine({ host, sysRoot }: Extract<InventorySource, { kind: "this-machine" }>): Inventory {
  if (host.platform !== "linux") {
    throw new Failure("usage", `Taking the inventory of this machine is not supported yet on ${host.platform}`, {
      code: "inventory-not-supported",
      advice: "name an inventory document: --inventory FILE",
    });
  }
  return readLinuxInventory(sysRoot);
}
