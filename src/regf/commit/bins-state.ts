/** The bins at one moment, page by page, and how two moments differ. */
import { sameBytes } from "../../bytes/same.ts";
import type { Bins } from "../bins.ts";
import { BIN_HEADER } from "../format/bin.ts";
import { HIVE_BINS_START } from "../format/offsets.ts";
import { PAGE_SIZE } from "../format/page.ts";
import { runsOf } from "../page-runs.ts";
import type { Region } from "./model.ts";

export interface BinsState {
  readonly sizeBytes: number;
  /** 4096 bytes, not copied. */
  page(page: number): Uint8Array;
}

/** Replayed, but not edited. */
export function stateBeforeEdit(bins: Bins): BinsState {
  return {
    sizeBytes: bins.sizeBeforeEdit,
    page(page) {
      const before = bins.pageBeforeEdit(page);
      if (before === undefined) throw new Error(`page ${page} was not there before the edit`);
      return before;
    },
  };
}

const { lastWritten: STAMP } = BIN_HEADER.fields;

/** FILETIME of the first bin. */
export function firstBinStamp(state: BinsState): bigint {
  return STAMP.get(viewOf(state.page(0)), 0);
}

/** The same bins with another stamp in the first one. */
export function withFirstBinStamp(state: BinsState, stamp: bigint): BinsState {
  if (firstBinStamp(state) === stamp) return state;
  const first = state.page(0).slice();
  STAMP.set(viewOf(first), 0, stamp);
  return { sizeBytes: state.sizeBytes, page: (page) => (page === 0 ? first : state.page(page)) };
}

/** The stamp's bytes at their place in the file. */
export function firstBinStampRegion(state: BinsState): Region {
  const bytes = state.page(0).slice(STAMP.offset, STAMP.offset + STAMP.sizeBytes);
  return { offset: HIVE_BINS_START + STAMP.offset, bytes };
}

/** Pages of `after` that `before` does not hold so, ascending. Only `candidates` are compared; pages beyond the old size are always part of it. */
export function changedPages(before: BinsState, after: BinsState, candidates: Iterable<number>): number[] {
  const changed = new Set<number>();
  for (const page of candidates) {
    const inBoth = (page + 1) * PAGE_SIZE <= Math.min(before.sizeBytes, after.sizeBytes);
    if (inBoth && !sameBytes(before.page(page), after.page(page))) changed.add(page);
  }
  for (let page = before.sizeBytes / PAGE_SIZE; page < after.sizeBytes / PAGE_SIZE; page++) changed.add(page);
  return [...changed].sort((left, right) => left - right);
}

export function allPages(state: BinsState): number[] {
  return Array.from({ length: state.sizeBytes / PAGE_SIZE }, (_, page) => page);
}

/** Pages as writes into the primary, neighbours joined. */
export function pageRegions(state: BinsState, pages: readonly number[]): Region[] {
  return runsOf(pages).map(({ first, count }) => {
    const bytes = new Uint8Array(count * PAGE_SIZE);
    for (let index = 0; index < count; index++) bytes.set(state.page(first + index), index * PAGE_SIZE);
    return { offset: HIVE_BINS_START + first * PAGE_SIZE, bytes };
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
