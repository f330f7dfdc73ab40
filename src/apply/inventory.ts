/** `inventory`: the network adapters of the machine that it runs on, or a document of them made complete. */
import { EXIT_CODES } from "../exit/codes.ts";
import { formatInventory } from "../inventory/document.ts";
import { saveDocument } from "./document-file.ts";
import type { Emit } from "./events.ts";
import { askInventory, type InventorySource } from "./read-inventory.ts";
import type { InventoryResult } from "./results.ts";

export interface InventoryOptions {
  readonly source: InventorySource;
  readonly output?: string | undefined;
}

/** Throws Failure (2, 24, 29, 31 where this machine cannot be asked or does not answer; 20, 21, 29 for documents). */
export function takeInventory({ source, output }: InventoryOptions, emit: Emit): InventoryResult {
  const inventory = askInventory(source, emit);
  const text = formatInventory(inventory);
  if (output !== undefined) {
    saveDocument(output, text, "inventory");
    emit({ kind: "saved", what: "inventory", path: output });
  }
  return { inventory, text, savedTo: output ?? null, exitCode: EXIT_CODES.done };
}
