/** Brings a dirty hive up to date in memory from the logs that were chosen: all of it, or nothing. */
import type { Bins } from "../bins.ts";
import { BASE_BLOCK_HEADER, baseBlockChecksum, FILE_TYPE, FLAG_TRANSACTIONS } from "../format/base-block.ts";
import { PAGE_SIZE, SECTOR_SIZE } from "../format/page.ts";
import type { ReplayedLog } from "../recovery.ts";
import type { DirtLog, IncrementalLog } from "./log-file.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;

export interface Replay {
  readonly hiveBinsSize: number;
  /** Bit 0 of the base block's flags afterwards. */
  readonly transactions: number;
  readonly logs: readonly ReplayedLog[];
  /** The base block in the last log. */
  readonly base: DataView;
  readonly patches: readonly Patch[];
}

/** Bytes of a log that belong into the bins. */
interface Patch {
  readonly log: IncrementalLog | DirtLog;
  /** In the log. */
  readonly source: number;
  /** In the bins. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** Of the hive, at this point. */
  readonly hiveBinsSize: number;
}

/** What a replay would do; nothing is changed yet. */
export function planReplay(logs: readonly IncrementalLog[] | readonly [DirtLog]): Replay | undefined {
  const [first] = logs;
  if (first === undefined) return undefined;
  return first.kind === "DIRT" ? planDirt(first) : planIncremental(logs as readonly IncrementalLog[]);
}

function planIncremental(logs: readonly IncrementalLog[]): Replay | undefined {
  const patches = logs.flatMap((log) =>
    log.entries.flatMap(({ hiveBinsSize, pages }) => pages.map((page): Patch => ({ log, ...page, hiveBinsSize }))),
  );
  const lastLog = logs.at(-1);
  const last = lastLog?.entries.at(-1);
  if (lastLog === undefined || last === undefined) return undefined;
  const replayed = logs.map(
    (log): ReplayedLog => ({
      index: log.index,
      name: log.storage.name,
      kind: log.kind,
      entries: log.entries.length,
      firstSequence: log.sequence,
      lastSequence: log.entries.at(-1)?.sequence ?? log.sequence,
    }),
  );
  const { hiveBinsSize, flags } = last;
  return { hiveBinsSize, transactions: flags & FLAG_TRANSACTIONS, logs: replayed, base: lastLog.header, patches };
}

function planDirt(log: DirtLog): Replay {
  const { hiveBinsSize, sectors, start } = log.dirty;
  const patches = sectors.map(
    (sector, index): Patch => ({
      log,
      source: start + index * SECTOR_SIZE,
      offset: sector * SECTOR_SIZE,
      sizeBytes: SECTOR_SIZE,
      hiveBinsSize,
    }),
  );
  const replayed: ReplayedLog = {
    index: log.index,
    name: log.storage.name,
    kind: log.kind,
    entries: 1,
    firstSequence: log.sequence,
    lastSequence: log.sequence,
  };
  const transactions = BASE.flags.get(log.header, 0) & FLAG_TRANSACTIONS;
  return { hiveBinsSize, transactions, logs: [replayed], base: log.header, patches };
}

/**
 * The first byte of the bins that neither the file (which holds `stored` bytes of bins) nor the replay has; undefined when nothing is missing.
 * Ask before `replay`: a log can claim a hive of 2 GiB in 8 KiB.
 */
export function firstMissing({ hiveBinsSize, patches }: Replay, stored: number): number | undefined {
  const largest = patches.reduce((size, patch) => Math.max(size, patch.hiveBinsSize), hiveBinsSize);
  const firstSector = Math.floor(stored / SECTOR_SIZE);
  const sectorCount = largest / SECTOR_SIZE - firstSector;
  if (sectorCount <= 0) return undefined;
  const beyond = patches.filter(({ offset, sizeBytes }) => offset + sizeBytes > stored);
  const held = beyond.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (held < sectorCount * SECTOR_SIZE) return stored;
  const covered = new Uint8Array(sectorCount);
  for (const { offset, sizeBytes } of beyond) {
    const first = Math.max(0, offset / SECTOR_SIZE - firstSector);
    covered.fill(1, first, (offset + sizeBytes) / SECTOR_SIZE - firstSector);
  }
  const missing = covered.indexOf(0);
  return missing === -1 ? undefined : (firstSector + missing) * SECTOR_SIZE;
}

/** Throws StorageError before anything is changed that matters: the hive is not handed out then. */
export function replay({ hiveBinsSize, patches }: Replay, bins: Bins): void {
  for (const patch of patches) {
    if (patch.hiveBinsSize > bins.sizeBytes) bins.resizeRecovered(patch.hiveBinsSize);
    for (let done = 0; done < patch.sizeBytes; done += PAGE_SIZE) {
      const length = Math.min(PAGE_SIZE, patch.sizeBytes - done);
      bins.recover(patch.offset + done, patch.log.storage.read(patch.source + done, length));
    }
  }
  bins.resizeRecovered(hiveBinsSize);
}

/** What the base block says after the replay; without a primary's that can be believed, the last log's copy takes its place. Sequences stay as they were. */
export function recoveredBaseBlock(plan: Replay, primary: DataView | undefined): DataView {
  const source = primary ?? plan.base;
  const header = new DataView(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength));
  BASE.fileType.set(header, 0, FILE_TYPE.primary);
  BASE.hiveBinsSize.set(header, 0, plan.hiveBinsSize);
  BASE.flags.set(header, 0, (BASE.flags.get(header, 0) & ~FLAG_TRANSACTIONS) | plan.transactions);
  BASE.checksum.set(header, 0, baseBlockChecksum(header));
  return header;
}
