/** Makes one base block from another: other sequences, size and type, and the checksum that fits. */
import { BASE_BLOCK_HEADER, BASE_BLOCK_HEADER_SIZE, baseBlockChecksum } from "../format/base-block.ts";

export interface BaseBlockChanges {
  /** Both sequences: a complete block. */
  readonly sequence?: number;
  /** The first ahead of the second: a dirty one. */
  readonly sequences?: readonly [primary: number, secondary: number];
  readonly hiveBinsSize?: number;
  readonly fileType?: number;
}

/** 512 bytes; the original stays. */
export function baseBlockOf(original: DataView, changes: BaseBlockChanges): Uint8Array {
  const bytes = new Uint8Array(original.buffer, original.byteOffset, BASE_BLOCK_HEADER_SIZE).slice();
  const view = new DataView(bytes.buffer);
  const { fields } = BASE_BLOCK_HEADER;
  const [primary, secondary] = changes.sequences ?? [changes.sequence, changes.sequence];
  if (primary !== undefined) fields.primarySequence.set(view, 0, primary);
  if (secondary !== undefined) fields.secondarySequence.set(view, 0, secondary);
  if (changes.hiveBinsSize !== undefined) fields.hiveBinsSize.set(view, 0, changes.hiveBinsSize);
  if (changes.fileType !== undefined) fields.fileType.set(view, 0, changes.fileType);
  fields.checksum.set(view, 0, baseBlockChecksum(view));
  return bytes;
}
