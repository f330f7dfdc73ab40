/** The bins in memory: read on demand, bounded, and able to tell what was recovered and what was edited. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { u32 } from "../../src/bytes/codecs.ts";
import { at } from "../../src/bytes/layout.ts";
import { LazyBytes } from "../../src/regf/lazy-bytes.ts";
import { StorageError } from "../../src/storage/storage.ts";
import { Bins } from "../../src/regf/bins.ts";
import { type CellOffset, HIVE_BINS_START } from "../../src/regf/format/offsets.ts";
import { HiveError } from "../../src/regf/index.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";
import { expectSameBytes } from "../support/same-bytes.ts";

const PAGE = 4096;
const field = at(0, u32);
const cell = (offset: number): CellOffset => offset as CellOffset;

/** Counts what is read. */
class Watched extends MemoryStorage {
  readonly reads: [offset: number, length: number][] = [];
  override read(offset: number, length: number): Uint8Array {
    this.reads.push([offset, length]);
    return super.read(offset, length);
  }
}

function stored(pages: number): Watched {
  return new Watched(
    "stored",
    Uint8Array.from({ length: HIVE_BINS_START + pages * PAGE }, (_, index) => index >>> 8),
  );
}

test("only what is needed is read, once", () => {
  const storage = stored(100);
  const bins = new Bins(storage, 100 * PAGE);
  expect(storage.reads).toEqual([]);
  bins.raw(70_000, 4);
  bins.raw(70_004, 4);
  expect(storage.reads).toEqual([[HIVE_BINS_START + 65_536, 65_536]]);
  bins.raw(0, 100 * PAGE);
  bins.raw(0, 100 * PAGE);
  const total = storage.reads.reduce((sum, [, length]) => sum + length, 0);
  expect(total).toBe(100 * PAGE);
});

test("every byte is the file's, in whatever order it is asked for", () => {
  const storage = stored(50);
  const all = storage.bytes();
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50 * PAGE), fc.nat(9000)), { minLength: 1, maxLength: 12 }), (ranges) => {
      const bins = new Bins(storage, 50 * PAGE);
      for (const [start, length] of ranges) {
        const end = Math.min(start + length, 50 * PAGE);
        expectSameBytes(bins.raw(start, end - start), all.subarray(HIVE_BINS_START + start, HIVE_BINS_START + end));
      }
    }),
  );
});

describe("nothing outside can be read or written", () => {
  test.each([
    ["before the bins", -8],
    ["across the end", 2 * PAGE - 6],
    ["behind the end", 2 * PAGE],
    ["no cell", 0xffff_ffff],
  ])("%s", (_where, offset) => {
    const bins = new Bins(stored(2), 2 * PAGE);
    const actions = [
      () => bins.get(cell(offset), field),
      () => bins.set(cell(offset), field, 1),
      () => bins.bytes(cell(offset), 0, 4),
      () => bins.writeRaw(offset, new Uint8Array(8)),
      () => bins.getBin(cell(offset), at(0, { ...u32, sizeBytes: 8 })),
    ];
    for (const action of actions) expect(action).toThrow(HiveError);
    expect(bins.editedPages()).toEqual([]);
  });
});

