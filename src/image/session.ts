/** An image session: the hive of one image and its logs, open from the first look to the last write. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import { type Hive, openHive } from "../regf/index.ts";
import { openFile } from "../storage/file.ts";
import type { Storage } from "../storage/storage.ts";
import { syncFolder } from "./durable-file.ts";
import { gatherEvidence, type VolumeEvidence } from "./evidence/gather.ts";
import { runningWindows } from "./evidence/running-windows.ts";
import { asFailure } from "./failures.ts";
import { difference, type Fingerprint, sha256Of, takeFingerprint } from "./fingerprint.ts";
import type { ForceName } from "./force.ts";
import { type Access, findLogs, type OpenedFiles, openHiveFiles } from "./hive-files.ts";
import type { Host } from "./host.ts";
import { type ImageLocation, locateImage } from "./locate.ts";
import { type HeldLock, lockImage } from "./lock.ts";
import { lockPlaceOf, type Places, placesOf } from "./places.ts";

export type { ImageKind } from "./locate.ts";

export interface OpenOptions {
  readonly access: Access;
  readonly force: readonly ForceName[];
  /** Where this program runs. */
  readonly host: Host;
}

/**
 * Opens what a person named. Close the session when done. Throws Failure: noImage (21), unsupportedWindows (22),
 * hiveDamaged (23; also a dirty hive without usable logs unless "dirty" is forced), refused (24) when it cannot be written.
 */
export function openImage(named: string, options: OpenOptions): ImageSession {
  const location = locateImage(named, options.host);
  const why = runningWindows(location, options.host);
  const lock = options.access === "read" ? undefined : lockForWriting(location, why, options.host);
  try {
    return openLocked(location, why, lock, options);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** What cannot be written, or is no hive, is refused without a trace: no lock is put beside it. */
function lockForWriting(location: ImageLocation, why: string | undefined, host: Host): HeldLock {
  openFiles(location, why, "read-write").close();
  return lockImage(lockPlaceOf(location), host);
}

function openLocked(
  location: ImageLocation,
  why: string | undefined,
  lock: HeldLock | undefined,
  options: OpenOptions,
): ImageSession {
  const files = openFiles(location, why, options.access);
  try {
    return new ImageSession(location, files, lock, options);
  } catch (error) {
    files.close();
    throw asFailure(location.hivePath, error);
  }
}

/** Windows holds its own hives: the refusal of the system would say less than we know. */
function openFiles(location: ImageLocation, why: string | undefined, access: Access): OpenedFiles {
  if (why !== undefined && access === "read-write") {
    throw isRunning(why);
  }
  try {
    return openHiveFiles(location.hivePath, access, location.kind === "hive");
  } catch (error) {
    throw why !== undefined && error instanceof Failure && error.code === "in-use" ? isRunning(why, error) : error;
  }
}

function isRunning(why: string, cause?: unknown): Failure {
  return new Failure("refused", why, {
    code: "running-windows",
    advice: "start the machine from other media (WinPE, a Linux live system) and name the image from there",
    cause,
  });
}

export class ImageSession {
  readonly location: ImageLocation;
  readonly places: Places;
  readonly files: OpenedFiles;
  /** With its logs replayed in memory when it was dirty. */
  readonly hive: Hive;
  /** SHA-256 of the primary hive file as it was opened, lower-case hex. */
  readonly hiveSha256: string;
  readonly #fingerprints: ReadonlyMap<string, Fingerprint>;
  /** What opening it took that a person should know. */
  readonly warnings: readonly Warning[];
  readonly #lock: HeldLock | undefined;
  /** Where this program runs. */
  readonly host: Host;
  readonly #access: Access;
  #evidence: VolumeEvidence | undefined;
  readonly #created: Storage[] = [];

  /** `lock`: for writing; close() releases it. */
  constructor(location: ImageLocation, files: OpenedFiles, lock: HeldLock | undefined, options: OpenOptions) {
    const acceptDirty = options.force.includes("dirty");
    openHive(files, { acceptDirty }); // what cannot be used is refused before its 2 GiB are hashed
    this.location = location;
    this.host = options.host;
    this.#access = options.access;
    this.places = placesOf(location);
    this.files = files;
    this.#lock = lock;
    this.warnings = lock?.warnings ?? [];
    this.#fingerprints = new Map(
      this.#storages().map((storage) => [storage.name, takeFingerprint(storage.name, storage)]),
    );
    this.hiveSha256 = this.fingerprint(files.primary.name).sha256;
    this.hive = openHive(files, { acceptDirty });
  }

  /** What the guards ask of the volume; gathered when it is first asked for. */
  get evidence(): VolumeEvidence {
    this.#evidence ??= gatherEvidence(this.location, this.host, this.#access);
    return this.#evidence;
  }

  /** As the file was when the session opened it; `path` is the hive's or a log's. */
  fingerprint(path: string): Fingerprint {
    const found = this.#fingerprints.get(path);
    if (found === undefined) {
      throw new Error(`${path} is not a file of this session`);
    }
    return found;
  }

  /**
   * Throws Failure("writeFailed") when the hive or a log is not what the session opened, a log has appeared or gone, or the
   * lock is not this run's any more. Advisory: another kind of program that writes at the very same moment is not seen.
   */
  assertUnchanged(): void {
    if (this.#lock !== undefined && !this.#lock.isHeld()) {
      throw changedMeanwhile(this.#lock.path, "this lock, which keeps other runs out, was removed or replaced");
    }
    const logs = findLogs(this.location.hivePath);
    const known = this.files.logs.map((log) => log.name);
    if (logs.length !== known.length || logs.some((log, index) => log !== known[index])) {
      throw changedMeanwhile(this.location.hivePath, "a log beside it appeared or went");
    }
    for (const storage of this.#storages()) {
      const what = difference(this.fingerprint(storage.name), takeFingerprint(storage.name, storage));
      if (what !== undefined) {
        throw changedMeanwhile(storage.name, what);
      }
    }
  }

  /** A new, empty log beside the hive, `ending` being ".LOG1" or, for Windows XP, ".LOG". Never an existing file. */
  createLog(ending: ".LOG1" | ".LOG"): Storage {
    const file = this.location.hivePath + ending;
    fs.closeSync(fs.openSync(file, "wx"));
    syncFolder(path.dirname(file));
    const storage = openFile(file, "read-write");
    this.#created.push(storage);
    return storage;
  }

  /** SHA-256 of the primary hive file as it is now. */
  presentSha256(): string {
    return sha256Of(this.files.primary);
  }

  close(): void {
    this.files.close();
    for (const storage of this.#created.splice(0)) {
      storage.close();
    }
    this.#lock?.release();
  }

  #storages(): Storage[] {
    return [this.files.primary, ...this.files.logs];
  }
}

function changedMeanwhile(path: string, what: string): Failure {
  return new Failure("writeFailed", `Another program changed ${path} while this one worked from it: ${what}`, {
    at: path,
    code: "changed-meanwhile",
    advice: "nothing was written; end the other program and run the command again",
  });
}
