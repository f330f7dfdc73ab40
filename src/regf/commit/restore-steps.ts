/** Works out which bytes still differ once the former tree is back, and where each may be written. */
import { sameBytes } from "../../bytes/same.ts";
import { BASE_BLOCK_HEADER, BASE_BLOCK_HEADER_SIZE, BASE_BLOCK_SIGNATURE } from "../format/base-block.ts";
import { HIVE_BINS_START } from "../format/offsets.ts";
import { SECTOR_SIZE } from "../format/page.ts";
import type { Hive } from "../hive.ts";
import { baseBlockOf } from "../log/base-block-of.ts";
import type { Disk } from "./disk.ts";
import { contentAfter } from "./former.ts";
import type { FormerBytes, FormerFile, Region } from "./model.ts";
import { type Order, operationsOf } from "./operations.ts";
import type { RestoredLog, RestoreSteps } from "./restore-order.ts";
import { logRole } from "./roles.ts";

export interface RestoreContent {
  readonly disk: Disk;
  readonly former: FormerBytes;
  /** The former hive, opened. */
  readonly then: Hive;
  /** The primary when the former tree is back. */
  readonly content: Uint8Array;
  /** The primary in the end. */
  readonly expected: Uint8Array;
  /** What leads to `content`. */
  readonly order: Order;
  /** The dirty base block that a recovery of the former hive would put in the place of one that is damaged. */
  readonly standIn: Uint8Array | undefined;
}

/** Throws StorageError. */
export function restoreSteps(given: RestoreContent): RestoreSteps {
  const { disk, former, then, content, expected, order } = given;
  const binsEnd = HIVE_BINS_START + then.bins.sizeBytes;
  const regions = differingSectors(content, expected);
  const { dirty } = then.recovery;
  const isInBins = ({ offset }: Region): boolean => offset >= HIVE_BINS_START && offset < binsEnd;
  const isInHeader = ({ offset }: Region): boolean => offset < BASE_BLOCK_HEADER_SIZE;
  return {
    besideBins: regions.filter((region) => !isInHeader(region) && !(dirty && isInBins(region))),
    logs: former.files.flatMap((file) => {
      if (file.role === "primary" || !disk.files.has(file.role)) return [];
      const after = contentAfter(disk.contents(file.role), operationsOf(order), file.role);
      return [restoredLog(file, then, after)];
    }),
    dirty: dirty ? { blocks: dirtyBlocks(given), pages: regions.filter(isInBins) } : undefined,
    sizeBytes: expected.length,
  };
}

/** The former base block; before it, where the length changes too, one that changes the sequences alone. */
function dirtyBlocks({ content, expected, standIn }: RestoreContent): Uint8Array[] {
  const { primarySequence, secondarySequence, hiveBinsSize } = BASE_BLOCK_HEADER.fields;
  const former = expected.slice(0, BASE_BLOCK_HEADER_SIZE);
  const [from, to] = [viewOf(content), viewOf(former)];
  if (hiveBinsSize.get(from, 0) === hiveBinsSize.get(to, 0)) return [former];
  const dirty = standIn === undefined ? to : viewOf(standIn);
  const sequences = [primarySequence.get(dirty, 0), secondarySequence.get(dirty, 0)] as const;
  return [baseBlockOf(from, { sequences }), former];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** `now` is what the log holds when the former tree is back. It gets its former bytes, and zeros where it has grown. */
function restoredLog(file: FormerFile, then: Hive, now: Uint8Array): RestoredLog {
  const wanted = new Uint8Array(now.length);
  const index = then.files.logs.findIndex(({ name }) => logRole(name) === file.role);
  const held = then.files.logs[index];
  if (held !== undefined) wanted.set(held.read(0, held.size()));
  const isUsed = !then.recovery.dirty || then.recovery.replayed.some((log) => log.index === index);
  if (isUsed || wanted.length < SECTOR_SIZE) {
    return { file: file.role, regions: differingSectors(now, wanted), signature: undefined };
  }
  const disarmed = wanted.slice();
  disarmed.fill(0, 0, BASE_BLOCK_SIGNATURE.length);
  const signature = { offset: 0, bytes: wanted.slice(0, SECTOR_SIZE) };
  return { file: file.role, regions: differingSectors(now, disarmed), signature };
}

/** Sectors of `wanted` that `present` does not hold so, neighbours joined; what `present` has beyond is left aside. */
function differingSectors(present: Uint8Array, wanted: Uint8Array): Region[] {
  const regions: { offset: number; end: number }[] = [];
  for (let offset = 0; offset < wanted.length; offset += SECTOR_SIZE) {
    const end = Math.min(offset + SECTOR_SIZE, wanted.length);
    if (sameBytes(present.subarray(offset, end), wanted.subarray(offset, end))) continue;
    const last = regions.at(-1);
    // The header stands alone: it is written at a time of its own.
    if (last !== undefined && last.end === offset && offset !== BASE_BLOCK_HEADER_SIZE && offset !== HIVE_BINS_START)
      last.end = end;
    else regions.push({ offset, end });
  }
  return regions.map(({ offset, end }) => ({ offset, bytes: wanted.slice(offset, end) }));
}
