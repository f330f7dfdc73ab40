/** The receipts of an image: put on its volume before the hive is written, found again for undo and verify. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { readDocumentFile, readFoundDocument } from "../document-file.ts";
import { formatReceipt, parseReceipt } from "./document.ts";
import { putReceipt, type PutReceipt, receiptNotWritten, type ReceiptPlace } from "./put.ts";
import type { Receipt } from "./receipt.ts";

/** Throws Failure("writeFailed") when it cannot be put there: then nothing may be written to the hive. */
export function writeReceipt(place: ReceiptPlace, receipt: Receipt): PutReceipt {
  const text = formatReceipt(receipt);
  refuseUnreadable(text, place);
  return putReceipt(place, receipt.at, text);
}

/** One that could not be read again (larger than any document may be) would be found out when it is needed. */
function refuseUnreadable(text: string, { folders }: ReceiptPlace): void {
  const folder = folders.at(-1) ?? "";
  try {
    parseReceipt(text, folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw receiptNotWritten(folder, `it could not be read again: ${why}`, error);
  }
}

export interface StoredReceipt {
  readonly path: string;
  readonly receipt: Receipt;
}

/** One that a person named. Throws Failure: noImage (21) when it cannot be read, invalidDocument (20). */
export function readReceipt(file: string): StoredReceipt {
  return { path: file, receipt: parseReceipt(readDocumentFile(file, "receipt"), file) };
}

function readFound(file: string): StoredReceipt {
  return { path: file, receipt: parseReceipt(readFoundDocument(file, "receipt"), file) };
}

export interface ReceiptList {
  /** Newest first. */
  readonly receipts: readonly StoredReceipt[];
  /** One for each that cannot be read: a damaged one must not hide the others. */
  readonly warnings: readonly Warning[];
}

/** Throws the system's error when the folder is there and cannot be listed. */
export function listReceipts(folder: string): ReceiptList {
  const names = fs.pathExistsSync(folder) ? fs.readdirSync(folder) : [];
  const receipts: StoredReceipt[] = [];
  const warnings: Warning[] = [];
  for (const name of names.filter((each) => /\.json$/i.test(each))) {
    const file = path.join(folder, name);
    try {
      receipts.push(readFound(file));
    } catch (error) {
      if (!(error instanceof Failure)) {
        throw error;
      }
      warnings.push({ code: "receipt-unreadable", message: `The receipt ${file} is left out: ${error.message}` });
    }
  }
  return { receipts: receipts.sort(newestFirst), warnings };
}

function newestFirst(left: StoredReceipt, right: StoredReceipt): number {
  return compareText(right.receipt.at, left.receipt.at) || attemptOf(right.path) - attemptOf(left.path);
}

/** With a clock that stands, the number in the name tells which came first. */
function attemptOf(file: string): number {
  return Number(/Z-(\d+)\.json$/i.exec(file)?.[1] ?? 1);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
