/** From the bytes of a document's file to its text: UTF-8 or UTF-16, as editors on Windows save it. */
import { DOCUMENT_KINDS, type DocumentKind } from "./kinds.ts";
import { DocumentFailure } from "./problem.ts";

/** A document as its file holds it, or as text that was already decoded. */
export type DocumentText = string | Uint8Array;

/** Throws DocumentFailure for a file that is too large or not text. */
export function documentText(text: DocumentText, path: string, kind: DocumentKind): string {
  const { called, maxSizeBytes } = DOCUMENT_KINDS[kind];
  if (text.length > maxSizeBytes) {
    throw new DocumentFailure(`${path} is larger than ${called} can be (${maxSizeBytes / 1024 / 1024} MiB)`, {
      at: path,
      advice: `name the file that holds ${called}`,
      code: "document-too-large",
    });
  }
  return (typeof text === "string" ? text : decoded(text, path)).replace(/^\ufeff/, "");
}

function decoded(bytes: Uint8Array, path: string): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DocumentFailure(`${path} is not text in UTF-8 or UTF-16`, {
      at: path,
      advice: "save it as UTF-8",
      code: "document-not-text",
    });
  }
}

/** By the byte order mark, which Windows' editors always write for UTF-16. */
function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}
