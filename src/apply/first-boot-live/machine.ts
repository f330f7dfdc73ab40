/** The Windows that has started, as the finisher needs it: its programs, its registry by way of reg.exe, its documents, its time. */
import { replaceDurably } from "../../image/durable-file.ts";
import type { Clock } from "../../image/surroundings.ts";
import { thisWindows, type WindowsMachine } from "../../inventory/windows/machine.ts";

export interface BootedWindows extends WindowsMachine {
  readonly clock: Clock;
  /** Puts a text in the place of a file; after a power cut the former or the new one is there. Throws the system's errors. */
  save(file: string, text: string): void;
}

export function thisBootedWindows(environment: WindowsMachine["environment"], clock: Clock): BootedWindows {
  return { ...thisWindows(environment), clock, save: (file, text) => replaceDurably(file, text, "plain") };
}
