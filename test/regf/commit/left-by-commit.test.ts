/** What a cut commit or undo can have left is recognised always, and what somebody else wrote is not taken for it. */
import { describe, expect, test } from "vitest";
import {
  canBeLeftBy,
  type FormerBytes,
  type LogFormat,
  openHive,
  recoverHive,
  restoreHive,
} from "../../../src/regf/index.ts";
import { baseBlockOf } from "../../../src/regf/log/base-block-of.ts";
import {
  cleanPrimary,
  commitOn,
  createLogOn,
  filesOf,
  growing,
  headerOf,
  opened,
  PRIMARY,
  SCENARIOS,
  staleLog,
} from "../../support/commit-scenarios.ts";
import { cutAfter, cuts, type Images, RecordedDisk } from "../../support/simulated-disk.ts";

function isRecognised(images: Images, former: FormerBytes, format: LogFormat): boolean {
  return canBeLeftBy(opened(images), former, format);
}

function recovered(images: Images, logFormat: LogFormat): Images {
  const disk = new RecordedDisk(images);
  recoverHive(openHive(filesOf(disk)), { logFormat });
  return disk.images();
}

/** As a load that goes on with the number of the dirty block, and leaves the logs alone. */
function loaded(images: Images): Images {
  const hive = opened(images);
  const { primarySequence } = hive.recovery;
  const { bins, baseBlock } = hive;
  const primary = new Uint8Array(4096 + bins.sizeBytes);
  primary.set((images.get(PRIMARY) as Uint8Array).subarray(0, 4096));
  primary.set(baseBlockOf(baseBlock, { sequence: primarySequence, hiveBinsSize: bins.sizeBytes }));
  primary.set(bins.raw(0, bins.sizeBytes), 4096);
  const former = images.get(PRIMARY) as Uint8Array;
  const longer = new Uint8Array(Math.max(former.length, primary.length));
  longer.set(former);
  longer.set(primary);
  return new Map([...images, [PRIMARY, longer]]);
}

describe.each(SCENARIOS)("$name", ({ format, start }) => {
  test("every cut in a commit and in its undo, and a recovery after it", () => {
    const images = start();
    const { disk, former } = commitOn(images, format, growing);
    const committed = disk.images();
    const undo = new RecordedDisk(committed);
    restoreHive(filesOf(undo), former as FormerBytes, { logFormat: format, createLog: createLogOn(undo, format) });
    let recoveries = 0;
    for (const [from, events] of [
      [images, disk.events],
      [committed, undo.events],
    ] as const) {
      for (let count = 0; count <= events.length; count++) {
        cuts(count * 11, 2).forEach((cut, index) => {
          const left = cutAfter(from, events, count, cut);
          const states = [left];
          if (opened(left).recovery.dirty && index % 2 === 1) {
            recoveries++;
            states.push(recovered(left, format));
            if (opened(left).recovery.baseBlockValid) states.push(loaded(left));
          }
          states.forEach((state, which) => {
            if (!isRecognised(state, former as FormerBytes, format))
              throw new Error(`state ${which} of cut ${index} after ${count} of ${events.length} events`);
          });
        });
      }
    }
    expect(recoveries).toBeGreaterThan(3);
  });

  test("another sequence, or another log, is somebody else's", () => {
    const { disk, former } = commitOn(start(), format, growing);
    const committed = disk.images();
    const primary = committed.get(PRIMARY) as Uint8Array;
    const [log = expect.fail()] = [...committed.keys()].filter((name) => name !== PRIMARY).sort();
    const sequence = opened(committed).recovery.primarySequence;
    const withFile = (name: string, bytes: Uint8Array): Images => new Map([...committed, [name, bytes]]);
    const numbered = (change: Parameters<typeof baseBlockOf>[1]): Images => {
      const other = primary.slice();
      other.set(baseBlockOf(headerOf(primary), change));
      return withFile(PRIMARY, other);
    };
    const recognised = (images: Images) => isRecognised(images, former as FormerBytes, format);
    expect(recognised(committed)).toBe(true);
    expect(recognised(numbered({ sequence: sequence + 9 }))).toBe(false);
    expect(recognised(numbered({ sequence: sequence - 9 }))).toBe(false);
    const foreign = staleLog(format, cleanPrimary(), sequence + 9);
    const longer = new Uint8Array(Math.max(foreign.length, committed.get(log)?.length ?? 0));
    longer.set(foreign);
    expect(recognised(withFile(log, longer))).toBe(false);
  });
});

test("a log that the commit disarmed holds what it held, or is not known", () => {
  const { format, start } = SCENARIOS.find(({ name }) => name.startsWith("HvLE, longer logs")) ?? expect.fail();
  const { disk, former } = commitOn(start(), format, growing);
  const committed = disk.images();
  const name = `${PRIMARY}.LOG2`;
  const log = committed.get(name) as Uint8Array;
  expect([...log.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  const recognised = (bytes: Uint8Array) =>
    isRecognised(new Map([...committed, [name, bytes]]), former as FormerBytes, format);
  const begun = (text: string) => Uint8Array.from([...Buffer.from(text, "latin1"), ...log.subarray(4)]);
  for (const text of ["regf", "\0\0gf", "re\0\0"]) {
    expect(recognised(begun(text))).toBe(true);
  }
  expect(recognised(begun("hive"))).toBe(false);
  expect(recognised(Uint8Array.from([...log, 0]))).toBe(false);
  expect(recognised(log.subarray(0, 512))).toBe(false);
});
