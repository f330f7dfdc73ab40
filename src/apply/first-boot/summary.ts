/** What an image holds of a first boot, as inspect and verify tell it. */
import type { PendingMove } from "../../firstboot/document.ts";
import { batchName, documentName, FIRST_BOOT_PROGRAMS } from "../../firstboot/places.ts";
import type { ImageSession } from "../../image/session.ts";
import { addressText } from "../../notation/ipv4.ts";
import type { Windows } from "../../windows/model/windows.ts";
import { lookAtFirstBoot, type PresentFirstBoot } from "./present.ts";
import type { ArrangedFirstBoot, FirstBootState, FirstBootSummary, WaitingSource } from "./result.ts";
import type { PreparedFirstBoot } from "./prepare.ts";

/** null: there is nothing of it, and never was as far as the image tells. */
export function summariseFirstBoot(session: ImageSession, { controlSets }: Windows): FirstBootSummary | null {
  const present = lookAtFirstBoot(session, controlSets);
  if (present === undefined) return null;
  const { service, document, result, log, names, unreadable } = present;
  const problems = [...problemsOf(present), ...unreadable];
  const state = stateOf(present, problems.length > 0);
  if (state === undefined) return null;
  const isOfThis = result !== undefined && (document === undefined || result.id === document.document.id);
  return {
    state,
    id: document?.document.id ?? service?.id ?? result?.id ?? null,
    way: document?.document.way ?? null,
    arrangedAt: document?.document.arrangedAt ?? null,
    folder: present.folder,
    attempts: service === undefined ? null : { made: service.attempts, limit: document?.document.attempts ?? null },
    sources: names.length === 0 ? [] : (document?.document.pending ?? []).map(waiting),
    problems,
    result: isOfThis ? result : null,
    log: log ?? null,
  };
}

function stateOf(
  { service, names, result, isRegistered }: PresentFirstBoot,
  isWanting: boolean,
): FirstBootState | undefined {
  if (service !== undefined || isRegistered) return isWanting ? "incomplete" : "arranged";
  if (names.length > 0) return "leftover";
  return result === undefined ? undefined : "ran";
}

function problemsOf({ service, document, names, areGoing, isRegistered }: PresentFirstBoot): string[] {
  if (service === undefined) {
    return isRegistered ? ["the service is not in the control set that Windows uses now, only in another"] : [];
  }
  const has = (name: string): boolean => names.some((one) => one.toUpperCase() === name.toUpperCase());
  const { id } = service;
  const programs = Object.values(FIRST_BOOT_PROGRAMS);
  const own = id === undefined ? [] : [documentName(id), ...(service.way === "batch" ? [batchName(id)] : [])];
  const wanted = [...own, ...(service.way === "program" ? programs : [])];
  const isOther = document !== undefined && document.sha256 !== service.documentSha256;
  return [
    ...wanted.filter((name) => !has(name)).map((name) => `${name} is not there`),
    ...(service.isGoing ? ["the service is marked for deletion: Windows does not start it again"] : []),
    ...(areGoing
      ? ["Windows deletes files of it at its next start, before it could begin (PendingFileRenameOperations)"]
      : []),
    ...(isOther ? ["its document is not the one that the service was registered with"] : []),
    ...(id === undefined ? ["the service does not say which document it goes by"] : []),
  ];
}

function waiting({ connection, adapter, reason }: PendingMove): WaitingSource {
  return {
    number: connection.number,
    name: connection.name ?? null,
    addresses: connection.ipv4.addresses.map(addressText),
    adapter: {
      description: adapter.description ?? adapter.hardwareIds[0] ?? null,
      mac: adapter.mac.permanent ?? adapter.mac.current ?? null,
    },
    reason,
  };
}

/** What a run has put into an image, or would. */
export function arrangedFirstBoot(
  firstBoot: PreparedFirstBoot | undefined,
  state: ArrangedFirstBoot["state"],
): ArrangedFirstBoot | null {
  if (firstBoot === undefined) return null;
  const { document, present, files } = firstBoot;
  return { id: document.id, way: document.way, state, folder: present.folder, files: files.map(({ name }) => name) };
}
