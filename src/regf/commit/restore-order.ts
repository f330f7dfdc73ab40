/** The order in which a hive that is whole again gets its former files back, bit for bit. */
import type { FileRole, Region } from "./model.ts";
import { flush, type Operation, truncate, write } from "./operations.ts";

export interface RestoreSteps {
  /** Of the primary, outside the bins that count; and the first bin's stamp. */
  readonly besideBins: readonly Region[];
  readonly logs: readonly RestoredLog[];
  /**
   * When the hive was dirty: its base block (before it, where the length changes too, one that changes only the sequences: `CommitSteps.lengthBlock`),
   * and the pages that its logs make good again.
   */
  readonly dirty: { readonly blocks: readonly Uint8Array[]; readonly pages: readonly Region[] } | undefined;
  /** Of the primary. */
  readonly sizeBytes: number;
}

export interface RestoredLog {
  readonly file: FileRole;
  readonly regions: readonly Region[];
  /** Of a log that the recovery of the dirty hive must not use: it comes back last, and `regions` leave the log disarmed until then. */
  readonly signature: Region | undefined;
}

/** Begins where the hive is clean, and holds the former tree with the former base block (of a hive that was dirty: as after its recovery). */
export function restoreOrder(steps: RestoreSteps): Operation[] {
  return [
    // Nobody reads these while the hive is clean.
    ...steps.besideBins.map(({ offset, bytes }) => write("primary", offset, bytes)),
    flush("primary"),
    ...steps.logs.flatMap(({ file, regions }) => [
      ...regions.map(({ offset, bytes }) => write(file, offset, bytes)),
      flush(file),
    ]),
    // The logs lead from any mixture of these pages to the tree that is there already.
    ...(steps.dirty === undefined
      ? []
      : [
          ...steps.dirty.blocks.flatMap((block) => [write("primary", 0, block), flush("primary")]),
          ...steps.dirty.pages.map(({ offset, bytes }) => write("primary", offset, bytes)),
          flush("primary"),
          // Beside a torn base block these would be taken for the newest; now the base block is whole.
          ...steps.logs.flatMap(({ file, signature }) =>
            signature === undefined ? [] : [write(file, signature.offset, signature.bytes), flush(file)],
          ),
        ]),
    truncate(steps.sizeBytes),
    flush("primary"),
  ];
}
