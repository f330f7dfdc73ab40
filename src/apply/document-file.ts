/** Reading and saving the documents that a person names: profile, inventory, plan, receipt. */
import path from "node:path";
import fs from "fs-extra";
import { DOCUMENT_KINDS, type DocumentKind } from "../document/kinds.ts";
import { documentText } from "../document/text.ts";
import { Failure } from "../exit/failure.ts";
import { createNumbered, replaceDurably, type WhileEmpty } from "../image/durable-file.ts";
import { explainSystemError } from "../image/system-error.ts";
import { whyNotRegular } from "../image/volume-path.ts";

/**
 * The bytes of a file that a person named, at most one more than such a document can have: that one is enough for its
 * parser to refuse it. A pipe will do. Throws Failure("noImage", 21: "no profile") when it cannot be read.
 */
export function readDocumentFile(file: string, kind: DocumentKind): Uint8Array {
  try {
    return readAtMost(file, DOCUMENT_KINDS[kind].maxSizeBytes + 1);
  } catch (error) {
    throw cannotBeRead(file, kind, explainSystemError(error), error);
  }
}

/** The same of a file that was found in an image: there a pipe or a device, which may never end or never begin, is refused. */
export function readFoundDocument(file: string, kind: DocumentKind): Uint8Array {
  try {
    const why = whyNotRegular(fs.statSync(file));
    if (why !== undefined) {
      throw new Error(why);
    }
  } catch (error) {
    throw cannotBeRead(file, kind, explainSystemError(error), error);
  }
  return readDocumentFile(file, kind);
}

function cannotBeRead(file: string, kind: DocumentKind, why: string, cause: unknown): Failure {
  return new Failure("noImage", `${file} cannot be read as ${DOCUMENT_KINDS[kind].called}: ${why}`, {
    at: file,
    code: `no-${kind}`,
    advice: "check the path",
    cause,
  });
}

const CHUNK_SIZE = 65_536;

/** From where it stands to its end: a pipe has neither a size nor places. */
function readAtMost(file: string, limit: number): Uint8Array {
  const descriptor = fs.openSync(file, "r");
  try {
    const sizeBytes = fs.fstatSync(descriptor).size;
    let bytes = new Uint8Array(Math.min(sizeBytes + 1, limit)); // a file's end is seen where one byte more is asked for
    let length = 0;
    for (let count = -1; count !== 0 && length < limit; length += count) {
      if (length === bytes.length) {
        const grown = new Uint8Array(Math.min(length * 2 + CHUNK_SIZE, limit));
        grown.set(bytes);
        bytes = grown;
      }
      count = fs.readSync(descriptor, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    fs.closeSync(descriptor);
  }
}

/**
 * A document is put only where nothing stands or one of its own kind: a slip of the pen (`-o` and the hive's own path)
 * must not cost a hive. Throws Failure("refused", 24).
 */
export function refuseOverwriting(file: string, kind: DocumentKind): void {
  const { called, field } = DOCUMENT_KINDS[kind];
  if (fs.pathExistsSync(file) && !isDocument(file, kind)) {
    throw new Failure("refused", `${file} exists and is not ${called}: it is not replaced`, {
      at: file,
      code: "would-overwrite",
      advice: `name another file, or delete that one (${called} has "${field}" in it)`,
    });
  }
}

/** Throws Failure: refused (24) as above, writeFailed (29); what stood there still does then. */
export function saveDocument(file: string, text: string, kind: DocumentKind, whileEmpty?: WhileEmpty): void {
  refuseOverwriting(file, kind);
  attemptToSave(file, kind, () => replaceDurably(file, text, "plain", whileEmpty));
}

/** A copy in the same folder under the first name that is free: `stem.json`, `stem-2.json`... Returns its path. Throws Failure("writeFailed"). */
export function keepCopy(file: string, stem: string, kind: DocumentKind): string {
  const folder = path.dirname(file);
  return attemptToSave(path.join(folder, `${stem}.json`), kind, () =>
    createNumbered(folder, stem, fs.readFileSync(file), "plain"),
  );
}

function attemptToSave<Result>(file: string, kind: DocumentKind, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw new Failure(
      "writeFailed",
      `${file} cannot be saved as ${DOCUMENT_KINDS[kind].called}: ${explainSystemError(error)}`,
      {
        at: file,
        code: `${kind}-not-saved`,
        advice: "check the path, the room on the volume and that you may write there, or name another file (-o FILE)",
        cause: error,
      },
    );
  }
}

/** By its own member alone: a document that is not valid, or of a newer format, may be replaced by one of its kind. */
function isDocument(file: string, kind: DocumentKind): boolean {
  try {
    const document: unknown = JSON.parse(documentText(readFoundDocument(file, kind), file, kind));
    return typeof document === "object" && document !== null && Object.hasOwn(document, DOCUMENT_KINDS[kind].field);
  } catch {
    return false; // a folder, a pipe, unreadable, or no JSON
  }
}
