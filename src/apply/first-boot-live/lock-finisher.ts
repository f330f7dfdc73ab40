/** One finisher at a time: the service's, or that of a person who types `pint firstboot`. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import type { Host } from "../../image/host.ts";
import { FIRST_BOOT_LOCK } from "../../firstboot/places.ts";
import { makeSecretFolder } from "../../image/access-list/secrecy.ts";
import { HeldByRun, lockFailure } from "../../image/lock-failures.ts";
import { holdLock } from "../../image/lock.ts";
import type { Emit } from "../events.ts";
import { asEnd } from "./as-end.ts";
import type { BootedWindows } from "./machine.ts";

/** In the place of the computer's name, which Setup may change between two starts of this one Windows. */
const OWN = "this Windows";

/** A finisher writes its lock at once when it has made it. */
const WRITING_MS = 2000;

export interface FinisherLock {
  /** Why there is none, though nobody else has it. */
  readonly failure: Failure | undefined;
  /** What is not proven of the folder's secrecy, where it had to be made: sentences without their full stops. */
  readonly notes: readonly string[];
  /** Removes it, and of the folders that had to be made those in which nothing is. */
  release(): void;
}

/**
 * A lock of an earlier start of Windows is nobody's, whatever process has its number now; nor is one that names no process, for no other machine
 * comes here. (By the clock: one that is set forward by hours while a finisher runs makes that one's lock look old.)
 * Throws Failure (24, "in-use") where another finisher is at work; all else that is in the way is part of what it returns.
 */
export function lockFinisher(
  machine: Pick<BootedWindows, "temporaryFolder" | "systemStart" | "clock">,
  host: Host,
  emit: Emit,
): FinisherLock {
  const file = path.join(machine.temporaryFolder, FIRST_BOOT_LOCK);
  const run = { ...host.run, hostName: OWN, systemStart: machine.systemStart() };
  const made = missingAbove(file);
  const notes: string[] = [];
  try {
    if (made.length > 0) notes.push(...makeFolder(machine.temporaryFolder, host));
    const wait = (): void => machine.clock.sleep(WRITING_MS);
    const lock = holdLock(file, "the first boot of this Windows", { ...host, run }, { wait });
    for (const { message } of lock.warnings) emit({ kind: "noted", message });
    const release = (): void => {
      lock.release();
      removeEmpty(made);
    };
    return { failure: undefined, notes, release };
  } catch (error) {
    if (error instanceof HeldByRun) throw error;
    return { failure: obstacle(file, error), notes, release: () => removeEmpty(made) };
  }
}

/** Before anything is put there: copies of the registry come into it. What it inherits would let every user read them. */
function makeFolder(folder: string, host: Host): readonly string[] {
  return makeSecretFolder(folder, host).map(
    (why) => `it is not proven that only administrators may read what is put there: ${why}`,
  );
}

/** Folders that are not there, innermost first. */
function missingAbove(file: string): readonly string[] {
  const folder = path.dirname(file);
  return [folder, path.dirname(folder)].filter((one) => !fs.pathExistsSync(one));
}

function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      fs.rmdirSync(folder);
    } catch {
      // something is in it now, or it was not made
    }
  }
}

/** A name of its own, for "in-use" says that nothing was counted. */
function obstacle(file: string, error: unknown): Failure {
  const failure = asEnd(lockFailure(file, error));
  if (failure.code !== "in-use") return failure;
  const { exit, message, at, advice } = failure;
  return new Failure(exit, message, { at, advice, code: "lock-place-taken", cause: failure });
}
