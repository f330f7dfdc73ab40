/** Assigns inventory adapters to interfaces, one to one, strongest grounds first; what has two candidates is left unassigned and told. */
import type { InventoryAdapter } from "../inventory/model.ts";
import type { WindowsConnection, WindowsFamily } from "../windows/model/windows.ts";
import { GROUNDS, type Ground, type Relation, relationOf } from "./relation.ts";

export interface Edge {
  readonly connection: WindowsConnection;
  readonly adapter: InventoryAdapter;
  readonly relation: Relation;
}

export interface Recognised {
  readonly adapter: InventoryAdapter;
  readonly ground: Ground;
  readonly predicted: boolean;
}

export interface Recognition {
  readonly assigned: ReadonlyMap<WindowsConnection, Recognised>;
  /** Pairs that could be one device as well as another pair could; none of their ends is assigned. */
  readonly ambiguous: readonly Edge[];
  /** How every connection and adapter that could be compared relate. */
  readonly edges: readonly Edge[];
}

/** `connections` are those whose adapters an inventory can hold. */
export function recognise(
  connections: readonly WindowsConnection[],
  adapters: readonly InventoryAdapter[],
  family: WindowsFamily,
): Recognition {
  const edges = allEdges(connections, adapters, family);
  const assigned = new Map<WindowsConnection, Recognised>();
  const settled = new Set<WindowsConnection | InventoryAdapter>();
  const ambiguous: Edge[] = [];
  for (const ground of GROUNDS) {
    const open = (onlyConfirmed: boolean): Edge[] =>
      edges.filter(
        ({ connection, adapter, relation }) =>
          relation.kind === "same" &&
          relation.ground === ground &&
          (relation.confirmed || !onlyConfirmed) &&
          !settled.has(connection) &&
          !settled.has(adapter),
      );
    // Duplicate MAC addresses are told apart by model and slot, where these are known.
    for (const candidates of [() => open(true), () => open(false)]) {
      for (const { connection, adapter, relation } of uniqueEdges(candidates())) {
        assigned.set(connection, { adapter, ground, predicted: relation.kind === "same" && relation.predicted });
        settled.add(connection).add(adapter);
      }
    }
    for (const edge of open(false)) {
      ambiguous.push(edge);
    }
    for (const { connection, adapter } of ambiguous) settled.add(connection).add(adapter);
  }
  return { assigned, ambiguous, edges };
}

function allEdges(
  connections: readonly WindowsConnection[],
  adapters: readonly InventoryAdapter[],
  family: WindowsFamily,
): Edge[] {
  return connections.flatMap((connection) =>
    adapters.flatMap((adapter) => {
      const relation = relationOf(connection, adapter, family);
      return relation === undefined ? [] : [{ connection, adapter, relation }];
    }),
  );
}

/** The edges whose both ends have no other edge. */
function uniqueEdges(edges: readonly Edge[]): Edge[] {
  const count = new Map<WindowsConnection | InventoryAdapter, number>();
  for (const end of edges.flatMap(({ connection, adapter }) => [connection, adapter])) {
    count.set(end, (count.get(end) ?? 0) + 1);
  }
  return edges.filter(({ connection, adapter }) => count.get(connection) === 1 && count.get(adapter) === 1);
}
