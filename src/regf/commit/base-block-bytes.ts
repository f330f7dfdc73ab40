/** The header of a clean hive as its disk holds it. */
import type { Hive } from "../hive.ts";

/** What a base block is made from, or compared with: it does not follow later changes of the hive. */
export function baseBlockBytes({ baseBlock }: Hive): Uint8Array {
  return new Uint8Array(baseBlock.buffer, baseBlock.byteOffset, baseBlock.byteLength).slice();
}
