/** What a person is told of a lock: who holds it and what to do, or why there cannot be one. */
import path from "node:path";
import { Failure } from "../exit/failure.ts";
import type { Host } from "./host.ts";
import { notWritable } from "./failures.ts";
import type { Holder } from "./lock-holder.ts";
import { explainSystemError, systemErrorCode } from "./system-error.ts";

/** `holder`: undefined when the lock does not say. */
export function heldByAnother(file: string, holder: Holder | undefined, { run }: Host): Failure {
  if (holder === undefined) {
    return new Failure("refused", "Another run may be at work on this image: its lock does not say whose it is", {
      at: file,
      code: "in-use",
      advice: "if no other run is at work on this image, from any machine, delete this file and run the command again",
    });
  }
  const where = holder.hostName === run.hostName ? "this machine" : `the machine ${holder.hostName}`;
  const gone =
    holder.hostName === run.hostName
      ? `if process ${holder.pid} is another program (a run was killed, and its number was given anew)`
      : "if that run is no more (the machine was switched off, or started anew)";
  return new Failure(
    "refused",
    `Another run is at work on this image: process ${holder.pid} on ${where}, since ${holder.since.toISOString()}`,
    { at: file, code: "in-use", advice: `wait until it has ended; ${gone}, delete this file` },
  );
}

export function unreadableLock(file: string, why: string): Failure {
  return new Failure("refused", `The place of the image's lock is taken: ${why}`, {
    at: file,
    code: "in-use",
    advice: "remove what is there: this program keeps a file there while it works",
  });
}

export function describeStale(file: string, { pid, since }: Holder, { run }: Host): string {
  const why = pid === run.pid ? "this process has its number now" : "it runs no more";
  return `The lock ${file} was left by process ${pid} of ${since.toISOString()}, which was cut short (${why}): it was replaced`;
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
  return new Failure("writeFailed", `The lock of the image cannot be written: ${explainSystemError(error)}`, {
    at: file,
    code: "lock-not-written",
    advice: "check the disk and the room on the image's volume; nothing was changed",
    cause: error,
  });
}
