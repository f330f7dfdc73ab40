/** The order of writes and flushes in which a power cut, at any moment, leaves the old state or the new one. */
import { SECTOR_SIZE } from "../format/page.ts";
import type { FileRole, Region } from "./model.ts";
import { flush, grow, type Operation, type Order, write } from "./operations.ts";

/** Bytes for the primary's places; offsets count from the first byte of the file. */
export interface RecoverySteps {
  /** Valid logs that replay did not use: once the hive is clean and written again, they could be taken for newer than it. HvLE only. */
  readonly disarm: readonly FileRole[];
  /** Instead of a damaged base block: one that is dirty and leads to the same logs. */
  readonly dirtyBlock: Uint8Array | undefined;
  readonly sizeBytes: number;
  readonly pages: readonly Region[];
  /** As in a commit. */
  readonly lengthBlock: Uint8Array | undefined;
  readonly cleanBlock: Uint8Array;
}

export interface CommitSteps {
  readonly sizeBytes: number;
  /** DIRT: the first bin's stamp must be the header's, by which a log is recognised if the header is torn. */
  readonly firstBinStamp: Region | undefined;
  readonly disarm: readonly FileRole[];
  readonly journal: { readonly file: FileRole; readonly bytes: Uint8Array; readonly formerSizeBytes: number };
  /** What stands there while the hive is still clean. */
  readonly unarmedBlock: Uint8Array;
  readonly armedBlock: Uint8Array;
  readonly pages: readonly Region[];
  /**
   * When the length changes: still dirty, but with the new length. A base block that changes its sequences and its length at once can be torn
   * into a valid one that is clean and has the old length: equal sequences cancel out in the checksum, whose bytes may be of both.
   */
  readonly lengthBlock: Uint8Array | undefined;
  readonly cleanBlock: Uint8Array;
}

/** The signature `regf` as nothing: a log without it is not looked at. */
const NO_SIGNATURE = new Uint8Array(4);

/** A dirty hive becomes clean on the disk. The logs that were replayed stay valid until it is. */
export function recoveryOrder(steps: RecoverySteps): Operation[] {
  return [
    ...steps.disarm.flatMap((log) => [write(log, 0, NO_SIGNATURE), flush(log)]),
    ...baseBlock(steps.dirtyBlock),
    grow("primary", steps.sizeBytes),
    flush("primary"),
    ...writes("primary", steps.pages),
    flush("primary"),
    ...baseBlock(steps.lengthBlock),
    ...baseBlock(steps.cleanBlock),
  ];
}

/** A clean hive becomes another clean hive. */
export function commitOrder(steps: CommitSteps): Order {
  const { journal } = steps;
  const logs = [...new Set([...steps.disarm, journal.file])];
  return {
    unarmedBlock: steps.unarmedBlock,
    // While the hive is clean nobody reads its logs: everything that allocates, and the journal.
    before: [
      grow("primary", steps.sizeBytes),
      ...writes("primary", steps.firstBinStamp === undefined ? [] : [steps.firstBinStamp]),
      ...steps.disarm.map((log) => write(log, 0, NO_SIGNATURE)),
      write(journal.file, 0, journal.bytes),
      ...terminator(journal),
      flush("primary"),
      ...logs.map(flush),
    ],
    // From here on a power cut leaves a dirty hive whose journal is whole.
    arm: baseBlock(steps.armedBlock),
    after: [
      ...writes("primary", steps.pages),
      flush("primary"),
      ...baseBlock(steps.lengthBlock),
      ...baseBlock(steps.cleanBlock),
      // The logs stay: a clean hive's logs are not read, and one that was emptied could not complete a torn header.
    ],
  };
}

function baseBlock(block: Uint8Array | undefined): Operation[] {
  return block === undefined ? [] : [write("primary", 0, block), flush("primary")];
}

function writes(file: FileRole, regions: readonly Region[]): Operation[] {
  return regions.map(({ offset, bytes }) => write(file, offset, bytes));
}

/** What the log held before must not be taken for the journal's continuation. */
function terminator({ file, bytes, formerSizeBytes }: CommitSteps["journal"]): Operation[] {
  const left = Math.min(SECTOR_SIZE, formerSizeBytes - bytes.length);
  return left > 0 ? [write(file, bytes.length, new Uint8Array(left))] : [];
}
