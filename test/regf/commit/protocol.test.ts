/** Every part of the protocol is needed: with the part left out, or in another place, some power cut destroys the hive. */
import { describe, expect, test } from "vitest";
import type { LogFormat } from "../../../src/regf/index.ts";
import {
  armEvents,
  binsAfter,
  binsOf,
  cleanPrimary,
  commitOn,
  cutOff,
  dirtyFrom,
  type Edit,
  growing,
  inPlace,
  logNames,
  PRIMARY,
  staleLog,
} from "../../support/commit-scenarios.ts";
import { outcomeOf } from "../../support/outcome.ts";
import { cutAfter, cuts, type DiskEvent, type Images, type RecordedDisk } from "../../support/simulated-disk.ts";

interface Parts {
  /** Recovery of a dirty hive, up to its clean block's flush. */
  readonly recovery: readonly DiskEvent[];
  readonly journal: readonly DiskEvent[];
  readonly arm: readonly DiskEvent[];
  readonly pages: readonly DiskEvent[];
  readonly clean: readonly DiskEvent[];
}

function partsOf(disk: RecordedDisk, isDirty: boolean): Parts {
  const { events } = disk;
  const arm = armEvents(disk);
  const isHeader = (event: DiskEvent): boolean =>
    event.file === PRIMARY && event.kind === "write" && event.offset === 0;
  const headers = events.flatMap((event, index) => (isHeader(event) ? [index] : []));
  const recovered = isDirty ? (headers.at(-3) as number) + 2 : 0;
  const clean = headers.at(-1) as number;
  return {
    recovery: events.slice(0, recovered),
    journal: events.slice(recovered, arm.write),
    arm: events.slice(arm.write, arm.flush + 1),
    pages: events.slice(arm.flush + 1, clean),
    clean: events.slice(clean),
  };
}

const withoutFlushes = (events: readonly DiskEvent[]) => events.filter(({ kind }) => kind !== "flush");
const toLogs = ({ file }: DiskEvent) => file !== PRIMARY;
const isDisarming = (event: DiskEvent) => event.kind === "write" && toLogs(event) && event.bytes.length === 4;

/** The first cut that leaves something else than the old hive or the new one, or the old one when all was done; undefined when there is none. */
function failure(images: Images, events: readonly DiskEvent[], edit: Edit): string | undefined {
  const [before, after] = [binsOf(images), binsAfter(images, edit)];
  for (let done = 0; done <= events.length; done++) {
    for (const [index, cut] of cuts(done * 13, 12).entries()) {
      const text = `cut ${index} after ${done} of ${events.length} events`;
      try {
        const found = outcomeOf(cutAfter(images, events, done, cut), before, after);
        if (found === "neither" || (found === "old" && done === events.length)) return `${text}: ${found}`;
      } catch (error) {
        return `${text}: ${error}`;
      }
    }
  }
  return undefined;
}

const SHUFFLED: readonly (readonly [string, (parts: Parts) => readonly (readonly DiskEvent[])[]])[] = [
  ["no flush after the journal", ({ journal, arm, pages, clean }) => [withoutFlushes(journal), arm, pages, clean]],
  ["no flush after arming", ({ journal, arm, pages, clean }) => [journal, withoutFlushes(arm), pages, clean]],
  ["no flush after the pages", ({ journal, arm, pages, clean }) => [journal, arm, withoutFlushes(pages), clean]],
  ["armed before the journal", ({ journal, arm, pages, clean }) => [arm, journal, pages, clean]],
  ["pages before arming", ({ journal, arm, pages, clean }) => [journal, pages, arm, clean]],
  ["no journal", ({ journal, arm, pages, clean }) => [journal.filter((event) => !toLogs(event)), arm, pages, clean]],
  ["the clean block before the pages", ({ journal, arm, pages, clean }) => [journal, arm, clean, pages]],
  ["never armed", ({ journal, pages, clean }) => [journal, pages, clean]],
];

