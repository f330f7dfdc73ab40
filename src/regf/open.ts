/** Opens a hive: believes its base block or not, brings it up to date from its logs, or says why it cannot be used. */
import { Bins } from "./bins.ts";
import { BASE_BLOCK_HEADER } from "./format/base-block.ts";
import { BIN_HEADER } from "./format/bin.ts";
import { type CellOffset, fileOffset, HIVE_BINS_START } from "./format/offsets.ts";
import { PAGE_SIZE, roundDown } from "./format/page.ts";
import { Hive, type HiveFiles } from "./hive.ts";
import { fail, HiveError } from "./hive-error.ts";
import { MAX_HIVE_BINS_SIZE } from "./limits.ts";
import { chooseLogs } from "./log/choose.ts";
import { readLogs } from "./log/log-file.ts";
import { firstMissing, planReplay, type Replay, recoveredBaseBlock, replay } from "./log/replay.ts";
import {
  baseBlockProblem,
  hasSignature,
  hasValidChecksum,
  readBaseBlock,
  sequencesAgree,
  signatureProblem,
} from "./read/base-block.ts";
import type { Problem } from "./problem.ts";
import type { Recovery } from "./recovery.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;

export interface OpenOptions {
  /** Take a dirty hive as it stands when its logs cannot complete it. What Windows had not yet written into it is lost then. */
  readonly acceptDirty?: boolean;
}

/** Writes nothing: logs are replayed in memory. Throws HiveError for the bytes of the files, StorageError for the system. */
export function openHive(files: HiveFiles, options: OpenOptions = {}): Hive {
  const header = needBaseBlock(files);
  const valid = hasSignature(header) && hasValidChecksum(header);
  if (valid) throwIf(baseBlockProblem(header));
  if (valid && sequencesAgree(header)) {
    return new Hive(files, header, soundBins(files, header), cleanRecovery(files, header));
  }
  return openDirty(files, header, valid, options.acceptDirty === true);
}

/** The base block of a file that is long enough for a hive with one bin. */
function needBaseBlock({ primary }: HiveFiles): DataView {
  const header = readBaseBlock(primary);
  const size = primary.size();
  const needed = HIVE_BINS_START + PAGE_SIZE;
  if (header !== undefined && size >= needed) return header;
  throwIf(signatureProblem(primary));
  if (header === undefined) return fail(fileOffset(size), { code: "short-file", size, needed });
  if (hasValidChecksum(header)) throwIf(baseBlockProblem(header));
  return fail(fileOffset(size), { code: "truncated", size: needed, available: size });
}

function openDirty(files: HiveFiles, header: DataView, valid: boolean, acceptDirty: boolean): Hive {
  const { plan, recovery } = weigh(files, header, valid);
  if (plan !== undefined) return replayed(files, recoveredBaseBlock(plan, valid ? header : undefined), plan, recovery);
  if (!acceptDirty || !hasSignature(header)) throw cannotComplete(files, header, recovery);
  throwIf(baseBlockProblem(header));
  return new Hive(files, header, soundBins(files, header), { ...recovery, acceptedDirty: true });
}

/** What the logs are good for. Throws StorageError, and HiveError for a file that is too short for a bin. */
function weigh(files: HiveFiles, header: DataView, baseBlockValid: boolean) {
  const logs = readLogs(files.logs);
  const choice = chooseLogs(primaryState(files, header, baseBlockValid), logs);
  const plan = planReplay(choice.logs);
  const recovery: Recovery = {
    dirty: true,
    baseBlockValid,
    primarySequence: BASE.primarySequence.get(header, 0),
    secondarySequence: BASE.secondarySequence.get(header, 0),
    logs: logs.map(({ report }) => report),
    replayed: plan?.logs ?? [],
    leftOut: choice.leftOut,
    lost: choice.lost,
    acceptedDirty: false,
  };
  return { plan, recovery };
}

/** What became of the logs of a dirty hive that cannot be opened; undefined for what is no hive, or a clean one. Throws StorageError. */
export function recoveryOfUnopenable(files: HiveFiles): Recovery | undefined {
  const header = readBaseBlock(files.primary);
  if (header === undefined || !hasSignature(header) || files.primary.size() < HIVE_BINS_START + PAGE_SIZE) {
    return undefined;
  }
  const valid = hasValidChecksum(header);
  return valid && sequencesAgree(header) ? undefined : weigh(files, header, valid).recovery;
}

function replayed(files: HiveFiles, header: DataView, plan: Replay, recovery: Recovery): Hive {
  throwIf(baseBlockProblem(header));
  const stored = storedBins(files);
  const missing = firstMissing(plan, stored);
  if (missing !== undefined) {
    const size = HIVE_BINS_START + plan.hiveBinsSize;
    fail(fileOffset(HIVE_BINS_START + missing), { code: "truncated", size, available: files.primary.size() });
  }
  const bins = new Bins(files.primary, Math.min(roundDown(stored, PAGE_SIZE), plan.hiveBinsSize));
  replay(plan, bins);
  return new Hive(files, header, bins, recovery);
}

function cannotComplete(files: HiveFiles, header: DataView, recovery: Recovery): HiveError {
  const found = signatureProblem(files.primary);
  if (found !== undefined) return new HiveError(found);
  const checksumValid = hasValidChecksum(header);
  const { primarySequence, secondarySequence, leftOut } = recovery;
  const detail = {
    checksumValid,
    primarySequence,
    secondarySequence,
    reasons: leftOut.map(({ name, why }) => `${name} ${why}`),
  };
  const at = fileOffset(checksumValid ? BASE.primarySequence.offset : BASE.checksum.offset);
  return HiveError.of(at, { code: "dirty-without-logs", ...detail });
}

function primaryState(files: HiveFiles, header: DataView, baseBlockValid: boolean) {
  const secondarySequence = BASE.secondarySequence.get(header, 0);
  if (baseBlockValid) return { baseBlockValid, secondarySequence, stamp: BASE.lastWritten.get(header, 0) };
  const firstBin = new Bins(files.primary, PAGE_SIZE);
  return { baseBlockValid, secondarySequence, stamp: firstBin.getBin(0 as CellOffset, BIN_HEADER.fields.lastWritten) };
}

/** The bins of a hive that is taken as its base block describes it. */
function soundBins(files: HiveFiles, header: DataView): Bins {
  const size = BASE.hiveBinsSize.get(header, 0);
  if (size > storedBins(files)) {
    const available = files.primary.size();
    fail(fileOffset(available), { code: "truncated", size: HIVE_BINS_START + size, available });
  }
  return new Bins(files.primary, size);
}

function storedBins({ primary }: HiveFiles): number {
  return Math.min(primary.size() - HIVE_BINS_START, MAX_HIVE_BINS_SIZE);
}

function cleanRecovery(files: HiveFiles, header: DataView): Recovery {
  let reports: Recovery["logs"] | undefined;
  return {
    dirty: false,
    baseBlockValid: true,
    primarySequence: BASE.primarySequence.get(header, 0),
    secondarySequence: BASE.secondarySequence.get(header, 0),
    get logs() {
      reports ??= readLogs(files.logs).map(({ report }) => report);
      return reports;
    },
    replayed: [],
    leftOut: [],
    lost: [],
    acceptedDirty: false,
  };
}

function throwIf(found: Problem | undefined): void {
  if (found !== undefined) throw new HiveError(found);
}
