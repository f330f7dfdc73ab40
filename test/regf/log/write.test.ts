/** The journals byte by byte: what 180 entries of real HvLE logs have in common, and what the DIRT format asks for. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BASE_BLOCK_HEADER } from "../../../src/regf/format/base-block.ts";
import { LOG_ENTRY, PAGE_REFERENCE } from "../../../src/regf/format/log-entry.ts";
import { readLog } from "../../../src/regf/log/log-file.ts";
import { dirtJournal } from "../../../src/regf/log/write-dirt.ts";
import { incrementalJournal } from "../../../src/regf/log/write-incremental.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { cleanPrimary, headerOf } from "../../support/commit-scenarios.ts";

const PAGE = 4096;
const page = (number: number): Uint8Array => new Uint8Array(PAGE).fill(number + 1);

function content(pages: readonly number[], hiveBinsSize = 40 * PAGE) {
  return { header: headerOf(cleanPrimary()), sequence: 39, hiveBinsSize, pages, page };
}

const pageSets = fc
  .uniqueArray(fc.integer({ min: 1, max: 39 }))
  .map((pages) => [0, ...pages.sort((left, right) => left - right)]);

describe("HvLE", () => {
  test("one entry with neighbours joined, ending where a page of the log ends", () => {
    const journal = incrementalJournal(content([0, 3, 4, 5, 9]));
    const view = new DataView(journal.buffer);
    expect(BASE_BLOCK_HEADER.decode(view)).toMatchObject({
      primarySequence: 39,
      secondarySequence: 39,
      fileType: 6,
      hiveBinsSize: 40 * PAGE,
    });
    expect(journal.length % PAGE).toBe(0);
    expect(LOG_ENTRY.decode(view, 512)).toMatchObject({
      signature: "HvLE",
      sizeBytes: journal.length - 512,
      flags: 0,
      sequence: 39,
      hiveBinsSize: 40 * PAGE,
      pageCount: 3,
    });
    const references = [0, 1, 2].map((index) => PAGE_REFERENCE.decode(view, 552 + index * 8));
    expect(references).toEqual([
      { offset: 0, sizeBytes: PAGE },
      { offset: 3 * PAGE, sizeBytes: 3 * PAGE },
      { offset: 9 * PAGE, sizeBytes: PAGE },
    ]);
    const data = 552 + 3 * 8;
    expect([0, 1, 2, 3, 4].map((index) => journal[data + index * PAGE])).toEqual([1, 4, 5, 6, 10]);
    expect(journal.subarray(data + 5 * PAGE).every((byte) => byte === 0)).toBe(true);
  });

  test("bit 0 of the header's flags goes into the entry", () => {
    const header = headerOf(cleanPrimary());
    BASE_BLOCK_HEADER.fields.flags.set(header, 0, 3);
    expect(LOG_ENTRY.decode(new DataView(incrementalJournal({ ...content([0]), header }).buffer), 512).flags).toBe(1);
  });

  test("the reader finds every page of it", () => {
    fc.assert(
      fc.property(pageSets, (pages) => {
        const { report, sound } = readLog(new MemoryStorage("LOG1", incrementalJournal(content(pages))), 0);
        expect(report).toMatchObject({ kind: "HvLE", sequence: 39, entries: 1, remnants: 0, unusable: undefined });
        const found = sound?.kind === "HvLE" ? sound.entries.flatMap((entry) => entry.pages) : [];
        expect(found.flatMap((run) => numbers(run.offset / PAGE, run.sizeBytes / PAGE))).toEqual(pages);
      }),
    );
  });
});

describe("DIRT", () => {
  test("a bitmap of whole pages, then the pages", () => {
    const journal = dirtJournal(content([0, 3, 39]));
    const view = new DataView(journal.buffer);
    expect(BASE_BLOCK_HEADER.decode(view)).toMatchObject({
      primarySequence: 39,
      secondarySequence: 39,
      fileType: 1,
      lastWritten: 1234n,
    });
    expect(String.fromCharCode(...journal.subarray(512, 516))).toBe("DIRT");
    const bitmap = journal.subarray(516, 516 + 40);
    expect(numbers(0, 40).filter((index) => bitmap[index] === 0xff)).toEqual([0, 3, 39]);
    expect(bitmap.every((byte) => byte === 0 || byte === 0xff)).toBe(true);
    expect([0, 1, 2].map((index) => journal[1024 + index * PAGE])).toEqual([1, 4, 40]);
    expect(journal.length).toBe(1024 + 3 * PAGE);
  });

  test("a bitmap that fills its sector moves the pages to the next", () => {
    expect(dirtJournal(content([0], 508 * PAGE)).length).toBe(1024 + PAGE);
    expect(dirtJournal(content([0], 509 * PAGE)).length).toBe(1536 + PAGE);
  });

  test("the reader finds every page of it", () => {
    fc.assert(
      fc.property(pageSets, (pages) => {
        const { report, sound } = readLog(new MemoryStorage("LOG", dirtJournal(content(pages))), 0);
        expect(report).toMatchObject({ kind: "DIRT", sequence: 39, entries: 1, unusable: undefined });
        const sectors = sound?.kind === "DIRT" ? sound.dirty.sectors : [];
        expect(sectors).toEqual(pages.flatMap((number) => numbers(number * 8, 8)));
      }),
    );
  });
});

function numbers(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
