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

function adapterLines({ mac, location, hardwareIds, instanceId }: InventoryAdapter, detail: Detail): string[] {
  const overridden = mac.permanent !== undefined && mac.current !== undefined && mac.current !== mac.permanent;
  return fields("   ", [
    ["MAC", `${mac.permanent ?? mac.current ?? "unknown"}${overridden ? `, now ${mac.current}` : ""}`],
    ["where", location === undefined ? null : locationText(location)],
    ["instance", instanceId],
    ["hardware", detail === "verbose" ? hardwareIds : hardwareIds.slice(0, 1)],
  ]);
}
