/** Where an operation takes the inventory from: a document, the machine it runs on, or nowhere. */
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import { parseInventory } from "../inventory/document.ts";
import { readLinuxInventory } from "../inventory/linux/read.ts";
import type { Inventory } from "../inventory/model.ts";
import { isWindowsPe, thisWindows, type WindowsMachine } from "../inventory/windows/machine.ts";
import { readWindowsInventory } from "../inventory/windows/read.ts";
import type { Host } from "../image/host.ts";
import { readDocumentFile } from "./document-file.ts";
import type { Emit } from "./events.ts";

export type InventorySource =
  | { readonly kind: "document"; readonly path: string }
  | {
      readonly kind: "this-machine";
      readonly host: Host;
      /** A test's fake /sys. */
      readonly sysRoot?: string | undefined;
      /** A test's fake Windows. */
      readonly windows?: WindowsMachine | undefined;
    };

const WRITE_ONE = "name an inventory document: --inventory FILE";

/** What `--inventory` means: "this-machine", or a document's path. */
export function inventorySource(text: string, host: Host): InventorySource {
  return text === "this-machine" ? { kind: "this-machine", host } : { kind: "document", path: text };
}

/**
 * Where `--inventory` says nothing: WinPE was started on the machine that the image will boot on. An imaging server is not that machine, and a
 * running Windows need not be: there it has to be asked for.
 */
export function inventoryByDefault(host: Host): InventorySource | undefined {
  return isInWindowsPe(host) ? { kind: "this-machine", host } : undefined;
}

function isInWindowsPe({ platform, environment }: Host): boolean {
  return platform === "win32" && isWindowsPe({ environment });
}

/** What a person should know who had this machine asked. */
export function warningsOfSource(source: InventorySource | undefined): readonly Warning[] {
  if (source?.kind !== "this-machine" || isInWindowsPe(source.host)) return [];
  const message =
    "The inventory is that of the machine on which pint runs: right only if the image will boot on this very machine. For another one give its own with --inventory FILE.";
  return [{ code: "inventory-of-this-machine", message }];
}

/**
 * For what decides by it: throws Failure invalidDocument (20), noImage (21) for a document that cannot be read; of this machine usage (2) where it cannot be asked, refused (24),
 * writeFailed (29) and timedOut (31) where it does not answer, refused when it has no network adapter.
 */
export function readInventory(source: InventorySource | undefined, emit: Emit): Inventory | undefined {
  if (source === undefined) return undefined;
  const inventory = askInventory(source, emit);
  if (inventory.adapters.length > 0) return inventory;
  throw new Failure("refused", "No network adapter was found in this machine", {
    code: "no-adapters",
    at: inventory.origin,
    advice: `see what was left out and why (pint inventory); or ${WRITE_ONE}`,
  });
}

/** The same, but a machine without adapters is an answer too. */
export function askInventory(source: InventorySource, emit: Emit): Inventory {
  const inventory =
    source.kind === "document"
      ? parseInventory(readDocumentFile(source.path, "inventory"), source.path)
      : askThisMachine(source);
  emit({ kind: "inventory-read", origin: inventory.origin, adapters: inventory.adapters.length });
  return inventory;
}

function askThisMachine({ host, sysRoot, windows }: Extract<InventorySource, { kind: "this-machine" }>): Inventory {
  switch (host.platform) {
    case "linux":
      return readLinuxInventory(sysRoot);
    case "win32":
      return readWindowsInventory(windows ?? thisWindows(host.environment));
    default:
      throw new Failure("usage", `The adapters of this machine cannot be read on ${host.platform}`, {
        code: "inventory-not-supported",
        advice: WRITE_ONE,
      });
  }
}
