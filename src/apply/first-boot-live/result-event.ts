/** What a run has come to, as an event of Windows' application log. */
import type { Warning } from "../../exit/warning.ts";
import type { FirstBootResult } from "../../firstboot/result.ts";
import { writeEvent } from "./event-log.ts";
import type { BootedWindows } from "./machine.ts";

/** `first`: what somebody has to do still, before all else. Why it was not written, as a sentence without its full stop. */
export function writeResultEvent(
  machine: BootedWindows,
  { state, reason }: Pick<FirstBootResult, "state" | "reason">,
  first: readonly Warning[],
): string | undefined {
  const text = [...first.map(({ message }) => message), `${state}: ${reason}`].join(". ");
  return writeEvent(machine, typeOf(state, first.length > 0), text);
}

function typeOf(state: FirstBootResult["state"], isUndone: boolean): "INFORMATION" | "WARNING" | "ERROR" {
  if (state === "gave-up" || state === "failed") return "ERROR";
  return state === "waiting" || isUndone ? "WARNING" : "INFORMATION";
}
