/** A start of Windows at which the finisher could not even begin: it is told, and there is an end to such starts. */
import type { Failure } from "../../exit/failure.ts";
import { DEFAULT_ATTEMPTS } from "../../firstboot/schema.ts";
import { type FirstBootResult, formatFirstBootResult } from "../../firstboot/result.ts";
import type { Emit } from "../events.ts";
import { writeEvent } from "./event-log.ts";
import type { BootedWindows } from "./machine.ts";
import { disableService, type OwnService } from "./own-service.ts";
import { publish } from "./publish.ts";
import { formerResult, type WorkingPlaces } from "./standing.ts";

export interface FailedStart {
  readonly machine: BootedWindows;
  readonly places: WorkingPlaces;
  readonly service: OwnService;
  /** How many starts there may be; undefined where no document could be read. */
  readonly limit: number | undefined;
  readonly tool: string;
}

/** At the last of its starts the service is disabled, and not removed: what is wrong there a person has to see. Throws nothing of its own. */
export function tellFailedStart(failure: Failure, start: FailedStart, emit: Emit): void {
  const { machine, service, limit = DEFAULT_ATTEMPTS } = start;
  const isLast = service.attempt >= limit || service.uncounted !== undefined;
  const failed = isLast ? disableService(machine) : undefined;
  const reason = `${failure.message} (${countOf(service, limit)}: ${whatComes(isLast, failed)})`;
  emit({ kind: "noted", message: reason });
  const unsaved = save(reason, isLast, start);
  const event = writeEvent(machine, "ERROR", `failed: ${reason}`);
  const failures = [...unsaved, ...(event === undefined ? [] : [event])];
  for (const message of failures) emit({ kind: "noted", message });
}

function countOf({ attempt, uncounted }: OwnService, limit: number): string {
  return uncounted === undefined ? `attempt ${attempt} of ${limit}` : `it could not be counted, ${uncounted}`;
}

function whatComes(isLast: boolean, failed: string | undefined): string {
  if (!isLast) return "the next start of Windows tries again";
  return failed === undefined ? "the service is disabled" : `the service could not be disabled: ${failed}`;
}

/** Why not, in words. The result of what was concluded before stays. */
function save(reason: string, isLast: boolean, { machine, places, service, tool }: FailedStart): readonly string[] {
  const { id, attempt } = service;
  try {
    if (id === undefined || formerResult(places, id)?.state === "finished") return [];
    const result: FirstBootResult = {
      ...{ pintFirstBootResult: 1, id, tool, at: machine.clock.now().toISOString(), reason, attempt },
      ...{ state: isLast ? "gave-up" : "failed", removed: false, restart: false, sources: [], warnings: [] },
    };
    machine.save(places.result, formatFirstBootResult(result));
    return publish(machine, places).map(({ message }) => message);
  } catch (error) {
    return [`the result was not saved: ${error instanceof Error ? error.message : String(error)}`];
  }
}
