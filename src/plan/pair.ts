/** HP PINT's pairing: what is mapped, then MAC addresses, then the rest in order until one list is exhausted. */
import type { MacAddress } from "../notation/mac.ts";
import type { PlannedSource } from "./model.ts";
import type { PairingRule } from "./options.ts";
import type { Mappings } from "./ends/mappings.ts";
import { allMacs, type Source, type SourceMacs } from "./ends/source.ts";
import { isSameTarget, type Target, type Targets } from "./ends/target.ts";

export interface Pair {
  readonly target: Target;
  readonly by: NonNullable<PlannedSource["matchedBy"]>;
  /** The address that decided. */
  readonly mac?: { readonly kind: keyof SourceMacs; readonly address: MacAddress } | undefined;
}

export interface PairingRequest {
  /** In their order. */
  readonly sources: readonly Source[];
  readonly targets: Targets;
  readonly mappings: Mappings;
  readonly pairBy: readonly PairingRule[];
  /** How many adapters of the machine have the address, targets or not. */
  readonly holderCount: (mac: MacAddress) => number;
  /** Interfaces that are another connection's of the profile: nobody gets them by order. */
  readonly isClaimed: (target: Target) => boolean;
  /** Why a source must not be paired by order: its MAC address is that of an adapter which cannot be its target. */
  readonly whyNotByOrder: (source: Source) => string | undefined;
}

export interface Pairing {
  readonly pairs: ReadonlyMap<Source, Pair>;
  /** Why a source was kept out of the pairing by order. */
  readonly held: ReadonlyMap<Source, string>;
}

/** The MAC addresses of a profile's connection, in the order in which they are asked. */
const MAC_KINDS = ["permanent", "current", "user"] as const;

export function pair(request: PairingRequest): Pairing {
  const pairs = new Map<Source, Pair>();
  const held = new Map<Source, string>();
  for (const source of request.sources) {
    const own = freeTargets(request, pairs).find((target) => isOwn(source, target));
    const target = request.mappings.get(source);
    if (target !== undefined) pairs.set(source, { target, by: "map" });
    else if (own !== undefined) pairs.set(source, { target: own, by: "guid" });
  }
  if (request.pairBy.includes("mac")) for (const kind of MAC_KINDS) pairByMac(request, kind, pairs, held);
  for (const source of request.sources) {
    const why = pairs.has(source) || held.has(source) ? undefined : request.whyNotByOrder(source);
    if (why !== undefined) held.set(source, why);
  }
  if (request.pairBy.includes("order")) pairInOrder(request, pairs, held);
  return { pairs, held };
}

/** A source whose own interface is there, and is DHCP, goes back to it. */
function isOwn(source: Source, target: Target): boolean {
  return target.kind === "interface" && target.matched === source.own;
}

function pairByMac(
  request: PairingRequest,
  kind: keyof SourceMacs,
  pairs: Map<Source, Pair>,
  held: Map<Source, string>,
): void {
  const open = request.sources.filter((source) => !pairs.has(source) && !held.has(source));
  const free = freeTargets(request, pairs);
  const hits = open.flatMap((source) =>
    source.macs[kind].flatMap((address) =>
      free.filter(({ macs }) => macs.includes(address)).map((target) => ({ source, target, address })),
    ),
  );
  for (const { source, target, address } of hits) {
    const targetCount = new Set(hits.filter((hit) => hit.source === source).map((hit) => hit.target)).size;
    const sourceCount = new Set(hits.filter((hit) => hit.target === target).map((hit) => hit.source)).size;
    // Even where one of them is no target any more, or none yet: it may be the one that is meant.
    const adapterCount = Math.max(targetCount, request.holderCount(address));
    if (adapterCount > 1) {
      held.set(source, `its MAC address ${address} is that of ${adapterCount} adapters; --map says which is meant`);
    } else if (sourceCount > 1) {
      held.set(source, `${sourceCount} sources have the MAC address ${address}; --map says which is meant`);
    } else {
      pairs.set(source, { target, by: "mac", mac: { kind, address } });
    }
  }
}

/**
 * Interfaces first, as PINT knew no others; then the adapters for which Windows has none yet. An adapter that has the MAC address of a source which
 * is held back may be that one's.
 */
function pairInOrder(request: PairingRequest, pairs: Map<Source, Pair>, held: ReadonlyMap<Source, string>): void {
  const open = request.sources.filter((source) => !pairs.has(source) && !held.has(source));
  const heldMacs = [...held.keys()].flatMap(allMacs);
  const free = freeTargets(request, pairs).filter(
    (target) => !request.isClaimed(target) && !target.macs.some((mac) => heldMacs.includes(mac)),
  );
  for (const [index, target] of free.entries()) {
    const source = open[index];
    if (source !== undefined) pairs.set(source, { target, by: "order" });
  }
}

/** What a person has mapped is nobody else's, even where the source does not go there. */
function freeTargets({ targets, mappings }: PairingRequest, pairs: ReadonlyMap<Source, Pair>): Target[] {
  const taken = [...mappings.values(), ...[...pairs.values()].map(({ target }) => target)];
  return [...targets.interfaces, ...targets.newAdapters].filter(
    (target) => !taken.some((other) => isSameTarget(other, target)),
  );
}
