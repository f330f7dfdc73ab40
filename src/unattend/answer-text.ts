/** An answer file's bytes as text and back, so that what is not changed has the same bytes again. */
import { Failure } from "../exit/failure.ts";

export interface AnswerText {
  /** Without the byte order mark. */
  readonly text: string;
  /** The bytes of another text in this file's encoding. */
  encode(text: string): Uint8Array;
}

/** An answer file is a few hundred lines; it is read into memory whole. */
export const MAX_ANSWER_FILE_SIZE_BYTES: number = 8 * 1024 * 1024;

/** Throws Failure (20): too large, or not text in the encoding that it says. */
export function answerText(bytes: Uint8Array, path: string): AnswerText {
  if (bytes.length > MAX_ANSWER_FILE_SIZE_BYTES) throw answerFileTooLarge(path);
  for (const [mark, encoding] of MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) {
      const text = decoded(bytes.subarray(mark.length), encoding, path);
      return { text, encode: (other) => joined(mark, encoded(other, encoding)) };
    }
  }
  const encoding = isUtf8(declaredEncoding(bytes)) ? "utf-8" : "bytes";
  return { text: decoded(bytes, encoding, path), encode: (other) => encoded(other, encoding) };
}

/** Also for whoever sees it before the file is in memory. */
export function answerFileTooLarge(path: string): Failure {
  return new Failure("invalidDocument", `${path} is larger than an answer file can be`, {
    at: path,
    code: "answer-file-too-large",
    advice: "name the answer file",
  });
}

/** A new file: UTF-8 without a mark. */
export function newAnswerText(text: string): AnswerText {
  return { text, encode: (other) => encoded(other, "utf-8") };
}

/** "bytes": any other encoding that has ASCII's letters; each byte is kept as it is, and what is added is ASCII. */
type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "bytes";

const MARKS: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** By the XML declaration, which is ASCII in every encoding that is read here without a mark. */
function declaredEncoding(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  return /^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1] ?? "utf-8";
}

/** A declaration of UTF-16 in a file of single bytes is wrong, and read as what it is. */
function isUtf8(name: string): boolean {
  return /^(?:utf-?8|utf-?16|us-ascii)/i.test(name);
}

function decoded(bytes: Uint8Array, encoding: Encoding, path: string): string {
  if (encoding === "bytes") return new TextDecoder("utf-16le").decode(Uint16Array.from(bytes));
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Failure("invalidDocument", `${path} is not text in ${encoding.toUpperCase()}, as it says of itself`, {
      at: path,
      code: "answer-file-not-text",
      advice: "save it as UTF-8, and run the command again",
    });
  }
}

function encoded(text: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  const units = Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  if (encoding === "bytes") return Uint8Array.from(units);
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, unit] of units.entries()) view.setUint16(index * 2, unit, encoding === "utf-16le");
  return bytes;
}

function joined(mark: readonly number[], rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(mark.length + rest.length);
  bytes.set(mark);
  bytes.set(rest, mark.length);
  return bytes;
}
