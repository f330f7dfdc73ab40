/** One log as it lies on the disk: its own base block, its kind, and the sound entries that follow. */
import type { Storage } from "../../storage/storage.ts";
import { BASE_BLOCK_HEADER, BASE_BLOCK_SIGNATURE, FILE_TYPE } from "../format/base-block.ts";
import { hasSignature, hasValidChecksum, readBaseBlock, sequencesAgree } from "../read/base-block.ts";
import type { EntryRange, LogKind, LogReport } from "../recovery.ts";
import { type DirtySectors, readDirtySectors } from "./dirty-sectors.ts";
import { type Scan, scanEntries, scanWithoutBase } from "./entries.ts";
import type { LogEntryPlace } from "./entry-reader.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;

/** A log that is sound in itself; whether it belongs to the primary's present state is another question. */
export type SoundLog = {
  readonly index: number;
  readonly storage: Storage;
  readonly header: DataView;
  readonly sequence: number;
} & (
  | { readonly kind: "HvLE"; readonly entries: readonly LogEntryPlace[] }
  | { readonly kind: "DIRT"; readonly dirty: DirtySectors }
);

export type IncrementalLog = Extract<SoundLog, { kind: "HvLE" }>;
export type DirtLog = Extract<SoundLog, { kind: "DIRT" }>;

export interface ReadLog {
  readonly report: LogReport;
  readonly sound: SoundLog | undefined;
}

/** Throws StorageError. */
export function readLogs(storages: readonly Storage[]): ReadLog[] {
  return storages.map(readLog);
}

/** Throws StorageError; whatever the log's bytes are, the report says what they are good for. */
export function readLog(storage: Storage, index: number): ReadLog {
  const header = readBaseBlock(storage);
  const unusable = baseBlockFault(storage, header);
  if (header === undefined || unusable !== undefined)
    return { report: unusableReport(storage, index, unusable), sound: undefined };
  const kind: LogKind = BASE.fileType.get(header, 0) === FILE_TYPE.incrementalLog ? "HvLE" : "DIRT";
  const base = { index, storage, header, sequence: BASE.primarySequence.get(header, 0) };
  return kind === "HvLE" ? readIncremental(base) : readDirt(base);
}

interface LogBase {
  readonly index: number;
  readonly storage: Storage;
  readonly header: DataView;
  readonly sequence: number;
}

function readIncremental(base: LogBase): ReadLog {
  const { entries, ...scan } = scanEntries(base.storage, base.sequence);
  const report: LogReport = {
    index: base.index,
    name: base.storage.name,
    kind: "HvLE",
    sequence: base.sequence,
    entries: entries.length,
    lastSequence: entries.at(-1)?.sequence,
    ...scan,
    unusable: entries.length === 0 ? "it has no sound entry" : undefined,
  };
  return { report, sound: { ...base, kind: "HvLE", entries } };
}

function readDirt(base: LogBase): ReadLog {
  const dirty = readDirtySectors(base.storage, BASE.hiveBinsSize.get(base.header, 0));
  const unusable = typeof dirty === "string" ? dirty : undefined;
  const report: LogReport = {
    index: base.index,
    name: base.storage.name,
    kind: "DIRT",
    sequence: base.sequence,
    entries: unusable === undefined ? 1 : 0,
    lastSequence: unusable === undefined ? base.sequence : undefined,
    broken: undefined,
    stranded: undefined,
    remnants: 0,
    highestSequence: base.sequence,
    unusable,
  };
  return { report, sound: typeof dirty === "string" ? undefined : { ...base, kind: "DIRT", dirty } };
}

/** Nothing leads to the entries of a log without a base block; which ones there are is told all the same. */
function unusableReport(storage: Storage, index: number, unusable: string | undefined): LogReport {
  const scan = unusable === DISARMED ? undefined : scanWithoutBase(storage);
  return {
    index,
    name: storage.name,
    kind: undefined,
    sequence: undefined,
    entries: 0,
    lastSequence: undefined,
    broken: undefined,
    stranded: scan === undefined ? undefined : strandedWithoutBase(scan),
    remnants: scan?.remnants ?? 0,
    highestSequence: undefined,
    unusable,
  };
}

function strandedWithoutBase({ entries, stranded }: Scan): EntryRange | undefined {
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return stranded;
  return {
    entries: entries.length + (stranded?.entries ?? 0),
    firstSequence: first.sequence,
    lastSequence: stranded?.lastSequence ?? last.sequence,
  };
}

/** As a clean Windows often leaves its logs. */
export const EMPTY_LOG = "it is empty";

const DISARMED = "its signature was erased so that nobody reads it, as a commit does with the log that it does not use";

/** Only the four bytes of the signature are zeros: its entries are of no concern to anybody. */
function isDisarmed(header: DataView): boolean {
  if (header.getUint32(0) !== 0) return false;
  const armed = new DataView(header.buffer.slice(header.byteOffset, header.byteOffset + header.byteLength));
  BASE.signature.set(armed, 0, BASE_BLOCK_SIGNATURE);
  return hasValidChecksum(armed);
}

function baseBlockFault(storage: Storage, header: DataView | undefined): string | undefined {
  if (storage.size() === 0) return EMPTY_LOG;
  if (header === undefined) return "it is too short";
  if (isDisarmed(header)) return DISARMED;
  if (!hasSignature(header)) return 'it does not begin with "regf"';
  if (!hasValidChecksum(header)) return "the checksum of its base block is wrong";
  if (!sequencesAgree(header)) return "it was not written completely";
  const type = BASE.fileType.get(header, 0);
  if (type === FILE_TYPE.incrementalLog || type === FILE_TYPE.log || type === FILE_TYPE.logOfWindows2000)
    return undefined;
  return `its type is ${type}, which is not a log's`;
}
