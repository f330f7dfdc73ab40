/** What the finisher did, as an event of Windows' application log. */
import { printable } from "../../bytes/printable.ts";
import { carryOut } from "./programs.ts";
import type { BootedWindows } from "./machine.ts";

const EVENT_SOURCE = "PINT first boot";
const TIMEOUT_MS = 60_000;

/** Of eventcreate.exe: 1 to 1000 (Microsoft, "eventcreate"). */
const EVENT_ID = 1;

/** A sentence or two; far below what a command line holds. */
const MAX_LENGTH = 1000;

/** Why it was not written, as a sentence without its full stop; undefined when it was. */
export function writeEvent(
  machine: BootedWindows,
  type: "INFORMATION" | "WARNING" | "ERROR",
  text: string,
): string | undefined {
  const description = printable(text.replaceAll(/["\s]+/g, " ")).slice(0, MAX_LENGTH); // no program can be given a NUL
  const what = ["/L", "APPLICATION", "/SO", EVENT_SOURCE, "/T", type, "/ID", String(EVENT_ID), "/D", description];
  return carryOut(machine, { program: "eventcreate.exe", args: what, timeoutMs: TIMEOUT_MS });
}
