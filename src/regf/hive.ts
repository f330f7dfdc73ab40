/** A hive in memory: its base block, its bins, its root key, and what was recovered from its logs. */
import type { Storage } from "../storage/storage.ts";
import type { Bins } from "./bins.ts";
import { BASE_BLOCK_HEADER } from "./format/base-block.ts";
import type { CellOffset } from "./format/offsets.ts";
import { Key } from "./read/key.ts";
import type { Recovery } from "./recovery.ts";

export interface HiveFiles {
  readonly primary: Storage;
  /** Those that exist, in this order: .LOG1 and .LOG2, or .LOG. */
  readonly logs: readonly Storage[];
}

export class Hive {
  readonly files: HiveFiles;
  readonly bins: Bins;
  /** The first 512 bytes as they hold after replay; only a commit changes them. */
  readonly baseBlock: DataView;
  readonly recovery: Recovery;

  constructor(files: HiveFiles, baseBlock: DataView, bins: Bins, recovery: Recovery) {
    this.files = files;
    this.baseBlock = baseBlock;
    this.bins = bins;
    this.recovery = recovery;
  }

  get version(): { readonly major: number; readonly minor: number } {
    const { major, minor } = BASE_BLOCK_HEADER.fields;
    return { major: major.get(this.baseBlock, 0), minor: minor.get(this.baseBlock, 0) };
  }

  get rootCell(): CellOffset {
    return BASE_BLOCK_HEADER.fields.rootCell.get(this.baseBlock, 0);
  }

  /** Taken afresh each time: keys are good until the hive is edited. Throws HiveError when it is not there. */
  get root(): Key {
    return new Key(this, this.rootCell);
  }
}
