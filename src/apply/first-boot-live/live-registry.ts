/** The running registry, read as a hive: saved by reg.exe, or where that cannot be, exported. */
import { Failure } from "../../exit/failure.ts";
import { readExportedHive } from "../../inventory/windows/exported-hive.ts";
import { readSavedHive } from "../../inventory/windows/saved-registry.ts";
import type { Hive } from "../../regf/index.ts";
import { openControlSets, readControlSets } from "../../windows/control-sets.ts";
import { readService } from "../../firstboot/service.ts";
import type { BootedWindows } from "./machine.ts";

/** `read` may edit the hive, which is a copy. Throws Failure: refused, writeFailed (no room), timedOut, usage, and what `read` throws. */
export function readLiveHive<Result>(machine: BootedWindows, notes: string[], read: (hive: Hive) => Result): Result {
  const saved = readSavedHive(machine, notes, read);
  if (saved.done) return saved.result;
  const exported = readExportedHive(machine, notes, read);
  if (exported.done) return exported.result;
  throw new Failure(
    saved.isRoomWanting || exported.isRoomWanting ? "writeFailed" : "refused",
    `This machine's registry cannot be read: ${saved.reason}; ${exported.reason}`,
    {
      code: "registry-not-readable",
      advice: "run it as administrator (the service runs as SYSTEM), with some ten MiB free on the volume of Windows",
    },
  );
}

/** The current control set: what the finisher finds of itself, and the number. */
export function currentOf({ root }: Hive): {
  readonly current: number;
  readonly service: ReturnType<typeof readService>;
} {
  const { controlSets, currentKey } = readControlSets(root, openControlSets(root));
  return { current: controlSets.current, service: readService(currentKey) };
}
