/** The verdicts on all connections of an image: by the inventory of the new machine, or by the hive's own evidence. */
import type { Warning } from "../exit/warning.ts";
import type { Inventory, InventoryAdapter } from "../inventory/model.ts";
import type { AdapterKind, Windows, WindowsConnection } from "../windows/model/windows.ts";
import { orphan, present, presenceByEvidence, uninstalled, unknown } from "./evidence.ts";
import { judgeFounded } from "./founded.ts";
import { ipv6Warnings } from "./ipv6-warnings.ts";
import { macWarnings } from "./mac-warnings.ts";
import type { Match, MatchedConnection, Presence, UnclearAdapter } from "./model.ts";
import { type Recognised, type Recognition, recognise } from "./recognise.ts";
import { RECOGNISED_BY } from "./relation.ts";
import { adapterText, nameAndGuid } from "./words.ts";

/** Adapters that are made by software and come along wherever this Windows goes. */
const SOFTWARE_KINDS: ReadonlySet<AdapterKind> = new Set([
  "wan-miniport",
  "tunnel",
  "kernel-debug",
  "team",
  "virtual-switch",
  "virtual",
]);

/** Of an adapter with the MAC address of one that Windows knows by its slot, when the slot is not known. */
const SLOT_PREDICTION = "a prediction, for in another slot Windows would make a new interface for it";

export function matchAdapters(windows: Windows, inventory?: Inventory): Match {
  return inventory === undefined ? matchByEvidence(windows) : matchByInventory(windows, inventory);
}

function matchByEvidence(windows: Windows): Match {
  const connections = judgeFounded(
    windows.connections.map((connection) => ({
      connection,
      presence: presenceByEvidence(connection, windows.version.family),
    })),
  );
  const warnings = [...macWarnings(connections), ...ipv6Warnings(windows)];
  return { byInventory: false, connections, newAdapters: [], unclear: [], warnings };
}

function matchByInventory(windows: Windows, inventory: Inventory): Match {
  const { family } = windows.version;
  const hardware = windows.connections.filter(
    (connection) => connection.adapter?.physical === true && uninstalled(connection) === undefined,
  );
  const recognition = recognise(hardware, inventory.adapters, family);
  const judged = windows.connections.map((connection): MatchedConnection => {
    if (!hardware.includes(connection)) return { connection, presence: presenceOfOthers(connection, windows) };
    const found = recognition.assigned.get(connection);
    const presence = presenceByInventory(connection, recognition, inventory);
    return found === undefined
      ? { connection, presence }
      : {
          connection,
          presence,
          adapter: { inventory: found.adapter, by: RECOGNISED_BY[found.ground], predicted: found.predicted },
        };
  });
  const connections = judgeFounded(judged);
  const assigned = new Set([...recognition.assigned.values()].map(({ adapter }) => adapter));
  const rest = inventory.adapters.filter((adapter) => !assigned.has(adapter));
  const unclear = rest.flatMap((adapter) => whyUnclear(adapter, recognition) ?? []);
  const newAdapters = rest.filter((adapter) => !unclear.some((entry) => entry.adapter === adapter));
  const warnings = [...ambiguityWarnings(recognition), ...macWarnings(connections), ...ipv6Warnings(windows)];
  return { byInventory: true, connections, newAdapters, unclear, warnings };
}

/** What is no network hardware, or is no longer installed: an inventory of network hardware says nothing about it. */
function presenceOfOthers(connection: WindowsConnection, windows: Windows): Presence {
  const gone = uninstalled(connection);
  if (gone !== undefined) return gone;
  const kind = connection.adapter?.kind ?? "unknown";
  if (SOFTWARE_KINDS.has(kind)) return presenceByEvidence(connection, windows.version.family);
  return unknown(`it is no adapter that an inventory of network hardware would name (${kind})`);
}

function presenceByInventory(connection: WindowsConnection, recognition: Recognition, inventory: Inventory): Presence {
  const found = recognition.assigned.get(connection);
  if (found !== undefined) return present(whyRecognised(connection, found));
  const rivals = recognition.ambiguous.filter((edge) => edge.connection === connection);
  if (rivals.length > 0) {
    return unknown(
      `it could be ${rivals.map(({ adapter }) => adapterText(adapter)).join(" or ")} of the inventory, and so could another connection or adapter`,
    );
  }
  const edges = recognition.edges.filter((edge) => edge.connection === connection);
  const assigned = new Set([...recognition.assigned.values()].map(({ adapter }) => adapter));
  const possible = edges.filter(({ adapter, relation }) => relation.kind === "possible" && !assigned.has(adapter));
  if (possible.length > 0) {
    const names = possible.map(({ adapter }) => adapterText(adapter)).join(" or ");
    return unknown(
      `it may be ${names} of the inventory; hardware IDs (with SUBSYS and REV) and PCI location there, or a MAC address here, would tell`,
    );
  }
  const sharing = edges.find(({ relation }) => relation.kind === "different" && relation.sharesMac);
  const addition =
    sharing === undefined
      ? ""
      : `; its MAC address is now that of ${adapterText(sharing.adapter)}, another model or in another slot, for which Windows makes a new interface`;
  return orphan(
    `no adapter of the inventory is its adapter (${inventory.origin}, ${inventory.adapters.length} in all)${addition}`,
  );
}

function whyRecognised({ mac }: WindowsConnection, { adapter, ground, predicted }: Recognised): string {
  const what = `the inventory has its adapter, ${adapterText(adapter)}`;
  const doubt = predicted ? `; ${SLOT_PREDICTION}` : "";
  switch (ground) {
    case "serial-number":
      return `${what}: the same serial number in the instance ID`;
    case "permanent-mac":
      return `${what}: the same permanent MAC address${doubt}`;
    case "other-mac":
      return `${what}: the same MAC address${doubt}`;
    case "hardware-id-and-location": {
      const own = mac.permanent === undefined ? "" : ` (it knew MAC address ${mac.permanent})`;
      return `${what}: the same model in the same slot, and so, as a prediction, Windows will take it for the adapter that it knew${own}`;
    }
  }
}

function whyUnclear(adapter: InventoryAdapter, recognition: Recognition): UnclearAdapter | undefined {
  const rivals = recognition.ambiguous.filter((edge) => edge.adapter === adapter);
  const possible = recognition.edges.filter(
    (edge) =>
      edge.adapter === adapter && edge.relation.kind === "possible" && !recognition.assigned.has(edge.connection),
  );
  const names = [...rivals, ...possible].map(({ connection }) => nameAndGuid(connection));
  if (names.length === 0) return undefined;
  return {
    adapter,
    reason: `${adapterText(adapter)} may be the adapter of ${[...new Set(names)].join(" or ")}; which cannot be told`,
  };
}

function ambiguityWarnings({ ambiguous }: Recognition): Warning[] {
  const messages = ambiguous.map(({ adapter }) => {
    const edges = ambiguous.filter((edge) => edge.adapter === adapter);
    const names = edges.map(({ connection }) => nameAndGuid(connection)).join(" or ");
    const isByPlace = edges.every(
      ({ relation }) => relation.kind === "same" && relation.ground === "hardware-id-and-location",
    );
    const why = isByPlace
      ? "several have its model, and their places look alike. MAC addresses, or bus numbers that agree, tell them apart."
      : "a MAC address is there twice. Hardware IDs and PCI location in the inventory tell them apart.";
    return `${adapterText(adapter)} of the inventory could be the adapter of ${names}, and not for it alone: ${why}`;
  });
  return [...new Set(messages)].map((message) => ({ code: "ambiguous-adapter", message }));
}
