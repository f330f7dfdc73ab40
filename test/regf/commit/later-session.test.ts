/** A run is aborted, Windows starts, works, and crashes: what its logs then recover is its own work, and nothing of ours. */
import { describe, expect, test } from "vitest";
import { BASE_BLOCK_HEADER } from "../../../src/regf/format/base-block.ts";
import { type FormerBytes, type LogFormat, restoreHive } from "../../../src/regf/index.ts";
import { baseBlockOf } from "../../../src/regf/log/base-block-of.ts";
import { dirtJournal } from "../../../src/regf/log/write-dirt.ts";
import { incrementalJournal } from "../../../src/regf/log/write-incremental.ts";
import {
  binsOf,
  commitOn,
  createLogOn,
  filesOf,
  growingByOneBin,
  headerOf,
  logNames,
  opened,
  PRIMARY,
} from "../../support/commit-scenarios.ts";
import { LOADERS, load } from "../../support/loader.ts";
import { cuts, type DiskEvent, type Images, PowerlessDisk, RecordedDisk } from "../../support/simulated-disk.ts";
import { START_STATES } from "../../support/start-states.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;
const PAGE = 4096;

/** Windows starts with a clean hive, arms it, logs one change to page 3 in the given log, and crashes. */
function sessionThatCrashed(left: Images, format: LogFormat, log: string): { images: Images; expected: Uint8Array } {
  const primary = (left.get(PRIMARY) as Uint8Array).slice();
  const header = headerOf(primary);
  const sequence = BASE.primarySequence.get(header, 0);
  const hiveBinsSize = BASE.hiveBinsSize.get(header, 0);
  const page = (number: number): Uint8Array => {
    const bytes = primary.slice(PAGE + number * PAGE, PAGE + (number + 1) * PAGE);
    if (number === 3) bytes.fill(0x5e, 3000);
    return bytes;
  };
  // Before 8.1 every flush has a new stamp, by which primary and log are known to belong together.
  if (format !== "HvLE") BASE.lastWritten.set(header, 0, 5000n);
  const layOut = format === "HvLE" ? incrementalJournal : dirtJournal;
  const logged = layOut({ header, sequence, hiveBinsSize, pages: [0, 3], page });
  const old = left.get(log) ?? new Uint8Array(0);
  const bytes = new Uint8Array(Math.max(old.length, logged.length));
  bytes.set(old);
  bytes.set(logged);
  primary.set(baseBlockOf(header, { sequences: [(sequence + 1) >>> 0, sequence] }));
  const expected = binsOf(left).slice();
  expected.fill(0x5e, 3 * PAGE + 3000, 4 * PAGE);
  return { images: new Map([...left, [PRIMARY, primary], [log, bytes]]), expected };
}

/** The kernel, and one who goes no further than the first log if it was that one. */
function expectOwnWork({ images, expected }: { images: Images; expected: Uint8Array }, where: string): void {
  const [kernel] = LOADERS;
  const found = [binsOf(images), load(images, PRIMARY, kernel ?? expect.fail())];
  found[1]?.fill(0, 20, 28);
  found.forEach((bins, reader) => {
    if (Buffer.compare(bins, expected) !== 0) throw new Error(`${where}: reader ${reader} finds something else`);
  });
}

/** How many sessions there were. */
function sessionsAfterEveryCut(images: Images, events: readonly DiskEvent[], format: LogFormat): number {
  // Before 8.1 LOG1 is always the first.
  const logs = format === "HvLE" ? logNames(format) : logNames(format).slice(0, 1);
  const disk = new PowerlessDisk(images);
  let sessions = 0;
  for (let done = 0; done <= events.length; done++) {
    for (const [index, cut] of cuts(done * 3, 2).entries()) {
      const left = disk.afterCut(cut);
      if (opened(left).recovery.dirty) continue;
      for (const log of logs) {
        expectOwnWork(sessionThatCrashed(left, format, log), `${log} after cut ${index} and ${done} events`);
        sessions++;
      }
    }
    const next = events[done];
    if (next !== undefined) disk.apply(next);
  }
  return sessions;
}

/**
 * Numbered 0 or 1 there is no number below the hive's for the journal: see the room's README. And where a stale log has an entry with the hive's own number,
 * a session that crashes is lost without any commit.
 */
const WITHOUT_PROMISE =
  /^HvLE, (number [01]|dirty from number ([01]|4294967295)|both stale and numbered as the hive|both stale, LOG2 going on .*|an entry stands .*)$/;

describe.each(START_STATES.filter(({ name }) => !WITHOUT_PROMISE.test(name)))("$name", ({ format, start }) => {
  test("after a commit and its undo", () => {
    const images = start();
    const { disk, former } = commitOn(images, format, growingByOneBin);
    const committed = disk.images();
    expect(sessionsAfterEveryCut(images, disk.events, format)).toBeGreaterThan(5);
    const undo = new RecordedDisk(committed);
    restoreHive(filesOf(undo), former as FormerBytes, { logFormat: format, createLog: createLogOn(undo, format) });
    expect(sessionsAfterEveryCut(committed, undo.events, format)).toBeGreaterThan(0);
  });
});

test.each([0, 1])(
  "a journal numbered as the hive or higher would be taken for a later session's: %i above it",
  (above) => {
    const { start, format } = START_STATES.find(({ name }) => name === "HvLE, empty logs") ?? expect.fail();
    const images = start();
    const { disk } = commitOn(images, format, growingByOneBin);
    const number = BASE.primarySequence.get(headerOf(images.get(PRIMARY) as Uint8Array), 0);
    const journal = disk.events.find(({ kind, file }) => kind === "write" && file !== PRIMARY);
    if (journal?.kind !== "write") expect.fail();
    const header = headerOf(journal.bytes);
    const hiveBinsSize = BASE.hiveBinsSize.get(header, 0);
    const page = (): Uint8Array => new Uint8Array(PAGE).fill(0x33);
    const bytes = incrementalJournal({ header, sequence: number + above, hiveBinsSize, pages: [0, 2], page });
    const aborted = new Map([...images, [`${PRIMARY}.LOG1`, bytes]]);
    expect(() => expectOwnWork(sessionThatCrashed(aborted, format, `${PRIMARY}.LOG2`), "")).toThrow();
  },
);
