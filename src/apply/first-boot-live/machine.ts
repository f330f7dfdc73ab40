/** The Windows that has started, as the finisher needs it: its programs, its registry by way of reg.exe, its documents, its time. */
import os from "node:os";
import path from "node:path";
import { FIRST_BOOT_FOLDER } from "../../firstboot/places.ts";
import { replaceDurably } from "../../image/durable-file.ts";
import type { Clock } from "../../image/surroundings.ts";
import { systemFolder, thisWindows, type WindowsMachine } from "../../inventory/windows/machine.ts";

export interface BootedWindows extends WindowsMachine {
  readonly clock: Clock;
  /** The finisher's own folder: what it imports must be written by administrators only, and in Windows\Temp anybody may create files. */
  readonly temporaryFolder: string;
  /** When Windows was started, by the clock as it is now. */
  systemStart(): Date;
  /** Puts a text in the place of a file; after a power cut the former or the new one is there. Throws the system's errors. */
  save(file: string, text: string): void;
}

export function thisBootedWindows(environment: WindowsMachine["environment"], clock: Clock): BootedWindows {
  return {
    ...thisWindows(environment),
    clock,
    temporaryFolder: path.join(systemFolder({ environment }), ...FIRST_BOOT_FOLDER),
    systemStart: () => new Date(clock.now().getTime() - 1000 * os.uptime()),
    save: (file, text) => replaceDurably(file, text, "plain"),
  };
}
