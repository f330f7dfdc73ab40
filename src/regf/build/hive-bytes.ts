/** A hive as the bytes of a file. */
import { BASE_BLOCK_SIZE } from "../format/base-block.ts";
import { HIVE_BINS_START } from "../format/offsets.ts";
import type { Hive } from "../hive.ts";
import { baseBlockOf } from "../log/base-block-of.ts";

/** With everything that was replayed and edited, as a clean file without trailing bytes. The disk is not touched, and sequences stay. Throws StorageError. */
export function hiveBytes(hive: Hive): Uint8Array {
  const { bins } = hive;
  const bytes = new Uint8Array(HIVE_BINS_START + bins.sizeBytes);
  bytes.set(hive.files.primary.read(0, BASE_BLOCK_SIZE));
  const sequence = hive.recovery.primarySequence;
  bytes.set(baseBlockOf(hive.baseBlock, { sequence, hiveBinsSize: bins.sizeBytes }));
  bytes.set(bins.raw(0, bins.sizeBytes), HIVE_BINS_START);
  return bytes;
}
