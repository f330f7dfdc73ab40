/** Reading and saving the documents that a person names: profile, inventory, plan, receipt. */
import fs from "fs-extra";
import { DOCUMENT_KINDS, type DocumentKind } from "../document/kinds.ts";
import { Failure } from "../exit/failure.ts";
import { createDurably, replaceDurably } from "../image/durable-file.ts";
import { explainSystemError } from "../image/system-error.ts";

/**
 * The file's bytes, at most one more than such a document can have: that one is enough for its parser to refuse it.
 * Throws Failure("noImage", 21: "no profile") when it cannot be read.
 */
export function readDocumentFile(file: string, kind: DocumentKind): Uint8Array {
  const { called, maxSizeBytes } = DOCUMENT_KINDS[kind];
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(file, "r");
    const bytes = new Uint8Array(Math.min(fs.fstatSync(descriptor).size, maxSizeBytes + 1));
    let length = 0;
    for (let count = -1; count !== 0 && length < bytes.length; length += count) {
      count = fs.readSync(descriptor, bytes, length, bytes.length - length, length);
    }
    return bytes.subarray(0, length);
  } catch (error) {
    throw new Failure("noImage", `${file} cannot be read as ${called}: ${explainSystemError(error)}`, {
      at: file,
      code: `no-${kind}`,
      advice: "check the path",
      cause: error,
    });
  } finally {
    if (descriptor !== undefined) {
      fs.closeSync(descriptor);
    }
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
export function saveDocument(file: string, text: string, kind: DocumentKind): void {
  refuseOverwriting(file, kind);
  attemptToSave(file, kind, () => replaceDurably(file, text, "plain"));
}

/** A copy under a name that is free. Throws Failure("writeFailed"). */
export function keepCopy(file: string, copy: string, kind: DocumentKind): void {
  attemptToSave(copy, kind, () => createDurably(copy, fs.readFileSync(file), "plain"));
}

function attemptToSave(file: string, kind: DocumentKind, action: () => void): void {
  try {
    action();
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
    const document: unknown = JSON.parse(new TextDecoder().decode(readDocumentFile(file, kind)));
    return typeof document === "object" && document !== null && Object.hasOwn(document, DOCUMENT_KINDS[kind].field);
  } catch {
    return false; // a folder, unreadable, or no JSON
  }
}
