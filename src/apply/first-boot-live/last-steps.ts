/** What comes when the result is saved: the copies that stay, the restart, the event, the removal; and what of it was not done. */
import type { Warning } from "../../exit/warning.ts";
import type { FirstBootResult } from "../../firstboot/result.ts";
import type { Emit } from "../events.ts";
import { tellWarnings } from "../open-windows.ts";
import { asEnd } from "./as-end.ts";
import type { BootedWindows } from "./machine.ts";
import { NOT_PUBLISHED, publish } from "./publish.ts";
import { removeItself } from "./remove-itself.ts";
import { restartWindows } from "./restart-windows.ts";
import { writeResultEvent } from "./result-event.ts";
import type { FirstBootPlaces } from "./standing.ts";

export interface LastSteps {
  readonly machine: BootedWindows;
  readonly places: FirstBootPlaces;
  /** Whether Windows is restarted where the result asks for it. */
  readonly restart: boolean;
}

/** Of warnings: what of the last steps was not done. */
const NOT_REMOVED = "not-removed";
export const RESTART_NEEDED = "restart-needed";
const EVENT_NOT_WRITTEN = "event-not-written";
const OF_LAST_STEPS: ReadonlySet<string> = new Set([NOT_PUBLISHED, NOT_REMOVED, RESTART_NEEDED, EVENT_NOT_WRITTEN]);

/**
 * The copies while the working files are there; the restart before the removal, so that there is one after a cut; the event between them,
 * for it tells whether Windows restarts. Returns what was not done.
 */
export function lastSteps(result: FirstBootResult, ending: LastSteps, emit: Emit): readonly Warning[] {
  const { machine, places } = ending;
  const unpublished = publish(machine, places);
  const unrestarted = result.restart ? restart(ending, emit) : [];
  const first = [...unrestarted, ...unpublished];
  const failed = [
    ...first,
    ...listOf(EVENT_NOT_WRITTEN, writeResultEvent(machine, result, first)),
    ...(result.removed ? remove(ending) : []),
  ];
  tellWarnings(failed, emit);
  return failed;
}

/** What earlier last steps did not do counts no more when they are made again. */
export function isOfLastSteps({ code }: Warning): boolean {
  return OF_LAST_STEPS.has(code);
}

function restart({ machine, restart: isWanted }: LastSteps, emit: Emit): readonly Warning[] {
  if (!isWanted)
    return listOf(
      RESTART_NEEDED,
      "Windows was not restarted (--no-restart), and only a restart makes the settings count",
    );
  const why = restartWindows(machine, emit);
  return why === undefined
    ? []
    : listOf(RESTART_NEEDED, `Windows was not restarted, and only a restart makes the settings count: ${why}`);
}

function remove({ machine }: LastSteps): readonly Warning[] {
  const notes: string[] = [];
  try {
    const failed = removeItself(machine, notes);
    return [...failed.flatMap((why) => listOf(NOT_REMOVED, why)), ...notes.map(asWarning)];
  } catch (error) {
    return [...listOf(NOT_REMOVED, asEnd(error).message), ...notes.map(asWarning)];
  }
}

export function isRemoved(failed: readonly Warning[]): boolean {
  return !failed.some(({ code }) => code === NOT_REMOVED);
}

function listOf(code: string, message: string | undefined): Warning[] {
  return message === undefined ? [] : [{ code, message }];
}

/** Of what was noted while the registry was read. */
export function asWarning(message: string): Warning {
  return { code: "registry-copy", message };
}
