/** What a person is told of a lock: who holds it and what to do, or why there cannot be one. */
import path from "node:path";
import { Failure } from "../exit/failure.ts";
import type { Host } from "./host.ts";
import { notWritable } from "./failures.ts";
import type { Holder } from "./lock-holder.ts";
import { explainSystemError, systemErrorCode } from "./system-error.ts";

/** A run that the lock names may be at work. */
export class HeldByRun extends Failure {}

/** `holder`: undefined when the lock does not say. A HeldByRun when it does. */
export function heldByAnother(file: string, subject: string, holder: Holder | undefined, { run }: Host): Failure {
  if (holder === undefined) {
    return new Failure("refused", `Another run may be at work on ${subject}: its lock does not say whose it is`, {
      at: file,
      code: "in-use",
      advice: `if no other run is at work on ${subject}, from any machine, delete this file and run the command again`,
    });
  }
  const where = holder.hostName === run.hostName ? "this machine" : `the machine ${holder.hostName}`;
  const gone =
    holder.hostName === run.hostName
      ? `if process ${holder.pid} is another program (a run was killed, and its number was given anew)`
      : "if that run is no more (the machine was switched off, or started anew)";
  return new HeldByRun(
    "refused",
    `Another run is at work on ${subject}: process ${holder.pid} on ${where}, since ${holder.since.toISOString()}`,
    { at: file, code: "in-use", advice: `wait until it has ended; ${gone}, delete this file` },
  );
}

export function unreadableLock(file: string, why: string): Failure {
  return new Failure("refused", `The place of a lock is taken: ${why}`, {
    at: file,
    code: "in-use",
    advice: "remove what is there: this program keeps a file there while it works",
  });
}

/** `why`: that its run is no more, a sentence without its full stop. `holder`: undefined when the lock did not say. */
export function describeStale(file: string, holder: Holder | undefined, why: string): string {
  const whose = holder === undefined ? "a run" : `process ${holder.pid} of ${holder.since.toISOString()}`;
  return `The lock ${file} was left by ${whose}, which was cut short (${why}): it was replaced`;
}

/** Of another run: refused. The system refuses to write: refused. Any other error of the system: writeFailed, and nothing was written. */
export function lockFailure(file: string, error: unknown): unknown {
  const code = systemErrorCode(error) ?? "";
  if (error instanceof Failure || code === "") {
    return error;
  }
  if (["EROFS", "EACCES", "EPERM"].includes(code)) {
    return notWritable(file, error);
  }
  if (code === "ENOTDIR") {
    return new Failure("refused", `${path.dirname(file)} is not a folder: this program keeps its files there`, {
      at: path.dirname(file),
      code: "place-is-no-folder",
      advice: "remove or rename what is there",
      cause: error,
    });
  }
  return new Failure("writeFailed", `The lock cannot be written: ${explainSystemError(error)}`, {
    at: file,
    code: "lock-not-written",
    advice: "check the disk and the room on its volume; nothing was changed",
    cause: error,
  });
}
