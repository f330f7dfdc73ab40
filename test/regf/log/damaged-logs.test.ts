/** HvLE logs with one bit turned over, cut, exchanged or missing: the state after so many whole entries, or a refusal, and never any other bytes. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cleanPrimary } from "../../support/commit-scenarios.ts";
import { DamagedLogs } from "../../support/log-damage.ts";
import { withFlip } from "../../support/log-states.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { openBytes, withBaseBlock } from "../../support/sample-hive.ts";
import { incrementalEntry, incrementalLog } from "../../support/sample-logs.ts";

/** Two logs of three entries each, a few sectors an entry, so that every byte can be tried; the second one makes the hive longer. */
function builtLogs(first = 100): DamagedLogs {
  const primary = withBaseBlock(cleanPrimary(), { primarySequence: first + 1, secondarySequence: first });
  const size = primary.length - 4096;
  const sequence = (index: number) => (first + index) >>> 0;
  const entry = (index: number): Uint8Array => {
    const hiveBinsSize = index < 4 ? size : size + 4096;
    const pages = [
      { offset: 4096 * (index + 1), bytes: new Uint8Array(512).fill(index + 1) },
      { offset: 8192 + 512 * index, bytes: new Uint8Array(1024).fill(0xa0 + index) },
      ...(index === 4 ? [{ offset: size, bytes: new Uint8Array(4096).fill(0x55) }] : []),
    ];
    return incrementalEntry({ sequence: sequence(index), hiveBinsSize, pages });
  };
  // The unused rest of a log, as Windows leaves it: zeros, and an entry of an earlier time.
  const remnant = incrementalEntry({ sequence: (first - 50) >>> 0, hiveBinsSize: size, pages: [] });
  const later = incrementalLog(primary, sequence(3), [entry(3), entry(4), entry(5), new Uint8Array(512)]);
  const earlier = incrementalLog(primary, first, [entry(0), entry(1), entry(2), new Uint8Array(512), remnant]);
  return new DamagedLogs(primary, [later, earlier], [1, 0]);
}

/** One bit of a byte; all of them are tried, byte after byte. */
const bitFor = (offset: number): number => (offset * 5) % 8;

/** Wants that what could not be reached is told: the broken entry in its place, or why the log cannot be used. */
function expectFlip(cases: DamagedLogs, log: number, offset: number, bit: number): void {
  const reached = cases.reachedWith(log, offset);
  const bytes = cases.logs[log] as Uint8Array;
  const recovery = cases.expectState(log, withFlip(bytes, offset, bit), reached);
  if (recovery === undefined || reached === cases.last) return;
  const entry = cases.entriesOf(log).find((it) => offset >= it.offset && offset < it.offset + it.sizeBytes);
  const report = recovery.logs[log];
  if (entry === undefined) expect(report?.unusable).toBeDefined();
  else expect(report?.broken).toMatchObject({ offset: entry.offset, sequence: entry.sequence });
  const later = cases.entriesOf(log).filter((it) => entry === undefined || it.offset > entry.offset);
  expect(recovery.lost.some((it) => it.index === log)).toBe(later.length > 0);
}

describe("two logs made by hand", () => {
  const built = builtLogs();

  test("whole, they lead to the last state, in either order", () => {
    const exchanged = new DamagedLogs(built.primary, [...built.logs].reverse(), [0, 1]);
    for (const cases of [built, exchanged]) {
      const recovery = cases.expectState(0, cases.logs[0], 6);
      expect(recovery).toMatchObject({ leftOut: [], lost: [] });
      expect(recovery?.logs.map(({ broken, stranded }) => broken ?? stranded)).toEqual([undefined, undefined]);
    }
  });

  test.each([0, 1])("log %i: one bit of every byte, and every bit of heads", (log) => {
    const length = built.logs[log]?.length ?? 0;
    for (let offset = 0; offset < length; offset++) {
      const isHead = built.entriesOf(log).some((it) => offset >= it.offset && offset < it.offset + 64);
      for (let bit = 0; bit < 8; bit++) {
        if (isHead || bit === bitFor(offset)) expectFlip(built, log, offset, bit);
      }
    }
  });

  test.each([0xffff_fffa, 0xffff_fffd, 0xffff_ffff])("the same across the end of the numbers, from %i", (first) => {
    const cases = builtLogs(first);
    cases.expectState(0, cases.logs[0], 6);
    for (const log of [0, 1]) {
      for (let offset = 0; offset < (cases.logs[log]?.length ?? 0); offset += 67) expectFlip(cases, log, offset, 3);
    }
  });

  test.each([0, 1])("log %i: cut after every byte of its base block and every 8 bytes of its entries", (log) => {
    const bytes = built.logs[log] as Uint8Array;
    for (let size = 512; size < bytes.length; size += 8) {
      const recovery = built.expectState(log, bytes.subarray(0, size), built.reachedWith(log, size));
      const cut = built.entriesOf(log).find((it) => size >= it.offset + 4 && size < it.offset + it.sizeBytes);
      if (cut !== undefined && recovery !== undefined) {
        expect(recovery.logs[log]?.broken).toEqual({ offset: cut.offset, sequence: cut.sequence, damage: "cut" });
      }
    }
  });

  test("the later log missing, empty or cut in its base block: the first log's last state", () => {
    const later = built.logs[0] as Uint8Array;
    for (const damaged of [undefined, new Uint8Array(0), later.subarray(0, 1), later.subarray(0, 511)]) {
      expect(built.expectState(0, damaged, 3)?.lost).toEqual([]);
    }
  });
});

