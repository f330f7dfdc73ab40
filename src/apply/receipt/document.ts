/** The receipt as a JSON document: declared once, read strictly, written in one order. */
import * as z from "zod";
import { sha256Field } from "../../document/fields.ts";
import { formatDocument } from "../../document/format.ts";
import { parseDocument } from "../../document/parse.ts";
import type { DocumentProblem } from "../../document/problem.ts";
import { placeIn } from "../../document/problem.ts";
import type { DocumentText } from "../../document/text.ts";
import { EXIT_CODES, type ExitCode } from "../../exit/codes.ts";
import { Failure } from "../../exit/failure.ts";
import { firstBootIdField } from "../../firstboot/schema.ts";
import { changeField, plannedSourceField } from "../../plan/document.ts";
import type { FormerFile } from "../../regf/index.ts";
import { packRegions, unpackRegions } from "./packed-bytes.ts";
import type { Receipt } from "./receipt.ts";

const sizeField = z.int().min(0);

const hiveStateField = z.strictObject({ sha256: sha256Field, sizeBytes: sizeField, binsSha256: sha256Field });

const formerFileField = z.strictObject({
  role: z.enum(["primary", "log1", "log2", "log"]),
  existed: z.boolean(),
  sizeBytes: sizeField,
  regions: z.array(z.strictObject({ offset: sizeField, sizeBytes: sizeField })),
  deflated: z.string(),
});

export const receiptSchema = z.strictObject({
  $schema: z.string().optional(),
  pintReceipt: z.literal(1),
  tool: z.string(),
  at: z.iso.datetime(),
  image: z.strictObject({ path: z.string(), kind: z.enum(["folder", "hive"]), hive: z.string() }),
  undoes: z.strictObject({ path: z.string(), at: z.iso.datetime() }).optional(),
  forced: z.array(z.string()),
  before: hiveStateField,
  logsBefore: z.array(z.strictObject({ name: z.string(), sizeBytes: sizeField, sha256: sha256Field })),
  after: hiveStateField,
  sources: z.array(plannedSourceField),
  changes: z.array(changeField),
  exitCode: z.literal(Object.values(EXIT_CODES) as [ExitCode, ...ExitCode[]]),
  logFormat: z.enum(["HvLE", "DIRT", "DIRT-XP"]),
  former: z.strictObject({ files: z.array(formerFileField) }),
  firstBoot: z
    .strictObject({
      id: firstBootIdField,
      folder: z.string().min(1).describe("below the volume's root, with forward slashes"),
      files: z.array(
        z.strictObject({
          name: z.string().regex(/^[^/\\]+$/, "must be the name of a file"),
          sha256: sha256Field,
          sizeBytes: sizeField,
        }),
      ),
    })
    .optional(),
});

/** Throws DocumentFailure (20); also a Failure when the former bytes are not whole. */
export function parseReceipt(text: DocumentText, path: string): Receipt {
  const document = parseDocument(receiptSchema, text, path, { kind: "receipt", examine: () => [] });
  const files = document.former.files.map(({ regions, deflated, ...file }, index): FormerFile => {
    const unpacked = regionsFit(regions, file.sizeBytes) ? unpackRegions(regions, deflated) : undefined;
    if (unpacked === undefined) {
      throw damaged(path, ["former", "files", index]);
    }
    return { ...file, regions: unpacked };
  });
  return { ...document, former: { files } };
}

/** Ascending, apart from each other, and inside the file: what restoring relies on. */
function regionsFit(regions: readonly { offset: number; sizeBytes: number }[], fileSizeBytes: number): boolean {
  let end = 0;
  return regions.every(({ offset, sizeBytes }) => {
    const fits = offset >= end && offset + sizeBytes <= fileSizeBytes;
    end = offset + sizeBytes;
    return fits;
  });
}

function damaged(path: string, at: DocumentProblem["path"]): Failure {
  return new Failure("invalidDocument", "The former bytes in this receipt are not whole: it was cut or altered", {
    at: placeIn(path, at),
    code: "receipt-damaged",
    advice: "use another copy of the receipt; nothing was changed",
  });
}

export function formatReceipt(receipt: Receipt): string {
  const files = receipt.former.files.map(({ regions, ...file }) => ({ ...file, ...packRegions(regions) }));
  return formatDocument("receipt", { ...receipt, former: { files } });
}
