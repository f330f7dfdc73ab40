/** Giving up with half of a configuration written: it is taken back, and what cannot be is named. */
import type { Warning } from "../../exit/warning.ts";
import type { Emit } from "../events.ts";
import { asEnd } from "./as-end.ts";
import { type ChangesFile, isCutShort } from "./changes-file.ts";
import type { BootedWindows } from "./machine.ts";
import { takeBackRounds } from "./write-moves.ts";

/** None where nothing was begun. */
export function takeBackOnGivingUp(
  machine: BootedWindows,
  file: ChangesFile,
  notes: string[],
  emit: Emit,
): readonly Warning[] {
  try {
    if (!isCutShort(file)) return [];
    const left = takeBackRounds(machine, file, notes, emit);
    return [{ code: "taken-back", message: "what had been written of the moves was taken back" }, ...left];
  } catch (error) {
    const { message } = asEnd(error);
    return [{ code: "half-written", message: `what had been written could not be taken back: ${message}` }];
  }
}
