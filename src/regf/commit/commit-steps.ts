/** Works out the bytes of a commit: the journal, the base blocks and the pages. */
import { BASE_BLOCK_HEADER, BASE_BLOCK_SIGNATURE } from "../format/base-block.ts";
import { HIVE_BINS_START } from "../format/offsets.ts";
import { baseBlockOf } from "../log/base-block-of.ts";
import { dirtJournal } from "../log/write-dirt.ts";
import { incrementalJournal } from "../log/write-incremental.ts";
import {
  type BinsState,
  changedPages,
  firstBinStamp,
  firstBinStampRegion,
  pageRegions,
  withFirstBinStamp,
} from "./bins-state.ts";
import type { Disk } from "./disk.ts";
import type { FileRole, LogFormat } from "./model.ts";
import type { CommitSteps } from "./order.ts";
import { logRoles } from "./roles.ts";
import type { CommitSequences } from "./sequences.ts";

export interface Change {
  readonly format: LogFormat;
  readonly sequences: CommitSequences;
  /** The clean base block that the disk holds. */
  readonly unarmedBlock: Uint8Array;
  /** The header that the hive has afterwards, but for its sequences and size. */
  readonly header: DataView;
  /** What the disk holds while the hive is clean. */
  readonly before: BinsState;
  readonly after: BinsState;
  /** Pages that may differ. */
  readonly candidates: Iterable<number>;
}

/** Throws StorageError. */
export function commitSteps(disk: Disk, change: Change): CommitSteps {
  const { format, sequences, header, before } = change;
  const stamp = BASE_BLOCK_HEADER.fields.lastWritten.get(header, 0);
  const stampDiffers = format !== "HvLE" && firstBinStamp(before) !== stamp;
  const after = format === "HvLE" ? change.after : withFirstBinStamp(change.after, stamp);
  const changed = changedPages(before, after, stampDiffers ? [0, ...change.candidates] : change.candidates);
  const pages = changed[0] === 0 ? changed : [0, ...changed];
  const { journal, others } = logRoles(disk.files, format);
  const layOut = format === "HvLE" ? incrementalJournal : dirtJournal;
  const bytes = layOut({
    header,
    sequence: sequences.journal,
    hiveBinsSize: after.sizeBytes,
    pages,
    page: (page) => after.page(page),
  });
  return {
    sizeBytes: HIVE_BINS_START + after.sizeBytes,
    firstBinStamp: stampDiffers ? firstBinStampRegion(after) : undefined,
    disarm: others.filter((log) => isArmed(disk, log)),
    journal: { file: journal, bytes, formerSizeBytes: disk.sizeOf(journal) },
    unarmedBlock: change.unarmedBlock,
    armedBlock: baseBlockOf(header, { sequences: sequences.armed, hiveBinsSize: before.sizeBytes }),
    pages: pageRegions(after, changed),
    lengthBlock:
      before.sizeBytes === after.sizeBytes
        ? undefined
        : baseBlockOf(header, { sequences: sequences.armed, hiveBinsSize: after.sizeBytes }),
    cleanBlock: baseBlockOf(header, { sequence: sequences.clean, hiveBinsSize: after.sizeBytes }),
  };
}

/** Whether a log still begins as one, or (a cut can leave that) with a part of the signature: readers take only one that is erased whole for disarmed. An empty file is left empty. */
function isArmed(disk: Disk, log: FileRole): boolean {
  if (disk.sizeOf(log) < BASE_BLOCK_SIGNATURE.length) return false;
  const start = disk.files.get(log)?.read(0, BASE_BLOCK_SIGNATURE.length);
  if (start === undefined) return false;
  return (
    start.some((byte) => byte !== 0) &&
    start.every((byte, index) => byte === 0 || byte === BASE_BLOCK_SIGNATURE.charCodeAt(index))
  );
}
