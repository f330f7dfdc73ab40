/** The header of a clean hive as its disk holds it. */
import type { Hive } from "../hive.ts";

/** A copy. */
export function baseBlockBytes({ baseBlock }: Hive): Uint8Array {
  return new Uint8Array(baseBlock.buffer, baseBlock.byteOffset, baseBlock.byteLength).slice();
}
