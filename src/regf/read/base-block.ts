/** Reads a base block and says whether its bytes can be believed, and whether it describes a hive that is supported. */
import { encodeLatin1 } from "../../bytes/utf16.ts";
import type { Storage } from "../../storage/storage.ts";
import {
  BASE_BLOCK_HEADER,
  BASE_BLOCK_HEADER_SIZE,
  BASE_BLOCK_SIGNATURE,
  baseBlockChecksum,
  FILE_FORMAT,
  FILE_TYPE,
} from "../format/base-block.ts";
import { fileOffset } from "../format/offsets.ts";
import { PAGE_SIZE } from "../format/page.ts";
import { MAX_HIVE_BINS_SIZE } from "../limits.ts";
import { type Problem, type ProblemDetail, problem } from "../problem.ts";
import { printable } from "./signature.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;

const SIGNATURE_BYTES = encodeLatin1(BASE_BLOCK_SIGNATURE);

/** The versions that are read. 1.1 and 1.2 (Windows NT 3) arrange their cells in another way. */
const LOWEST_MINOR = 3;
const HIGHEST_MINOR = 6;

/** The first 512 bytes; undefined when the file is shorter. Throws StorageError. */
export function readBaseBlock(storage: Storage): DataView | undefined {
  if (storage.size() < BASE_BLOCK_HEADER_SIZE) return undefined;
  return new DataView(new Uint8Array(storage.read(0, BASE_BLOCK_HEADER_SIZE)).buffer);
}

export function hasSignature(header: DataView): boolean {
  return BASE.signature.get(header, 0) === BASE_BLOCK_SIGNATURE;
}

export function hasValidChecksum(header: DataView): boolean {
  return BASE.checksum.get(header, 0) === baseBlockChecksum(header);
}

export function sequencesAgree(header: DataView): boolean {
  return BASE.primarySequence.get(header, 0) === BASE.secondarySequence.get(header, 0);
}

/** Why the file's first bytes are no hive's; nothing else is looked at. Throws StorageError. */
export function signatureProblem(storage: Storage): Problem | undefined {
  const size = storage.size();
  if (size === 0) return wrong("signature", { code: "empty-file" });
  const found = printable(storage.read(0, Math.min(BASE_BLOCK_SIGNATURE.length, size)));
  return found === printable(SIGNATURE_BYTES) ? undefined : wrong("signature", { code: "not-a-hive", found });
}

/** Why a base block whose checksum is right does not describe a hive that can be read; the bins' size is not compared with the file. */
export function baseBlockProblem(header: DataView): Problem | undefined {
  const fileType = BASE.fileType.get(header, 0);
  if (fileType === FILE_TYPE.log || fileType === FILE_TYPE.logOfWindows2000 || fileType === FILE_TYPE.incrementalLog) {
    return wrong("fileType", { code: "is-a-log", fileType });
  }
  const major = BASE.major.get(header, 0);
  const minor = BASE.minor.get(header, 0);
  if (major !== 1 || minor < LOWEST_MINOR || minor > HIGHEST_MINOR) {
    return wrong("major", { code: "unsupported-version", major, minor });
  }
  return (
    fieldProblem(header, "fileType", "file type", FILE_TYPE.primary) ??
    fieldProblem(header, "fileFormat", "file format", FILE_FORMAT) ??
    fieldProblem(header, "clusteringFactor", "clustering factor", 1) ??
    sizeProblem(BASE.hiveBinsSize.get(header, 0))
  );
}

type NumberField = "fileType" | "fileFormat" | "clusteringFactor";

function fieldProblem(header: DataView, field: NumberField, name: string, expected: number): Problem | undefined {
  const found = BASE[field].get(header, 0);
  return found === expected
    ? undefined
    : wrong(field, { code: "unsupported-base-block", field: name, found, expected });
}

function sizeProblem(size: number): Problem | undefined {
  if (size > 0 && size % PAGE_SIZE === 0 && size <= MAX_HIVE_BINS_SIZE) return undefined;
  return wrong("hiveBinsSize", { code: "bad-bins-size", size });
}

function wrong(field: keyof typeof BASE, detail: ProblemDetail): Problem {
  return problem(fileOffset(BASE[field].offset), detail);
}