test("an edit remembers the pages as they were, and can be taken back", () => {
  const storage = stored(20);
  const before = storage.bytes().slice(HIVE_BINS_START);
  const action = fc.oneof(
    fc.record({ grow: fc.constant(0), at: fc.nat(19 * PAGE), bytes: fc.uint8Array({ minLength: 1, maxLength: 5000 }) }),
    fc.record({ grow: fc.integer({ min: 1, max: 3 }), at: fc.constant(0), bytes: fc.constant(new Uint8Array(0)) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 6 }), (actions) => {
      const bins = new Bins(storage, 20 * PAGE);
      const touched = new Set<number>();
      for (const { grow, at: start, bytes } of actions) {
        if (grow > 0) {
          for (let page = 0; page < grow; page++) touched.add(bins.sizeBytes / PAGE + page);
          bins.grow(grow * PAGE);
          expect(bins.raw(bins.sizeBytes - grow * PAGE, grow * PAGE).every((byte) => byte === 0)).toBe(true);
        } else {
          const fitting = bytes.subarray(0, bins.sizeBytes - start);
          bins.writeRaw(start, fitting);
          const last = Math.floor((start + fitting.length - 1) / PAGE);
          for (let page = Math.floor(start / PAGE); page <= last; page++) touched.add(page);
        }
      }
      expect(bins.editedPages()).toEqual([...touched].sort((left, right) => left - right));
      for (const page of touched) {
        const then = page < 20 ? before.slice(page * PAGE, (page + 1) * PAGE) : undefined;
        const kept = bins.pageBeforeEdit(page);
        expect(kept === undefined).toBe(then === undefined);
        if (kept !== undefined && then !== undefined) expectSameBytes(kept, then);
      }
      expect(bins.sizeBeforeEdit).toBe(20 * PAGE);
      bins.discardEdit();
      expect(bins.sizeBytes).toBe(20 * PAGE);
      expectSameBytes(bins.raw(0, bins.sizeBytes), before);
      expect(bins.editedPages()).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe("replay", () => {
  test("marks the pages that it makes different, and no others", () => {
    const storage = stored(8);
    const bins = new Bins(storage, 8 * PAGE);
    const same = storage.read(HIVE_BINS_START + PAGE, PAGE);
    bins.recover(PAGE, same);
    expect(bins.recoveredPages()).toEqual([]);
    bins.recover(3 * PAGE + 512, new Uint8Array(PAGE).fill(0xee));
    expect(bins.recoveredPages()).toEqual([3, 4]);
    expect(bins.editedPages()).toEqual([]);
    expect(bins.raw(3 * PAGE + 511, 2)).toEqual(
      Uint8Array.from([((HIVE_BINS_START + 3 * PAGE + 511) >>> 8) & 0xff, 0xee]),
    );
  });

  test("a page that is recovered and then edited is known in both ways", () => {
    const bins = new Bins(stored(8), 8 * PAGE);
    bins.recover(0, new Uint8Array(PAGE).fill(0xee));
    bins.writeRaw(0, Uint8Array.from([1]));
    expect(bins.recoveredPages()).toEqual([0]);
    expect(bins.pageBeforeEdit(0)).toEqual(new Uint8Array(PAGE).fill(0xee));
  });

  test("a hive that grows has what the file holds there, and zeros beyond the file", () => {
    const storage = stored(4);
    const bins = new Bins(storage, 2 * PAGE);
    bins.resizeRecovered(6 * PAGE);
    expect(bins.page(3)).toEqual(storage.read(HIVE_BINS_START + 3 * PAGE, PAGE));
    expect(bins.page(5)).toEqual(new Uint8Array(PAGE));
    expect(bins.recoveredPages()).toEqual([]);
  });

  test("pages beyond a hive that shrank are of no interest", () => {
    const bins = new Bins(stored(4), 4 * PAGE);
    bins.recover(3 * PAGE, new Uint8Array(PAGE));
    bins.resizeRecovered(2 * PAGE);
    expect(bins.recoveredPages()).toEqual([]);
    bins.grow(2 * PAGE); // an edit takes the same room again
    expect(bins.recoveredPages()).toEqual([]);
    expect(bins.editedPages()).toEqual([2, 3]);
  });
});

test("growing for an edit never shows the old bytes that files have behind their bins", () => {
  const bins = new Bins(stored(40), 2 * PAGE);
  bins.grow(20 * PAGE);
  expect(bins.raw(2 * PAGE, 20 * PAGE).every((byte) => byte === 0)).toBe(true);
});

test("memory that is not there is the system's refusal, not a crash", () => {
  expect(() => new LazyBytes(undefined, 0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toThrow(StorageError);
});
