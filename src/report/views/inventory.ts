/** The network adapters of a machine. */
import type { InventoryResult } from "../../apply/results.ts";
import type { InventoryAdapter } from "../../inventory/model.ts";
import type { Detail } from "../detail.ts";
import { fields, wrap } from "../lines.ts";
import { locationText } from "../../notation/pci-location.ts";
import { counted } from "../words.ts";
import { section } from "./parts.ts";

export function inventoryView({ inventory, savedTo }: InventoryResult, detail: Detail): string[] {
  const notes = section(
    "notes",
    (inventory.notes ?? []).flatMap((note) => wrap("  ! ", note)),
  );
  if (detail === "quiet") {
    return notes;
  }
  return [
    ...fields("", [
      ["from", inventory.origin],
      ["saved to", savedTo],
      ["adapters", counted(inventory.adapters.length, "network adapter")],
    ]),
    ...inventory.adapters.flatMap((adapter, index) => section(title(adapter, index), adapterLines(adapter, detail))),
    ...notes,
  ];
}

function title(adapter: InventoryAdapter, index: number): string {
  return `${index + 1}  ${adapter.description ?? "(no description)"}`;
}

function adapterLines(adapter: InventoryAdapter, detail: Detail): string[] {
  const { location, locationPaths, hardwareIds, instanceId, known = {} } = adapter;
  const isVerbose = detail === "verbose";
  return fields("   ", [
    ["MAC", withSource(macText(adapter), known.mac)],
    ["where", location === undefined ? null : withSource(locationText(location), known.location)],
    ["path", isVerbose ? locationPaths : null],
    ["instance", instanceId === undefined ? null : withSource(instanceId, known.instanceId)],
    ["hardware", isVerbose ? hardwareIds : hardwareIds.slice(0, 1)],
    ["known by", isVerbose ? known.hardwareIds : null],
    ["here", known.presence],
  ]);
}

function macText({ mac }: InventoryAdapter): string {
  const isOverridden = mac.permanent !== undefined && mac.current !== undefined && mac.current !== mac.permanent;
  return `${mac.permanent ?? mac.current ?? "unknown"}${isOverridden ? `, now ${mac.current}` : ""}`;
}

function withSource(text: string, source: string | undefined): string {
  return source === undefined ? text : `${text} (${source})`;
}
