/** A run is aborted, Windows starts, works, and crashes: what its logs then recover is its own work, and nothing of ours. */
import { describe, expect, test } from "vitest";
import { BASE_BLOCK_HEADER } from "../../../src/regf/format/base-block.ts";
import { type FormerBytes, restoreHive } from "../../../src/regf/index.ts";
import { baseBlockOf } from "../../../src/regf/log/base-block-of.ts";
import { dirtJournal } from "../../../src/regf/log/write-dirt.ts";
import { incrementalJournal } from "../../../src/regf/log/write-incremental.ts";
import {
  binsOf,
  cleanPrimary,
  commitOn,
  createLogOn,
  filesOf,
  growing,
  headerOf,
  logNames,
  opened,
  PRIMARY,
  staleLog,
} from "../../support/commit-scenarios.ts";
import { cutAfter, cuts, type Images, RecordedDisk } from "../../support/simulated-disk.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;
const NAMES = logNames("HvLE");
const PAGE = 4096;

function start(format: "HvLE" | "DIRT"): Images {
  const primary = cleanPrimary();
  return new Map([[PRIMARY, primary], ...NAMES.map((name) => [name, staleLog(format, primary, 30)] as const)]);
}

/** Windows starts with a clean hive, arms it, logs one change to page 3 in the given log, and crashes. */
function sessionThatCrashed(
  left: Images,
  format: "HvLE" | "DIRT",
  log: string,
): { images: Images; expected: Uint8Array } {
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
  if (format === "DIRT") BASE.lastWritten.set(header, 0, 5000n);
  const layOut = format === "HvLE" ? incrementalJournal : dirtJournal;
  const logged = layOut({ header, sequence, hiveBinsSize, pages: [0, 3], page });
  const old = left.get(log) ?? new Uint8Array(0);
  const bytes = new Uint8Array(Math.max(old.length, logged.length));
  bytes.set(old);
  bytes.set(logged);
  primary.set(baseBlockOf(header, { sequences: [sequence + 1, sequence] }));
  const expected = binsOf(left).slice();
  expected.fill(0x5e, 3 * PAGE + 3000, 4 * PAGE);
  return { images: new Map([...left, [PRIMARY, primary], [log, bytes]]), expected };
}

function isClean(images: Images): boolean {
  return !opened(images).recovery.dirty;
}

describe.each(["HvLE", "DIRT"] as const)("%s", (format) => {
  // DIRT: LOG1 is always the first.
  const logs = format === "HvLE" ? NAMES : NAMES.slice(0, 1);

  function expectSessionsSafe(images: Images, events: Parameters<typeof cutAfter>[1]): void {
    let sessions = 0;
    for (let count = 0; count <= events.length; count++) {
      for (const cut of cuts(count * 3, 5)) {
        const left = cutAfter(images, events, count, cut);
        if (!isClean(left)) continue;
        for (const log of logs) {
          const session = sessionThatCrashed(left, format, log);
          const found = Buffer.compare(binsOf(session.images), session.expected);
          expect({ count, log, found }).toEqual({ count, log, found: 0 });
          sessions++;
        }
      }
    }
    expect(sessions).toBeGreaterThan(10);
  }

  test("after a commit", () => {
    const images = start(format);
    expectSessionsSafe(images, commitOn(images, format, growing).disk.events);
  });

  test("after an undo", () => {
    const images = start(format);
    const { disk, former } = commitOn(images, format, growing);
    const undo = new RecordedDisk(disk.images());
    restoreHive(filesOf(undo), former as FormerBytes, { logFormat: format, createLog: createLogOn(undo, format) });
    expectSessionsSafe(disk.images(), undo.events);
  });
});
