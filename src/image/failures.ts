/** The hive engine's and the system's errors, turned into what a person is told: sentence, place, advice, exit code. */
import { Failure } from "../exit/failure.ts";
import type { ExitName } from "../exit/codes.ts";
import { HiveError, type Problem, describe } from "../regf/index.ts";
import { StorageError } from "../storage/storage.ts";
import { explainSystemError, systemErrorCode } from "./system-error.ts";

/** "D:\\...\\SYSTEM: byte offset 4128 (0x1020), key ControlSet001\\Services" */
export function placeOf(path: string, problem: Problem): string {
  const place = `${path}: byte offset ${problem.at} (0x${problem.at.toString(16)})`;
  return problem.key === undefined || problem.key === "" ? place : `${place}, key ${problem.key}`;
}

/** Codes that say the file is something else than a hive, or one that is not supported; all others say that it is damaged. */
const EXITS: Readonly<Partial<Record<Problem["code"], ExitName>>> = {
  "empty-file": "noImage",
  "not-a-hive": "noImage",
  "is-a-log": "noImage",
  "unsupported-version": "unsupportedWindows",
};

/** Whether the problem says that a hive is damaged, and not that the file is none or of a version that is not supported. */
export function isDamage(problem: Problem): boolean {
  return EXITS[problem.code] === undefined;
}

/** A problem as the end of a run; `path` is the hive's. */
export function problemAsFailure(path: string, problem: Problem, cause?: unknown): Failure {
  return new Failure(EXITS[problem.code] ?? "hiveDamaged", describe(problem), {
    at: placeOf(path, problem),
    code: problem.code,
    advice: adviceFor(problem),
    cause,
  });
}

function adviceFor(problem: Problem): string {
  switch (problem.code) {
    case "dirty-without-logs":
      return "copy the hive together with its logs (SYSTEM.LOG1, SYSTEM.LOG2); --force dirty takes it as it stands, and pint check says what that would lose";
    case "unsupported-version":
      return "only hives of Windows XP and later are supported";
    case "truncated":
    case "short-file":
      return "copy the file again, whole, or restore it from a backup of the image";
    default:
      return "pint check lists every problem; restore the hive from a backup of the image";
  }
}

/** Any error as a Failure where it is one a file or a system can cause; everything else comes back as it is (a fault of this program). */
export function asFailure(path: string, error: unknown): unknown {
  if (error instanceof HiveError) {
    return problemAsFailure(path, error.problem, error);
  }
  if (error instanceof StorageError) {
    return storageFailure(error);
  }
  return isSystemError(error)
    ? storageFailure(new StorageError(error.path ?? path, "read", error.message, error))
    : error;
}

/** Node's own error of a call to the system. */
function isSystemError(error: unknown): error is Error & { readonly path?: string } {
  return (
    error instanceof Error && !(error instanceof Failure) && "syscall" in error && systemErrorCode(error) !== undefined
  );
}

const NOT_WRITABLE: readonly string[] = ["EROFS", "EACCES", "EPERM"];

/** Reading: no image (21). Another program holds it, or it cannot be opened for writing: refused (24), before anything was written. */
function storageFailure(error: StorageError): Failure {
  const code = systemErrorCode(error) ?? "";
  const message = `${error.storage} cannot be ${PAST[error.operation]}: ${explainSystemError(error.cause ?? error)}`;
  if (code === "EBUSY") {
    return new Failure("refused", message, {
      at: error.storage,
      code: "in-use",
      advice: "close the program that has it open; a hive that is loaded (reg load) must be unloaded first",
      cause: error,
    });
  }
  if (WRITES.includes(error.operation)) {
    return new Failure("writeFailed", message, { at: error.storage, code: "write-failed", cause: error });
  }
  return new Failure("noImage", message, {
    at: error.storage,
    code: "cannot-be-read",
    advice: "check that the volume is mounted, unlocked and readable, and that you run with the rights to read it",
    cause: error,
  });
}

const WRITES: readonly StorageError["operation"][] = ["write", "grow", "truncate", "flush"];

const PAST: Readonly<Record<StorageError["operation"], string>> = {
  open: "opened",
  read: "read",
  write: "written",
  grow: "extended",
  truncate: "shortened",
  flush: "flushed to the disk",
};

/** A file that can be read but was refused for writing: exit 24, told before anything else is done. */
export function notWritable(path: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  if (code === undefined || !NOT_WRITABLE.includes(code)) {
    return asFailure(path, error);
  }
  return new Failure("refused", `${path} cannot be opened for writing: ${explainSystemError(error)}`, {
    at: path,
    code: "read-only",
    advice:
      "mount the volume for writing, with the rights to write to it; a volume that Linux mounts read-only by itself is hibernated or was not shut down cleanly: start that Windows once and shut it down (shutdown /s /t 0)",
    cause: error,
  });
}
