/** Waiting, bounded, until plug and play has settled and Windows has an interface for every adapter that is waited for. */
import type { FirstBootDocument } from "../../firstboot/document.ts";
import { MORE_MAY_COME, waitFor } from "../auto/wait.ts";
import type { Emit } from "../events.ts";
import { readLiveHive } from "./live-registry.ts";
import type { BootedWindows } from "./machine.ts";
import { type Look, lookFor, type WantedAdapter } from "./wanted.ts";

/** Each look has the whole SYSTEM registry saved, some ten MiB. */
const INTERVAL_MS = 5000;

/** As long as nothing may have changed before it counts as settled. */
const QUIET_MS = 10_000;

/** When the time is over, as it is then: some may not be ready. Throws Failure as readLiveHive does. */
export function awaitAdapters(
  machine: BootedWindows,
  document: FirstBootDocument,
  place: string,
  waitMs: number,
  notes: string[],
  emit: Emit,
): readonly WantedAdapter[] {
  const { clock } = machine;
  let last: Look | undefined;
  let sinceMs = clock.elapsedMs();
  const patience = { clock, startedMs: sinceMs, limitMs: waitMs, intervalMs: INTERVAL_MS };
  const settled = waitFor("the adapters", patience, emit, () => {
    const look = readLiveHive(machine, notes, ({ root }) => lookFor(document, place, root));
    if (look.state !== last?.state) sinceMs = clock.elapsedMs();
    last = look;
    if (look.wanted.some(({ whyNot }) => whyNot !== undefined)) return undefined;
    return clock.elapsedMs() - sinceMs >= QUIET_MS ? look : MORE_MAY_COME;
  });
  const { wanted = [] } = settled ?? last ?? {};
  tell(wanted, settled !== undefined, emit);
  return wanted;
}

function tell(wanted: readonly WantedAdapter[], isSettled: boolean, emit: Emit): void {
  for (const { move, guid, whyNot } of wanted) {
    const message =
      whyNot === undefined
        ? `source ${move.connection.number}: its adapter has the interface ${guid}`
        : `source ${move.connection.number} waits: ${whyNot}`;
    emit({ kind: "noted", message });
  }
  if (!isSettled) emit({ kind: "noted", message: "the time for waiting is over" });
}
