/** From a phony registry, a profile and an inventory to a plan, and what a test asks of one. */
import type { Inventory, InventoryAdapter } from "../../src/inventory/model.ts";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import type { Plan } from "../../src/plan/model.ts";
import { DEFAULT_PLAN_OPTIONS, type PlanOptions } from "../../src/plan/options.ts";
import { planMoves } from "../../src/plan/plan-moves.ts";
import type { Profile, ProfileConnection } from "../../src/profile/model.ts";
import type { Windows } from "../../src/windows/model/windows.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";
import { guidOf, inventoryAdapter, inventoryOf, macOf, staticSettings } from "../support/models.ts";
import { PhonyRegistry, type PhonySpec } from "../support/phony-registry.ts";

export interface Asked {
  readonly profile?: Profile | undefined;
  readonly inventory?: Inventory | undefined;
  readonly options?: Partial<PlanOptions> | undefined;
}

export const IMAGE = { path: "/mnt/windows", hiveSha256: "0".repeat(64) };

export function planOf(registry: PhonyRegistry, { profile, inventory, options }: Asked): Plan {
  const root = registry.root();
  const windows = readWindows(root);
  return planMoves({
    image: IMAGE,
    root,
    windows,
    match: matchAdapters(windows, inventory),
    profile,
    options: { ...DEFAULT_PLAN_OPTIONS, ...(profile === undefined ? { sources: "orphans" } : {}), ...options },
  });
}

/** The plan, and the Windows as it is when the plan's steps are made. */
export function planned(
  spec: PhonySpec,
  asked: Asked,
): { readonly plan: Plan; readonly registry: PhonyRegistry; readonly after: Windows } {
  const registry = new PhonyRegistry(spec);
  const plan = planOf(registry, asked);
  registry.apply(plan.steps);
  return { plan, registry, after: readWindows(registry.root()) };
}

/** One line a source: "1 moved -> Ethernet 2 (mac)"; a target without a name by its MAC address. */
export function told({ sources }: Plan): string[] {
  return sources.map(({ source, outcome, target, matchedBy }) => {
    const to = target === undefined ? "" : ` -> ${target.name ?? target.mac ?? target.description}`;
    return `${source.number} ${outcome}${to}${matchedBy === undefined ? "" : ` (${matchedBy})`}`;
  });
}

/** Without the one that every move to a gateway brings. */
export function warningsOf({ warnings }: Plan): Plan["warnings"] {
  return warnings.filter(({ code }) => code !== "network-may-be-public");
}

/** The static addresses of an image by connection name; those without are left out. */
export function addressesIn({ connections }: Windows): Record<string, string> {
  const found = connections.flatMap(({ name, guid, settings: { ipv4 } }): [string, string][] =>
    ipv4.mode === "static" && ipv4.addresses.length > 0
      ? [[name ?? guid, ipv4.addresses.map(({ address }) => address).join(",")]]
      : [],
  );
  return Object.fromEntries(found);
}

type ConnectionOverrides = Partial<Omit<ProfileConnection, "ipv4">> & {
  readonly ipv4?: Partial<ProfileConnection["ipv4"]>;
};

/** Static 10.0.0.<number>, with the interface and the MAC address of the phony adapter of that number. */
export function profileConnection(number: number, { ipv4, ...overrides }: ConnectionOverrides = {}): ProfileConnection {
  return {
    number,
    name: `Old ${number}`,
    apply: "move",
    guid: guidOf(number),
    mac: { permanent: macOf(number), current: macOf(number), user: [] },
    ipv4: { ...staticSettings(`10.0.0.${number}`, "10.0.0.254").ipv4, ...ipv4 },
    ipv6: NO_IPV6,
    netbios: { winsServers: [] },
    raw: {},
    ...overrides,
  };
}

/** Of a machine that the phony image (SRV-1) is not, unless told. */
export function profileOf(connections: readonly ProfileConnection[], computerName = "OLD-HOST"): Profile {
  return { pintProfile: 1, captured: { computerName }, connections };
}

/** A machine that has the phony adapters of these numbers, known by their MAC addresses. */
export function machineWith(...numbers: readonly number[]): Inventory {
  return inventoryOf(...numbers.map(adapterNumber));
}

export function adapterNumber(number: number): InventoryAdapter {
  return inventoryAdapter({
    description: `Adapter ${number}`,
    mac: { permanent: macOf(number) },
    location: { bus: 2, device: number, function: 0 },
  });
}
