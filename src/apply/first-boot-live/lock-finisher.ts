/** One finisher at a time: the service's, or that of a person who types `pint firstboot`. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import type { Host } from "../../image/host.ts";
import { FIRST_BOOT_LOCK } from "../../firstboot/places.ts";
import { lockFailure } from "../../image/lock-failures.ts";
import { holdLock } from "../../image/lock.ts";
import type { Emit } from "../events.ts";
import type { BootedWindows } from "./machine.ts";

/** In the place of the computer's name, which Setup may change between two starts of this one Windows. */
const OWN = "this Windows";

export interface FinisherLock {
  /** Why there is none, though nobody else has it. */
  readonly failure: Failure | undefined;
  release(): void;
}

/**
 * A lock of an earlier start of Windows is nobody's, whatever process has its number now. (By the clock: one that is set forward by hours
 * while a finisher runs makes that one's lock look old.) Throws Failure (24, "in-use") where another finisher is at work.
 */
export function lockFinisher(
  machine: Pick<BootedWindows, "temporaryFolder" | "systemStart">,
  host: Host,
  emit: Emit,
): FinisherLock {
  const file = path.join(machine.temporaryFolder, FIRST_BOOT_LOCK);
  const run = { ...host.run, hostName: OWN, systemStart: machine.systemStart() };
  try {
    const lock = holdOwn(file, { ...host, run });
    for (const { message } of lock.warnings) emit({ kind: "noted", message });
    return { failure: undefined, release: () => lock.release() };
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code === "in-use") throw failure;
    return { failure, release: () => {} };
  }
}

function holdOwn(file: string, host: Host): ReturnType<typeof holdLock> {
  try {
    fs.ensureDirSync(path.dirname(path.dirname(file)));
  } catch (error) {
    throw lockFailure(file, error);
  }
  return holdLock(file, "the first boot of this Windows", host);
}
