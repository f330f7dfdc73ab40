/** The receipt of an answer file: what was put into it, and what takes exactly that out again. */
import path from "node:path";
import fs from "fs-extra";
import * as z from "zod";
import type { DeepReadonly } from "../../document/deep-readonly.ts";
import { sha256Field } from "../../document/fields.ts";
import { formatDocument } from "../../document/format.ts";
import { parseDocument } from "../../document/parse.ts";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { ImageSession } from "../../image/session.ts";
import { plannedSourceField } from "../../plan/document.ts";
import { readDocumentFile, readFoundDocument } from "../document-file.ts";
import { putReceipt, type PutReceipt, receiptPlaceOf } from "../receipt/put.ts";

const stateField = z.strictObject({ sha256: sha256Field, sizeBytes: z.int().min(0) });

/**
 * The entries that were replaced are kept, not the former file: an answer file holds passwords, which Setup removes from it
 * when it is done, and a copy would keep them.
 */
export const answerReceiptSchema = z.strictObject({
  $schema: z.string().optional(),
  pintAnswerReceipt: z.literal(1),
  tool: z.string(),
  at: z.iso.datetime(),
  file: z.string().min(1).describe("below the volume's root, with forward slashes"),
  before: stateField.nullable().describe("null: there was no such file"),
  after: stateField,
  takeBack: z.array(z.strictObject({ start: z.int().min(0), end: z.int().min(0), text: z.string() })),
  sources: z.array(plannedSourceField),
});

export type AnswerReceipt = DeepReadonly<z.output<typeof answerReceiptSchema>>;

export interface StoredAnswerReceipt {
  readonly path: string;
  readonly receipt: AnswerReceipt;
}

/** Its folder below that of the receipts. */
const FOLDER = "answer-files";

/** Throws Failure("writeFailed"): then the answer file must not be written. */
export function writeAnswerReceipt(session: ImageSession, receipt: AnswerReceipt): PutReceipt {
  const { pintAnswerReceipt: _format, ...members } = receipt;
  return putReceipt(receiptPlaceOf(session, FOLDER), receipt.at, formatDocument("answer-receipt", members));
}

/** Newest first; one that cannot be read is told. Throws the system's error when the folder is there and cannot be listed. */
export function listAnswerReceipts(session: ImageSession): {
  readonly receipts: readonly StoredAnswerReceipt[];
  readonly warnings: readonly Warning[];
} {
  const folder = path.join(session.places.receipts, FOLDER);
  const names = fs.pathExistsSync(folder) ? fs.readdirSync(folder).filter((name) => /\.json$/i.test(name)) : [];
  const warnings: Warning[] = [];
  const receipts = names.flatMap((name): StoredAnswerReceipt[] => {
    const file = path.join(folder, name);
    try {
      return [{ path: file, receipt: parse(readFoundDocument(file, "answer-receipt"), file) }];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warnings.push({ code: "receipt-unreadable", message: `The receipt ${file} is left out: ${error.message}` });
      return [];
    }
  });
  return { receipts: receipts.sort((left, right) => (left.receipt.at < right.receipt.at ? 1 : -1)), warnings };
}

/** One that a person named; undefined when it is a receipt of another kind. Throws Failure (20, 21). */
export function readAnswerReceipt(file: string): StoredAnswerReceipt | undefined {
  const bytes = readDocumentFile(file, "answer-receipt");
  try {
    return { path: file, receipt: parse(bytes, file) };
  } catch (error) {
    if (error instanceof Failure && error.code === "document-kind") return undefined;
    throw error;
  }
}

function parse(bytes: Uint8Array, file: string): AnswerReceipt {
  return parseDocument(answerReceiptSchema, bytes, file, { kind: "answer-receipt" });
}
