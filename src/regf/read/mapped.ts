/** What reading needs of a hive. */
import type { Bins } from "../bins.ts";
import type { CellOffset } from "../format/offsets.ts";

export interface Mapped {
  readonly bins: Bins;
  readonly version: { readonly major: number; readonly minor: number };
  readonly rootCell: CellOffset;
}
