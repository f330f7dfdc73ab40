/** What an unattended run finds around it on this machine: its volumes, its time, and where the program lies. */
import path from "node:path";
import { performance } from "node:perf_hooks";
import type { Host } from "../image/host.ts";
import type { Clock, Surroundings } from "../image/surroundings.ts";
import { listVolumes } from "../image/volumes/list.ts";
import type { HeldSignals } from "./signals.ts";

export function theseSurroundings(host: Host, signals: HeldSignals): Surroundings {
  return { volumes: () => listVolumes(host), clock: clockWith(signals), programFolder: programFolder() };
}

/** A run that only waits has begun nothing: there a signal ends it at once. */
function clockWith(signals: HeldSignals): Clock {
  return {
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    biasMinutes: (at) => at.getTimezoneOffset(),
    sleep: (timeMs) => signals.letThroughWhile(() => pause(timeMs)),
  };
}

function pause(timeMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, timeMs);
}

/** The bundle that Node was started with; an executable that has Node inside is its own. */
function programFolder(): string {
  return path.dirname(path.resolve(process.argv[1] ?? process.execPath));
}
