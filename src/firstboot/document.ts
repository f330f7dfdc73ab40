/** The first-boot document: from its text and back, and as the profile and the inventory that a plan is made of. */
import type * as z from "zod";
import type { DeepReadonly } from "../document/deep-readonly.ts";
import { formatDocument } from "../document/format.ts";
import { parseDocument } from "../document/parse.ts";
import type { DocumentProblem } from "../document/problem.ts";
import type { DocumentText } from "../document/text.ts";
import { member } from "../document/written.ts";
import { adapterInOrder } from "../inventory/document.ts";
import type { Inventory, InventoryAdapter } from "../inventory/model.ts";
import { inventoryProblems } from "../inventory/rules.ts";
import type { Guid } from "../notation/guid.ts";
import type { PlannedSource } from "../plan/model.ts";
import { completedConnections, connectionInOrder } from "../profile/document.ts";
import { draftsOf } from "../profile/draft.ts";
import type { Profile, ProfileConnection } from "../profile/model.ts";
import { findingsOf } from "../profile/rules/index.ts";
import { firstBootSchema } from "./schema.ts";

/** A source that waits for its adapter. */
export interface PendingMove {
  readonly connection: ProfileConnection;
  readonly adapter: InventoryAdapter;
  readonly matchedBy: NonNullable<PlannedSource["matchedBy"]>;
  /** Why it waits, in words. */
  readonly reason: string;
  /** The interface that has all the rest already; absent where the source waits as a whole. */
  readonly target?: Guid | undefined;
}

export interface FirstBootDocument extends Omit<DeepReadonly<z.output<typeof firstBootSchema>>, "pending"> {
  /** At least one; no two have the same adapter, or the same number. */
  readonly pending: readonly PendingMove[];
}

/** Throws DocumentFailure ("invalidDocument") that names everything that is wrong; `path` is for messages. */
export function parseFirstBoot(text: DocumentText, path: string): FirstBootDocument {
  const written = parseDocument(firstBootSchema, text, path, { kind: "first-boot", examine });
  const connections = completedConnections(written.pending.map(({ connection }) => connection));
  const pending = written.pending.flatMap((each, index): PendingMove[] => {
    const connection = connections[index];
    return connection === undefined ? [] : [{ ...each, connection }];
  });
  return { ...written, pending };
}

/** Stable: the same document gives the same text, and parsing it gives the same document. */
export function formatFirstBoot(document: FirstBootDocument): string {
  const { id, tool, arrangedAt, way, computerName, windows, knownInterfaces, options, attempts, pending } = document;
  return formatDocument("first-boot", {
    $schema: document.$schema,
    id,
    tool,
    arrangedAt,
    way,
    computerName,
    windows: {
      family: windows.family,
      version: windows.version,
      build: windows.build,
      architecture: windows.architecture,
    },
    knownInterfaces,
    options: {
      pairBy: options.pairBy,
      orphans: options.orphans,
      rename: options.rename,
      allowConflict: options.allowConflict,
      exclude: options.exclude,
    },
    attempts,
    pending: pending.map(({ connection, adapter, matchedBy, reason, target }) => ({
      matchedBy,
      reason,
      target,
      adapter: adapterInOrder(adapter),
      connection: connectionInOrder(connection),
    })),
  });
}

/** What waits, as a profile; it belongs to the image's own computer, whoever's profile it came from. */
export function profileOf({ computerName, arrangedAt, pending }: FirstBootDocument): Profile {
  return {
    pintProfile: 1,
    captured: { computerName, at: arrangedAt },
    connections: pending.map(({ connection }) => connection),
  };
}

/** The adapters that are waited for, and no others: by them alone every other adapter of the machine would be an orphan. */
export function wantedInventory({ pending }: FirstBootDocument, path: string): Inventory {
  return { origin: path, adapters: pending.map(({ adapter }) => adapter) };
}

/** What is wrong beyond the schema: the rules of a profile and of an inventory, at their places in this document. */
function examine(document: unknown): readonly DocumentProblem[] {
  const pending = member(document, "pending");
  if (!Array.isArray(pending) || pending.length === 0) return [];
  const connections = pending.map((each) => member(each, "connection"));
  const adapters = pending.map((each) => member(each, "adapter"));
  return [
    ...findingsOf(draftsOf({ connections }))
      .filter(({ warning }) => warning === undefined)
      .map(({ path, message }) => ({ path: placeOf(path, "connection"), message })),
    ...inventoryProblems({ adapters }).map(({ path, message }) => ({ path: placeOf(path, "adapter"), message })),
  ];
}

/** `$.connections[0].name` is `$.pending[0].connection.name` here. */
function placeOf([, index, ...rest]: DocumentProblem["path"], name: string): DocumentProblem["path"] {
  return index === undefined ? ["pending"] : ["pending", index, name, ...rest];
}
