/** The hashes by which a receipt recognises a hive: of the whole file, and of its bins alone. */
import { createHash } from "node:crypto";
import { FIRST_BIN_STAMP, type Hive, HIVE_BINS_START } from "../../regf/index.ts";
import type { HiveState } from "./receipt.ts";

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Of the bins as they are in memory: logs replayed, edits made. Throws StorageError. */
export function binsSha256({ bins }: Hive): string {
  return binsHash(bins.raw(0, bins.sizeBytes));
}

/** Of a clean hive file of which the bytes are known; `binsSizeBytes` because a file is often longer than its bins. */
export function stateOfBytes(file: Uint8Array, binsSizeBytes: number): HiveState {
  const bins = file.subarray(HIVE_BINS_START, HIVE_BINS_START + binsSizeBytes);
  return { sha256: sha256(file), sizeBytes: file.length, binsSha256: binsHash(bins) };
}

/** Without the first bin's stamp: a run that is cut before its point of commit may have renewed it, and so does every recovery with a DIRT log. */
function binsHash(bins: Uint8Array): string {
  const { offset, sizeBytes } = FIRST_BIN_STAMP;
  return createHash("sha256")
    .update(bins.subarray(0, offset))
    .update(bins.subarray(offset + sizeBytes))
    .digest("hex");
}
