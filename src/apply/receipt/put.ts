/** Puts a receipt, of whichever kind, on the image's volume, for administrators alone where that can be had. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { makeOwnFolder } from "../../image/access-list/own-place.ts";
import { keepSecret, makeSecretFolder } from "../../image/access-list/secrecy.ts";
import { createNumbered } from "../../image/durable-file.ts";
import type { Host } from "../../image/host.ts";
import type { ImageSession } from "../../image/session.ts";
import { explainSystemError } from "../../image/system-error.ts";
import { timeStamp } from "../file-time.ts";

export interface ReceiptPlace {
  /** From the outermost: each is closed to others; the receipt goes into the last. */
  readonly folders: readonly string[];
  /** Undefined beside a hive that was named by itself: whoever put it there has said by that folder who may read it. */
  readonly host: Host | undefined;
}

/** `below`: a folder of its own in the folder of the receipts. */
export function receiptPlaceOf({ places, location, host }: ImageSession, ...below: readonly string[]): ReceiptPlace {
  const folders = [places.receipts, ...below.map((name) => path.join(places.receipts, name))];
  return { folders, host: location.volume === undefined ? undefined : host };
}

export interface PutReceipt {
  readonly path: string;
  readonly sizeBytes: number;
  readonly warnings: readonly Warning[];
}

/** `at`: ISO 8601, of which its name is made. Throws Failure("writeFailed"): then nothing that the receipt is about may be written. */
export function putReceipt({ folders, host }: ReceiptPlace, at: string, text: string): PutReceipt {
  const folder = folders.at(-1) ?? "";
  const unproven: string[] = [];
  try {
    const open = host === undefined ? undefined : makeOwnFolder(path.dirname(folders[0] ?? ""), host);
    if (open !== undefined) unproven.push(open);
    for (const each of folders) {
      refuseNoFolder(each);
      if (host !== undefined) unproven.push(...makeSecretFolder(each, host));
    }
    const file = createNumbered(folder, timeStamp(new Date(at)), text, "secret", (empty) => {
      if (host !== undefined) unproven.push(...keepSecret(empty, host));
    });
    return { path: file, sizeBytes: fs.statSync(file).size, warnings: readableWarnings(unproven) };
  } catch (error) {
    throw error instanceof Failure ? error : receiptNotWritten(folder, explainSystemError(error), error);
  }
}

function refuseNoFolder(folder: string): void {
  if (fs.pathExistsSync(folder) && !fs.statSync(folder).isDirectory()) {
    throw receiptNotWritten(folder, "its place is no folder; remove or rename what is there");
  }
}

export function receiptNotWritten(folder: string, why: string, cause?: unknown): Failure {
  return new Failure("writeFailed", `The receipt cannot be written: ${why}`, {
    at: folder,
    code: "receipt-not-written",
    advice:
      "make room on the image's volume and let this program write to it; without a receipt nothing is changed, and nothing was",
    cause,
  });
}

/** One warning for all of them; the first is the folder where there is one. */
function readableWarnings(unproven: readonly string[]): readonly Warning[] {
  if (unproven.length === 0) return [];
  const message = `Receipts hold former bytes of the SYSTEM hive, which only administrators may read, and it is not proven that nobody else can read or replace the receipts in the Windows that starts: ${unproven.join("; ")}. Let only SYSTEM and Administrators read that folder and what is in it, or move the receipts away (undo takes one from anywhere: --receipt)`;
  return [{ code: "receipts-readable", message }];
}
