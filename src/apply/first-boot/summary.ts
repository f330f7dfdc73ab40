/** What an image holds of a first boot, as inspect and verify tell it. */
import type { PendingMove } from "../../firstboot/document.ts";
import { accessListsOf } from "../../image/access-list/access-lists.ts";
import type { ImageSession } from "../../image/session.ts";
import { addressText } from "../../notation/ipv4.ts";
import type { PresentFirstBoot } from "./present.ts";
import { problemsOf } from "./problems.ts";
import { exposedIn } from "./protect.ts";
import type { ArrangedFirstBoot, FirstBootState, FirstBootSummary, WaitingSource } from "./result.ts";
import type { PreparedFirstBoot } from "./prepare.ts";

/** null: there is nothing of it, and never was as far as the image tells. */
export function summariseFirstBoot(
  { host }: ImageSession,
  present: PresentFirstBoot | undefined,
): FirstBootSummary | null {
  if (present === undefined) return null;
  const { service, document, result, log, names, unreadable } = present;
  const problems = [...problemsOf(present), ...exposedIn(present, accessListsOf(host)), ...unreadable];
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
