/** Which pending sources a finisher can serve, and the document that tells it how. */
import { DocumentFailure } from "../../document/problem.ts";
import { whyNotByBatch } from "../../firstboot/batch/refusal.ts";
import { type FirstBootDocument, formatFirstBoot, type PendingMove, parseFirstBoot } from "../../firstboot/document.ts";
import { DEFAULT_ATTEMPTS } from "../../firstboot/schema.ts";
import type { InventoryAdapter } from "../../inventory/model.ts";
import { macsOfAdapter } from "../../match/relation.ts";
import type { Decision } from "../../plan/decision.ts";
import { exclusionsOf } from "../../plan/ends/mappings.ts";
import type { PlanRequest } from "../../plan/options.ts";
import { connectionOf } from "../../profile/capture.ts";
import { hasSettingsOfItsOwn } from "../../profile/defaults.ts";
import type { ProfileConnection } from "../../profile/model.ts";
import type { WindowsConnection } from "../../windows/model/windows.ts";
import type { PreparedPlan } from "../planning.ts";
import { sha256 } from "../receipt/hive-state.ts";

export interface Composition {
  /** Undefined when no source is served. */
  readonly document: FirstBootDocument | undefined;
  /** By their place in the plan: what is served, and what could be but for this. */
  readonly served: ReadonlyMap<number, PendingMove>;
  readonly unserved: ReadonlyMap<number, string>;
}

export interface DocumentFrame {
  readonly way: FirstBootDocument["way"];
  readonly tool: string;
  readonly now: Date;
}

/** With a conflict nothing is served, as nothing is moved then. */
export function composeFirstBoot({ plan, decisions, request }: PreparedPlan, frame: DocumentFrame): Composition {
  const served = new Map<number, PendingMove>();
  const unserved = new Map<number, string>();
  const isHeld = plan.sources.some(({ outcome }) => outcome === "conflict");
  const documentOf = frameOf(request, decisions, frame);
  for (const [index, decision] of decisions.entries()) {
    if (isHeld || decision.outcome !== "pending" || decision.source.apply === "dhcp") continue;
    const move = moveOf(decision, request, frame.way);
    const why = typeof move === "string" ? move : whyNot(move, documentOf([...served.values(), move]));
    if (typeof move === "string" || why !== undefined) unserved.set(index, why ?? "");
    else served.set(index, move);
  }
  const pending = [...served.values()];
  return { document: pending.length === 0 ? undefined : documentOf(pending), served, unserved };
}

/** The move, or why the finisher could not make it, as the end of a sentence. */
export function moveOf(decision: Decision, request: PlanRequest, way: FirstBootDocument["way"]): PendingMove | string {
  const { source } = decision;
  const awaited = awaitedOf(decision);
  if (awaited === undefined) return "no adapter of the inventory is meant for it";
  const twin = isKnownWithoutMac(awaited, way)
    ? undefined
    : macsOfAdapter(awaited.adapter).find((mac) => holders(mac, request) > 1);
  if (twin !== undefined) return `${holders(twin, request)} adapters have its MAC address ${twin}`;
  const captured = source.own && { ...connectionOf(source.own.connection), number: source.number };
  const connection: ProfileConnection | undefined = source.isOfImage
    ? captured
    : request.profile?.connections.find(({ number }) => number === source.number);
  if (connection === undefined) return "its settings are not known as a profile has them";
  if (connection.ipv4.mode === "dhcp" && !hasSettingsOfItsOwn(connection))
    return "it has nothing but IPv6 records that cannot be read, and the first boot carries only what can be";
  // A person who maps a connection that is to be skipped wants it moved.
  return { connection: { ...connection, apply: "move", note: undefined }, ...awaited };
}

/**
 * The adapter that is waited for; or the one that has everything already but what only Windows can write, which a run that
 * moves the rest and one after it say in the same words.
 */
function awaitedOf({ target, matchedBy, reason, pendingParts }: Decision): Omit<PendingMove, "connection"> | undefined {
  if (target?.kind === "new-adapter") return matchedBy && { adapter: target.adapter, matchedBy, reason };
  if (target === undefined || pendingParts === undefined) return undefined;
  const adapter = target.matched.adapter?.inventory ?? adapterInImage(target.matched.connection);
  const { guid } = target.matched.connection;
  const what = pendingParts.join(", ");
  return { adapter, matchedBy: "guid", reason: `Windows itself is to write its ${what}`, target: guid };
}

/** Without an inventory the image says which adapter it is. */
function adapterInImage({ adapter, mac }: WindowsConnection): InventoryAdapter {
  const { description, hardwareIds = [], location, instanceId } = adapter ?? {};
  return { description, mac: { permanent: mac.permanent, current: mac.current }, hardwareIds, location, instanceId };
}

/** The program knows an adapter by its place too, a batch file by its interface; each by its MAC address. */
function isKnownWithoutMac({ adapter, target }: Omit<PendingMove, "connection">, way: DocumentFrame["way"]): boolean {
  if (way === "batch") return target !== undefined;
  return adapter.hardwareIds.length > 0 && adapter.location !== undefined;
}

function holders(mac: string, { match }: PlanRequest): number {
  const adapters = [...match.connections.flatMap(({ adapter }) => adapter?.inventory ?? []), ...match.newAdapters];
  return adapters.filter((adapter) => macsOfAdapter(adapter).some((own) => own === mac)).length;
}

/** An orphan of an image may hold what no document may; the finisher would refuse it. */
function whyNot(move: PendingMove, document: FirstBootDocument): string | undefined {
  const byBatch = document.way === "batch" ? whyNotByBatch(move, document) : undefined;
  if (byBatch !== undefined) return byBatch;
  try {
    parseFirstBoot(formatFirstBoot(document), "the first-boot document");
    return undefined;
  } catch (error) {
    if (!(error instanceof DocumentFailure)) throw error;
    return `its settings cannot be written down: ${error.message}`;
  }
}

function frameOf(
  request: PlanRequest,
  decisions: readonly Decision[],
  { way, tool, now }: DocumentFrame,
): (pending: readonly PendingMove[]) => FirstBootDocument {
  const { windows, image, options } = request;
  const { family, version, build } = windows.version;
  const sources = decisions.map(({ source }) => source);
  const excluded = [...exclusionsOf(request, sources).connections].map(({ connection }) => connection.guid);
  const id = sha256(new TextEncoder().encode(`${image.hiveSha256} ${now.toISOString()}`)).slice(0, 32);
  const knownInterfaces = windows.connections.map(({ guid }) => guid).toSorted();
  return (pending) => ({
    pintFirstBoot: 1,
    id,
    tool,
    arrangedAt: now.toISOString(),
    way,
    computerName: windows.computerName,
    windows: { family, version, build, architecture: windows.processorArchitecture ?? "" },
    knownInterfaces,
    options: {
      pairBy: [...options.pairBy],
      orphans: options.orphans,
      rename: options.rename,
      allowConflict: options.allowConflict,
      exclude: excluded.toSorted(),
    },
    attempts: DEFAULT_ATTEMPTS,
    pending,
  });
}

/** Whether both say the same, whoever wrote them and when. */
export function isSameArrangement(one: FirstBootDocument, other: FirstBootDocument): boolean {
  const textOf = (document: FirstBootDocument): string =>
    formatFirstBoot({ ...document, id: "", tool: "", arrangedAt: "", $schema: undefined });
  return textOf(one) === textOf(other);
}
