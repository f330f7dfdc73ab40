/** Works out the bytes that make a dirty hive clean on the disk, from what replay found in memory. */
import { BASE_BLOCK_HEADER, BASE_BLOCK_HEADER_SIZE, FILE_TYPE } from "../format/base-block.ts";
import { HIVE_BINS_START } from "../format/offsets.ts";
import type { Hive } from "../hive.ts";
import { baseBlockOf } from "../log/base-block-of.ts";
import { type BinsState, pageRegions, stateBeforeEdit, withFirstBinStamp } from "./bins-state.ts";
import type { LogFormat } from "./model.ts";
import type { RecoverySteps } from "./order.ts";
import { logRole, rolesOfFormat } from "./roles.ts";
import { recoveredSequence, standInSequences } from "./sequences.ts";

export interface PlannedRecovery {
  readonly steps: RecoverySteps;
  /** What the disk holds afterwards. */
  readonly state: BinsState;
}

/** Throws StorageError. */
export function planRecovery(hive: Hive, format: LogFormat): PlannedRecovery {
  const { bins, recovery } = hive;
  const state = recoveredState(hive, format);
  const pages = new Set(bins.recoveredPages());
  if (state.page(0) !== stateBeforeEdit(bins).page(0) && format !== "HvLE") pages.add(0);
  const standIn = standInBlock(hive, format);
  const sequences = standIn?.sequences ?? ([recovery.primarySequence, recovery.secondarySequence] as const);
  const steps: RecoverySteps = {
    disarm: format === "HvLE" ? logsLeftOut(hive, format) : [],
    dirtyBlock: standIn?.block,
    sizeBytes: HIVE_BINS_START + state.sizeBytes,
    pages: pageRegions(
      state,
      [...pages].sort((left, right) => left - right),
    ),
    lengthBlock:
      sizeOnDisk(hive, standIn?.block) === state.sizeBytes
        ? undefined
        : baseBlockOf(hive.baseBlock, { sequences, hiveBinsSize: state.sizeBytes }),
    cleanBlock: baseBlockOf(hive.baseBlock, {
      sequence: recoveredSequence(recovery, sequences),
      hiveBinsSize: state.sizeBytes,
    }),
  };
  return { steps, state };
}

/** A DIRT log is recognised by the header's stamp, or by the first bin's: after a recovery both are the same. */
function recoveredState(hive: Hive, format: LogFormat): BinsState {
  const state = stateBeforeEdit(hive.bins);
  if (format === "HvLE") return state;
  return withFirstBinStamp(state, BASE_BLOCK_HEADER.fields.lastWritten.get(hive.baseBlock, 0));
}

/** Valid in themselves, but not replayed. */
function logsLeftOut({ files, recovery }: Hive, format: LogFormat) {
  const replayed = new Set(recovery.replayed.map(({ index }) => index));
  const left = recovery.logs.filter(({ index, kind }) => kind !== undefined && !replayed.has(index));
  return left
    .map(({ index }) => logRole(files.logs[index]?.name ?? ""))
    .filter((role) => rolesOfFormat(format).includes(role));
}

/** The length that the base block on the disk says, or the one that stands in for it. */
function sizeOnDisk({ files }: Hive, standIn: Uint8Array | undefined): number {
  const block = standIn ?? files.primary.read(0, BASE_BLOCK_HEADER_SIZE);
  return BASE_BLOCK_HEADER.fields.hiveBinsSize.get(new DataView(block.buffer, block.byteOffset), 0);
}

/** For a base block that cannot be believed: one that can, and that leads to the log which was replayed. */
function standInBlock(hive: Hive, format: LogFormat) {
  const { recovery, files } = hive;
  const last = recovery.replayed.at(-1);
  const log = last === undefined ? undefined : files.logs[last.index];
  if (recovery.baseBlockValid || last === undefined || log === undefined) return undefined;
  const bytes = log.read(0, BASE_BLOCK_HEADER_SIZE).slice();
  const sequences = standInSequences(format, last.firstSequence);
  return { block: baseBlockOf(new DataView(bytes.buffer), { sequences, fileType: FILE_TYPE.primary }), sequences };
}
