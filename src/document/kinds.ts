/** The documents of the program, and what is particular to each before its schema is asked. */

export type DocumentKind =
  | "profile"
  | "inventory"
  | "plan"
  | "receipt"
  | "answer-receipt"
  | "first-boot"
  | "first-boot-result"
  | "first-boot-changes";

export interface DocumentTraits {
  /** As a sentence names it. */
  readonly called: string;
  /** The member that says what the document is; its value is the format number. */
  readonly field: string;
  readonly format: number;
  /** What `$schema` says: a name, not a place, so that nothing is ever fetched. */
  readonly schemaId: string;
  /** A larger file is not read: it is not one of ours, and memory is bounded. */
  readonly maxSizeBytes: number;
  /** A document with more values is not read either: a value of two characters can take some thousand bytes when it is wrong and must be told. */
  readonly maxValueCount: number;
}

const MEBIBYTE = 1024 * 1024;

/**
 * The bounds: a connection takes about 2 KB in 40 values, and a machine with a thousand of them does not exist; a plan has
 * some hundred bytes in 8 values for each registry value; a receipt holds the former bytes of every page that was written;
 * one of an answer file, the entries that were replaced.
 */
export const DOCUMENT_KINDS: Readonly<Record<DocumentKind, DocumentTraits>> = {
  profile: traits("a profile", "pintProfile", 8 * MEBIBYTE, 100_000),
  inventory: traits("an inventory", "pintInventory", 8 * MEBIBYTE, 100_000),
  plan: traits("a plan", "pintPlan", 64 * MEBIBYTE, 500_000),
  receipt: traits("a receipt", "pintReceipt", 256 * MEBIBYTE, 500_000),
  "answer-receipt": traits("an answer-receipt", "pintAnswerReceipt", 64 * MEBIBYTE, 500_000),
  "first-boot": traits("a first-boot document", "pintFirstBoot", 8 * MEBIBYTE, 100_000),
  "first-boot-result": traits("a first-boot-result", "pintFirstBootResult", 8 * MEBIBYTE, 100_000),
  "first-boot-changes": traits("a first-boot-changes document", "pintFirstBootChanges", 64 * MEBIBYTE, 500_000),
};

function traits(called: string, field: string, maxSizeBytes: number, maxValueCount: number): DocumentTraits {
  return {
    called,
    field,
    format: 1,
    schemaId: `urn:pint-offline:${called.split(" ")[1]}:1`,
    maxSizeBytes,
    maxValueCount,
  };
}
