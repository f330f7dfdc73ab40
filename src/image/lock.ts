/** One run at a time on one thing (an image, a first boot): a file beside what this program keeps there, which only one run can create. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import fs from "fs-extra";
import type { Warning } from "../exit/warning.ts";
import type { Host } from "./host.ts";
import { syncFolder } from "./durable-file.ts";
import { formatHolder, isFromBefore, parseHolder, whyGone } from "./lock-holder.ts";
import { describeStale, heldByAnother, lockFailure, unreadableLock } from "./lock-failures.ts";
import { systemErrorCode } from "./system-error.ts";
import { whyNotRegular } from "./volume-path.ts";

export interface HeldLock {
  readonly path: string;
  /** That a lock which a dead run had left was replaced. */
  readonly warnings: readonly Warning[];
  /** Whether the file is still the one that this run made. */
  isHeld(): boolean;
  /** Removes the file, and its folder when this run made that and nothing else is in it. */
  release(): void;
}

/** Another run may end, or begin, between two looks at the file. */
const MAX_ATTEMPTS = 5;

/** Much more than any holder takes. */
const MAX_LOCK_SIZE = 4096;

/** For a lock that not every machine can reach: one that names no run of this one is nobody's, unless it is just being written. */
export interface OwnLocks {
  /** Longer than a run needs from making its lock to having written it. */
  wait(): void;
}

/** As `holdLock`. */
export function lockImage(file: string, host: Host): HeldLock {
  return holdLock(file, "this image", host);
}

/**
 * Creates the lock; its folder too, but not the one above. `subject`: what it is for, in a sentence. Throws Failure: refused (24)
 * when another run holds it (HeldByRun, "in-use"), what is there cannot be told ("in-use") or nothing can be written there ("read-only"), writeFailed (29).
 * `own`: absent for an image, which other machines may have open.
 */
export function holdLock(file: string, subject: string, host: Host, own?: OwnLocks): HeldLock {
  const warnings: Warning[] = [];
  let madeFolder = false;
  try {
    for (let attempt = 1; ; attempt++) {
      madeFolder = makeFolder(path.dirname(file)) || madeFolder;
      const descriptor = create(file, host, attempt < MAX_ATTEMPTS);
      if (descriptor !== undefined) {
        return new FileLock(file, descriptor, madeFolder, warnings);
      }
      const stale = replaceStale(file, subject, { host, own, mayTryAgain: attempt < MAX_ATTEMPTS });
      if (stale !== undefined) {
        warnings.push({ code: "stale-lock", message: stale });
      }
    }
  } catch (error) {
    if (madeFolder) {
      removeFolder(path.dirname(file));
    }
    throw lockFailure(file, error);
  }
}

function makeFolder(folder: string): boolean {
  try {
    fs.mkdirSync(folder);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") {
      return false;
    }
    throw error;
  }
}

/** undefined: there is one, or the folder has just gone. */
function create(file: string, host: Host, mayTryAgain: boolean): number | undefined {
  let descriptor: number;
  try {
    descriptor = fs.openSync(file, "wx", 0o644);
  } catch (error) {
    const code = systemErrorCode(error) ?? "";
    if (code === "EEXIST" || (code === "ENOENT" && mayTryAgain)) {
      return undefined;
    }
    throw error;
  }
  try {
    say(descriptor, formatHolder({ ...host.run, since: new Date() }));
    return descriptor;
  } catch (error) {
    fs.closeSync(descriptor);
    fs.removeSync(file);
    throw error;
  }
}

/** On the disk at once: after a power cut it must say whose it was. On a full volume the name alone keeps others out, and an undo is possible. */
function say(descriptor: number, text: string): void {
  try {
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } catch (error) {
    if (!["ENOSPC", "EDQUOT"].includes(systemErrorCode(error) ?? "")) {
      throw error;
    }
  }
}

interface Circumstances {
  readonly host: Host;
  readonly own: OwnLocks | undefined;
  readonly mayTryAgain: boolean;
}

/** Returns, in a sentence, whose lock was taken away; undefined: it has gone by itself. Throws Failure when another run holds it. */
function replaceStale(file: string, subject: string, { host, own, mayTryAgain }: Circumstances): string | undefined {
  const text = readLock(file);
  if (text === undefined && mayTryAgain) {
    return undefined;
  }
  const isNobodys = own !== undefined && text !== undefined && parseHolder(text)?.hostName !== host.run.hostName;
  if (isNobodys) {
    own.wait();
    if (readLock(file) !== text && mayTryAgain) return undefined; // it was just being written
  }
  const why = isNobodys ? "it does not say whose it is" : whyStale(file, text, host);
  if (why === undefined) {
    throw heldByAnother(file, subject, parseHolder(text), host);
  }
  // Two runs may find the same dead one's lock: what is taken away is looked at again, since it may be the other's new one.
  const aside = `${file}.${randomBytes(4).toString("hex")}.stale`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
  const taken = readLock(aside);
  if (taken !== text) {
    fs.renameSync(aside, file);
    throw heldByAnother(file, subject, parseHolder(taken), host);
  }
  fs.removeSync(aside);
  return describeStale(file, parseHolder(text), why);
}

/** undefined: its run may be at work. */
function whyStale(file: string, text: string | undefined, { run }: Host): string | undefined {
  const holder = parseHolder(text);
  if (holder !== undefined) return whyGone(holder, run);
  // A run that was cut while it wrote its lock, or had no room for it.
  const { mtime } = fs.lstatSync(file, { throwIfNoEntry: false }) ?? {};
  return mtime !== undefined && isFromBefore(mtime, run) ? "this system has started since" : undefined;
}

/** undefined: it is not there. Throws Failure for what is no file. */
function readLock(file: string): string | undefined {
  try {
    const why = whyNotRegular(fs.lstatSync(file));
    if (why !== undefined) {
      throw unreadableLock(file, why);
    }
    const descriptor = fs.openSync(file, "r");
    try {
      const bytes = new Uint8Array(MAX_LOCK_SIZE);
      return new TextDecoder().decode(bytes.subarray(0, fs.readSync(descriptor, bytes, 0, bytes.length, 0)));
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

class FileLock implements HeldLock {
  readonly path: string;
  readonly warnings: readonly Warning[];
  readonly #madeFolder: boolean;
  /** Kept open, so that no other file can get this one's number. */
  #descriptor: number | undefined;

  constructor(file: string, descriptor: number, madeFolder: boolean, warnings: readonly Warning[]) {
    this.path = file;
    this.warnings = warnings;
    this.#descriptor = descriptor;
    this.#madeFolder = madeFolder;
  }

  isHeld(): boolean {
    if (this.#descriptor === undefined) {
      return false;
    }
    try {
      const own = fs.fstatSync(this.#descriptor, { bigint: true });
      const there = fs.lstatSync(this.path, { bigint: true });
      return own.dev === there.dev && own.ino === there.ino;
    } catch {
      return false; // it has gone
    }
  }

  release(): void {
    if (this.#descriptor === undefined) {
      return;
    }
    const isOwn = this.isHeld();
    fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
    try {
      if (isOwn) {
        fs.removeSync(this.path);
      }
    } catch {
      return; // the next run finds a lock whose process has ended, and says so
    }
    if (this.#madeFolder) {
      removeFolder(path.dirname(this.path));
    }
  }
}

function removeFolder(folder: string): void {
  try {
    fs.rmdirSync(folder);
    syncFolder(path.dirname(folder));
  } catch {
    // it holds something now, such as a receipt; or an empty folder stays, which is harmless
  }
}