describe.each(["HvLE", "DIRT", "DIRT-XP"] as const)("%s", (format) => {
  const images: Images = new Map([
    [PRIMARY, cleanPrimary()],
    ...logNames(format).map((name) => [name, new Uint8Array(0)] as const),
  ]);

  test.each([
    ["in place", inPlace],
    ["growing", growing],
  ] as const)("as it is, nothing fails: %s", (_, edit) => {
    const { disk } = commitOn(images, format, edit);
    expect(failure(images, disk.events, edit)).toBeUndefined();
  });

  test.each(SHUFFLED)("%s", (_, shuffle) => {
    const { disk } = commitOn(images, format, growing);
    const shuffled = shuffle(partsOf(disk, false)).flat();
    expect(failure(images, shuffled, growing)).toBeDefined();
  });

  test("the log emptied in the same flush as the clean block", () => {
    const { disk } = commitOn(images, format, growing);
    const { journal, arm, pages, clean } = partsOf(disk, false);
    const file = logNames(format)[0] as string;
    const emptied: DiskEvent = { file, kind: "write", offset: 0, bytes: new Uint8Array(512) };
    const events = [...journal, ...arm, ...pages, emptied, { file, kind: "flush" as const }, ...clean];
    expect(failure(images, events, growing)).toBeDefined();
  });

  test("recovery: the clean block before the pages, and without a flush between them", () => {
    const dirty = dirtyFrom(images, format, cutOff);
    const { disk } = commitOn(dirty, format, inPlace);
    expect(failure(dirty, disk.events, inPlace)).toBeUndefined();
    const { recovery, journal, arm, pages, clean } = partsOf(disk, true);
    const block = recovery.findLastIndex(({ kind }) => kind === "write");
    const rest = [...journal, ...arm, ...pages, ...clean];
    const first = [...recovery.slice(block), ...recovery.slice(0, block)];
    expect(failure(dirty, [...first, ...rest], inPlace)).toBeDefined();
    const unflushed = [...withoutFlushes(recovery.slice(0, block)), ...recovery.slice(block)];
    expect(failure(dirty, [...unflushed, ...rest], inPlace)).toBeDefined();
  });
});

describe("what else the logs may hold", () => {
  const [log1, log2] = logNames("HvLE") as [string, string];

  test("a log of an earlier time that is numbered higher must be disarmed", () => {
    const primary = cleanPrimary();
    const images = new Map([
      [PRIMARY, primary],
      [log1, new Uint8Array(0)],
      [log2, staleLog("HvLE", primary, 45)],
    ]);
    const { disk } = commitOn(images, "HvLE", inPlace);
    expect(failure(images, disk.events, inPlace)).toBeUndefined();
    expect(
      failure(
        images,
        disk.events.filter((event) => !isDisarming(event)),
        inPlace,
      ),
    ).toBeDefined();
  });

  test("an entry that would continue the journal must be cut off", () => {
    const primary = cleanPrimary();
    const empty = new Map([
      [PRIMARY, primary],
      [log1, new Uint8Array(0)],
    ]);
    const journalSize = commitOn(empty, "HvLE", inPlace).disk.images().get(log1)?.length ?? 0;
    // The journal is 39, one below the hive; what stands behind it is 40.
    const continuation = staleLog("HvLE", primary, 40).slice(512);
    const old = new Uint8Array(journalSize + continuation.length);
    old.set(continuation, journalSize);
    const images = new Map([
      [PRIMARY, primary],
      [log1, old],
    ]);
    const { disk } = commitOn(images, "HvLE", inPlace);
    expect(failure(images, disk.events, inPlace)).toBeUndefined();
    const isTerminator = (event: DiskEvent) =>
      event.kind === "write" && event.file === log1 && event.offset === journalSize;
    expect(disk.events.filter(isTerminator)).toHaveLength(1);
    expect(
      failure(
        images,
        disk.events.filter((event) => !isTerminator(event)),
        inPlace,
      ),
    ).toBeDefined();
  });

  test("the clean block is numbered above everything, remnants included", () => {
    const primary = cleanPrimary();
    const remnant = new Uint8Array(120_000);
    remnant.set(staleLog("HvLE", primary, 71).slice(512), 90_112 - 512);
    const images = new Map([
      [PRIMARY, primary],
      [log1, remnant],
      [log2, staleLog("HvLE", primary, 66)],
    ]);
    const { disk } = commitOn(images, "HvLE", inPlace);
    const header = new DataView((disk.images().get(PRIMARY) as Uint8Array).slice(0, 12).buffer);
    expect([header.getUint32(4, true), header.getUint32(8, true)]).toEqual([72, 72]);
  });

  test.each(["DIRT", "DIRT-XP"] as const satisfies readonly LogFormat[])(
    "%s: the first bin needs the header's stamp before the hive is armed",
    (format) => {
      const images = new Map([
        [PRIMARY, cleanPrimary({ binStamp: 2222n })],
        [logNames(format)[0] as string, new Uint8Array(0)],
      ]);
      const { disk } = commitOn(images, format, inPlace);
      expect(failure(images, disk.events, inPlace)).toBeUndefined();
      const isStamp = (event: DiskEvent) =>
        event.kind === "write" && event.file === PRIMARY && event.bytes.length === 8;
      expect(disk.events.filter(isStamp)).toHaveLength(1);
      const without = disk.events.filter((event) => !isStamp(event));
      expect(failure(images, without, inPlace)).toBeDefined();
    },
  );
});