/** Nothing tells a log that is missing from one that a partial reconcile has made needless: Windows replays the later one alone. */
test("the earlier log missing or without any trace: the later one alone", () => {
  const built = builtLogs();
  const [later, earlier] = built.logs as [Uint8Array, Uint8Array];
  const alone = new DamagedLogs(built.primary, [later], [0]);
  expect(alone.expectState(1, undefined, 3)?.replayed).toMatchObject([{ firstSequence: 103, lastSequence: 105 }]);
  for (const gone of [new Uint8Array(0), earlier.subarray(0, 300), new Uint8Array(earlier.length)]) {
    const { bins, recovery } = openBytes(built.primary, [later, gone]);
    const wanted = openBytes(built.primary, [later]).bins;
    expect(Buffer.compare(bins.raw(0, bins.sizeBytes), wanted.raw(0, wanted.sizeBytes))).toBe(0);
    expect(recovery.leftOut).toMatchObject([{ index: 1 }]);
  }
});

function realLogs(path: string, order: readonly number[]): DamagedLogs {
  const primary = realHive(`dirty/${path}`);
  const logs = [`${primary}.LOG1`, `${primary}.LOG2`].filter((log) => existsSync(log));
  return new DamagedLogs(
    readFileSync(primary),
    logs.map((log) => readFileSync(log)),
    order,
  );
}

describeWithRealHives("logs of Windows", () => {
  const CASES = [
    { path: "NewDirtyHive1/NewDirtyHive", order: [0, 1], flips: 3000 },
    { path: "NewDirtyHive2/NewDirtyHive", order: [1], flips: 1500 },
    { path: "transactions_ntuser/NTUSER.DAT", order: [0], flips: 700 },
    { path: "usrclass/UsrClass.dat", order: [0, 1], flips: 400 },
  ];

  test.each(CASES)("$path: one bit turned over", { timeout: 60_000 }, ({ path, order, flips }) => {
    const cases = realLogs(path, order);
    cases.logs.forEach((bytes, log) => {
      const heads = [0, ...cases.entriesOf(log).map((it) => it.offset)].flatMap((start) =>
        [4, 9, 13, 18, 21, 26, 34, 41].map((it) => start + it),
      );
      const step = Math.max(1, Math.floor((bytes.length * cases.logs.length) / flips) | 1);
      for (let offset = 0; offset < bytes.length; offset += step) expectFlip(cases, log, offset, bitFor(offset));
      for (const offset of heads) expectFlip(cases, log, offset, bitFor(offset));
    });
  });

  test.each(CASES)("$path: cut at every entry, and at sectors", { timeout: 60_000 }, ({ path, order, flips }) => {
    const cases = realLogs(path, order);
    cases.logs.forEach((bytes, log) => {
      const step = 512 * Math.max(1, Math.ceil(bytes.length / 512 / (flips / 4)));
      const sizes = new Set(
        cases.entriesOf(log).flatMap((it) => [it.offset, it.offset + 512, it.offset + it.sizeBytes]),
      );
      for (let size = 512; size < bytes.length; size += step) sizes.add(size);
      for (const size of sizes) {
        if (size < bytes.length) cases.expectState(log, bytes.subarray(0, size), cases.reachedWith(log, size));
      }
    });
  });

  test.each(CASES)("$path: logs exchanged", ({ path, order }) => {
    const cases = realLogs(path, order);
    const exchanged = new DamagedLogs(
      cases.primary,
      [...cases.logs].reverse(),
      order.map((log) => 1 - log),
    );
    exchanged.expectState(0, exchanged.logs[0], cases.last);
  });
});
