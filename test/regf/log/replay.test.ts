/** Which logs are replayed, up to where, and that it is all or nothing; on logs made by hand. */
import { describe, expect, test } from "vitest";
import { HiveError } from "../../../src/regf/index.ts";
import { withFlip } from "../../support/log-states.ts";
import { bytesOf, openBytes, sampleHive, withBaseBlock } from "../../support/sample-hive.ts";
import { dirtLog, type EntryValues, incrementalEntry, incrementalLog, rehashed } from "../../support/sample-logs.ts";

const PAGE = 4096;
const clean = sampleHive();
const size = clean.length - 4096;

/** Interrupted: the second sequence is 100, the first one above. */
const dirty = withBaseBlock(clean, { primarySequence: 101, secondarySequence: 100 });

/** The last page of the bins, filled with one byte. */
const last = (fill: number): EntryValues["pages"][number] => ({
  offset: size - PAGE,
  bytes: new Uint8Array(PAGE).fill(fill),
});

function entry(sequence: number, fill: number, more: Partial<EntryValues> = {}): Uint8Array {
  return incrementalEntry({ sequence, hiveBinsSize: size, pages: [last(fill)], ...more });
}

/** What the last page is filled with after opening, or the code of the refusal. */
function outcome(primary: Uint8Array, logs: readonly Uint8Array[]): number | string {
  try {
    const { bins } = openBytes(primary, logs);
    const bytes = bins.raw(bins.sizeBytes - PAGE, PAGE);
    return new Set(bytes).size === 1 ? (bytes[0] ?? -1) : "mixed";
  } catch (error) {
    if (error instanceof HiveError) return error.problem.code;
    throw error;
  }
}

const log = (sequence: number, ...entries: readonly Uint8Array[]): Uint8Array =>
  incrementalLog(dirty, sequence, entries);
const nothing = "dirty-without-logs";

describe("HvLE: which entries are replayed", () => {
  const bad = (bytes: Uint8Array, at: number): Uint8Array => {
    const changed = new Uint8Array(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return changed;
  };
  const cases: readonly (readonly [string, number | string, readonly Uint8Array[]])[] = [
    ["one entry", 1, [log(100, entry(100, 1))]],
    ["a log that begins above the hive", 1, [log(150, entry(150, 1))]],
    ["a run of three", 3, [log(100, entry(100, 1), entry(101, 2), entry(102, 3))]],
    ["up to a gap in the sequence", 2, [log(100, entry(100, 1), entry(101, 2), entry(103, 3))]],
    ["up to a repeated sequence", 1, [log(100, entry(100, 1), entry(100, 2))]],
    ["up to an entry whose pages are damaged", 1, [log(100, entry(100, 1), bad(entry(101, 2), 600), entry(102, 3))]],
    ["up to an entry whose header is damaged", 1, [log(100, entry(100, 1), bad(entry(101, 2), 9), entry(102, 3))]],
    ["up to an entry that is cut", 1, [log(100, entry(100, 1), entry(101, 2)).subarray(0, -512)]],
    ["both logs, in the order of their sequences", 2, [log(101, entry(101, 2)), log(100, entry(100, 1))]],
    ["not a second log beyond a gap", 1, [log(100, entry(100, 1)), log(102, entry(102, 2))]],
    ["not a log that is older than the hive", 2, [log(99, entry(99, 1)), log(100, entry(100, 2))]],
    ["only an older log", nothing, [log(99, entry(99, 1), entry(100, 2))]],
    ["a log whose first entry is not its own", nothing, [log(100, entry(101, 1))]],
    ["a log without entries", nothing, [log(100)]],
    ["an empty file", nothing, [new Uint8Array(0)]],
    ["a log cut in its base block", nothing, [log(100, entry(100, 1)).subarray(0, 300)]],
    ["a log whose base block is damaged", nothing, [bad(log(100, entry(100, 1)), 200)]],
    [
      "a log that was not written completely",
      nothing,
      [withBaseBlock(log(100, entry(100, 1)), { secondarySequence: 99 })],
    ],
    ["a primary in the place of a log", nothing, [withBaseBlock(dirty, { primarySequence: 100 })]],
    ["a page beyond the hive", nothing, [log(100, entry(100, 1, { hiveBinsSize: size - PAGE }))]],
    [
      "a page that is not whole",
      nothing,
      [log(100, entry(100, 1, { pages: [{ offset: 100, bytes: new Uint8Array(PAGE) }] }))],
    ],
    ["more references than room", nothing, [log(100, tooManyReferences())]],
  ];
  test.each(cases)("%s", (_what, expected, logs) => expect(outcome(dirty, logs)).toBe(expected));

  function tooManyReferences(): Uint8Array {
    const bytes = Buffer.from(entry(100, 1));
    bytes.writeUInt32LE(0xffff_ffff, 20);
    return rehashed(bytes);
  }

  test("sequences go round", () => {
    const atEnd = withBaseBlock(clean, { primarySequence: 0, secondarySequence: 0xffff_ffff });
    expect(outcome(atEnd, [log(0xffff_ffff, entry(0xffff_ffff, 1), entry(0, 2), entry(1, 3))])).toBe(3);
    expect(outcome(atEnd, [log(0, entry(0, 2)), log(0xffff_ffff, entry(0xffff_ffff, 1))])).toBe(2);
  });
});

test("HvLE: remnants behind the run are counted and known, never replayed", () => {
  const { recovery } = openBytes(dirty, [log(100, entry(100, 1), new Uint8Array(1024), entry(90, 2), entry(200, 3))]);
  expect(recovery.logs).toMatchObject([{ entries: 1, remnants: 2, highestSequence: 200, unusable: undefined }]);
  expect(recovery.replayed).toMatchObject([{ entries: 1, lastSequence: 100 }]);
});

describe("HvLE: entries that cannot be applied are never skipped", () => {
  const first = log(100, entry(100, 1), entry(101, 2));
  const second = log(102, entry(102, 3));
  const flipped = (bytes: Uint8Array, at: number): Uint8Array => withFlip(bytes, at, 0);
  const cases: readonly (readonly [string, number | string, readonly Uint8Array[]])[] = [
    ["whole", 3, [first, second]],
    ["the first log's first entry is damaged", nothing, [flipped(first, 900), second]],
    ["the first log's base block is damaged", nothing, [flipped(first, 40), second]],
    [
      "a log that is older than the hive goes on beyond it",
      nothing,
      [log(99, entry(99, 1), entry(100, 2)), log(101, entry(101, 3))],
    ],
    ["but not when it ends before the hive", 3, [log(98, entry(98, 1), entry(99, 2)), log(100, entry(100, 3))]],
    [
      "a log with a damaged base block that is older than the hive",
      3,
      [flipped(log(98, entry(98, 1)), 40), log(100, entry(100, 3))],
    ],
    ["two logs that begin alike", nothing, [first, log(100, entry(100, 3))]],
    ["one of them has no entry", 2, [log(100), first]],
    ["the next log begun, and its first entry not whole", 2, [first, flipped(second, 900)]],
  ];
  test.each(cases)("%s", (_what, expected, logs) => {
    expect(outcome(dirty, logs)).toBe(expected);
    expect(outcome(dirty, [...logs].reverse())).toBe(expected);
  });

  test("what is lost is told: behind damage, in a log that is not continued, in one without a base block", () => {
    const broken = flipped(first, 512 + first.length / 2 + 600);
    const { recovery } = openBytes(dirty, [broken, second]);
    expect(recovery.logs[0]?.broken).toMatchObject({ sequence: 101, damage: "pages" });
    expect(recovery.lost).toEqual([{ index: 1, entries: 1, firstSequence: 102, lastSequence: 102 }]);
    expect(recovery.leftOut).toEqual([
      { index: 1, name: "sample.LOG2", why: "does not continue sample.LOG1 (it begins at 102, not at 101)" },
    ]);
    expect(openBytes(dirty, [first, flipped(second, 40)]).recovery.lost).toEqual([
      { index: 1, entries: 1, firstSequence: 102, lastSequence: 102 },
    ]);
  });

  test("a log that a commit has disarmed holds nothing that could be lost", () => {
    const disarmed = log(200, entry(200, 9)).fill(0, 0, 4);
    const { recovery } = openBytes(dirty, [first, disarmed]);
    expect(recovery).toMatchObject({ lost: [], logs: [{}, { stranded: undefined }] });
    expect(recovery.leftOut[0]?.why).toMatch(/its signature was erased/);
  });
});

test.each([
  [8, "header"],
  [0, "signature"],
  [26, "header"],
  [50, "pages"],
] as const)("HvLE: byte %i of an entry damaged: its %s is told to be", (at, damage) => {
  const whole = log(100, entry(100, 1), entry(101, 2));
  const offset = 512 + (whole.length - 512) / 2;
  const { recovery } = openBytes(dirty, [withFlip(whole, offset + at, 0)]);
  expect(recovery.logs[0]?.broken).toEqual({ offset, sequence: 101, damage });
});

test("HvLE: an entry whose pages do not fit the hive is told to be that", () => {
  const bad = entry(101, 2, { pages: [{ offset: 100, bytes: new Uint8Array(PAGE) }] });
  expect(openBytes(dirty, [log(100, entry(100, 1), bad)]).recovery.logs[0]?.broken?.damage).toBe("references");
});

test("HvLE: a log full of entries that overlap is not hashed for ever", () => {
  // Each sector begins an entry that claims the whole rest, with a valid hash of its header.
  const sectors = 4000;
  const bytes = Buffer.alloc(512 + sectors * 512);
  bytes.set(log(100));
  for (let index = 0; index < sectors; index++) {
    const head = Buffer.from(rehashed(incrementalEntry({ sequence: 7, hiveBinsSize: size, pages: [] })));
    head.writeUInt32LE((sectors - index) * 512, 4);
    bytes.set(rehashed(head).subarray(0, 40), 512 + index * 512);
  }
  const started = performance.now();
  expect(outcome(dirty, [bytes])).toBe(nothing);
  expect(performance.now() - started).toBeLessThan(5000);
});

describe("HvLE: the hive's size", () => {
  const added = (fill: number, pages = 1): EntryValues["pages"] => [
    { offset: size, bytes: new Uint8Array(pages * PAGE).fill(fill) },
  ];

  test("grows with an entry", () => {
    const hive = openBytes(dirty, [log(100, entry(100, 1, { hiveBinsSize: size + PAGE, pages: added(5) }))]);
    expect(hive.bins.sizeBytes).toBe(size + PAGE);
    expect(hive.bins.recoveredPages()).toEqual([size / PAGE]);
    expect(new DataView(hive.baseBlock.buffer).getUint32(0x28, true)).toBe(size + PAGE);
  });

  test("and shrinks with one", () => {
    const grown = entry(100, 1, { hiveBinsSize: size + PAGE, pages: added(5) });
    expect(openBytes(dirty, [log(100, grown, entry(101, 2))]).bins.sizeBytes).toBe(size);
  });

  test("shrinks and grows again, with the bytes that were there", () => {
    const steps = [
      entry(100, 1, { hiveBinsSize: size + 2 * PAGE, pages: added(5, 2) }),
      entry(101, 2),
      entry(102, 3, { hiveBinsSize: size + PAGE, pages: [] }),
    ];
    const { bins } = openBytes(dirty, [log(100, ...steps)]);
    expect(bins.sizeBytes).toBe(size + PAGE);
    expect(bins.raw(size, PAGE).every((byte) => byte === 5)).toBe(true);
    expect(bins.recoveredPages()).toEqual([size / PAGE - 1, size / PAGE]);
  });

  test("is refused where neither the file nor the log has the bytes", () => {
    expect(outcome(dirty, [log(100, entry(100, 1, { hiveBinsSize: size + 2 * PAGE, pages: added(5) }))])).toBe(
      "truncated",
    );
    expect(outcome(dirty, [log(100, entry(100, 1, { hiveBinsSize: 0x7fff_f000 }))])).toBe("truncated");
    const twice = [...added(5), ...added(6)]; // enough bytes, but the same place
    expect(outcome(dirty, [log(100, entry(100, 1, { hiveBinsSize: size + 2 * PAGE, pages: twice }))])).toBe(
      "truncated",
    );
  });

  test("what the file holds behind its bins counts", () => {
    const longer = new Uint8Array(dirty.length + PAGE).fill(0xaa);
    longer.set(dirty);
    expect(outcome(longer, [log(100, entry(100, 1, { hiveBinsSize: size + PAGE, pages: [] }))])).toBe(0xaa);
  });

  test("a primary that was cut is whole again when the log holds what is missing", () => {
    const cut = dirty.subarray(0, -PAGE);
    expect(outcome(cut, [log(100, entry(100, 9))])).toBe(9);
    expect(outcome(cut, [log(100, entry(100, 9, { pages: [] }))])).toBe("truncated");
  });
});

test("HvLE: bit 0 of the flags comes from the last entry", () => {
  const flagsAfter = (flags: number): number => {
    const hive = openBytes(withBaseBlock(dirty, { flags: 3 - flags }), [log(100, entry(100, 1, { flags }))]);
    return new DataView(hive.baseBlock.buffer).getUint32(144, true);
  };
  expect([flagsAfter(0), flagsAfter(1)]).toEqual([2, 3]);
});

describe("HvLE: a damaged base block", () => {
  const damaged = dirty.slice();
  damaged[0x18] = 0xff;

  test("is replaced by that of the newest log, which is replayed alone", () => {
    const hive = openBytes(damaged, [log(100, entry(100, 1)), log(300, entry(300, 2))]);
    expect(hive.recovery.replayed).toMatchObject([{ index: 1, firstSequence: 300 }]);
    expect(hive.recovery.leftOut).toEqual([
      { index: 0, name: "sample.LOG1", why: "is older than sample.LOG2, which is replayed alone" },
    ]);
    expect(hive.version).toEqual({ major: 1, minor: 5 });
    expect(hive.root.subkey("Alpha")?.name).toBe("Alpha");
  });

  test("a base block of zeros too", () => {
    const zeros = dirty.slice().fill(0, 0, 4096);
    expect(outcome(zeros, [log(100, entry(100, 1))])).toBe(1);
    expect(outcome(zeros, [])).toBe("not-a-hive");
  });
});

describe("DIRT", () => {
  const sectors = new Map(
    Array.from({ length: 8 }, (_, index) => [(size - PAGE) / 512 + index, new Uint8Array(512).fill(7)]),
  );
  const dirt = dirtLog(dirty, 100, size, sectors);

  const other = { lastWritten: 5n };
  const cases: readonly (readonly [string, number | string, readonly Uint8Array[]])[] = [
    ["a log of the hive's time", 7, [dirt]],
    ["type 2, of Windows 2000", 7, [withBaseBlock(dirt, { fileType: 2 })]],
    ["a log of another time", nothing, [withBaseBlock(dirt, other)]],
    ["the second, when the first is of another time", 7, [withBaseBlock(dirt, other), dirt]],
    ["a log that is cut", nothing, [dirt.subarray(0, -512)]],
    ["a log without a bitmap", nothing, [dirt.subarray(0, 600)]],
    ["a log for a hive of an impossible size", nothing, [withBaseBlock(dirt, { hiveBinsSize: 100 })]],
    ["a log for a hive of 2 GiB", nothing, [withBaseBlock(dirt, { hiveBinsSize: 0x7fff_f000 })]],
    ["a log that holds nothing", nothing, [dirtLog(dirty, 100, size, new Map())]],
    ["not when a log of the other kind applies as well", nothing, [dirt, log(100, entry(100, 1))]],
    ["but beside one of the other kind that does not", 7, [dirt, log(9, entry(9, 1))]],
  ];
  test.each(cases)("%s", (_what, expected, logs) => expect(outcome(dirty, logs)).toBe(expected));

  test("the first that fits, alone", () => {
    const second = dirtLog(dirty, 100, size, new Map([[0, new Uint8Array(512)]]));
    const hive = openBytes(dirty, [dirt, second]);
    expect(hive.recovery.replayed).toMatchObject([{ index: 0, kind: "DIRT", entries: 1 }]);
    expect(hive.recovery.leftOut).toEqual([
      { index: 1, name: "sample.LOG2", why: "comes after sample.LOG1, which is replayed alone" },
    ]);
    expect(hive.bins.recoveredPages()).toEqual([size / PAGE - 1]);
  });

  test("only the sectors whose bits are set", () => {
    const half = dirtLog(dirty, 100, size, new Map([...sectors].filter(([sector]) => sector % 2 === 0)));
    const { bins } = openBytes(dirty, [half]);
    const page = bins.raw(size - PAGE, PAGE);
    const before = clean.subarray(clean.length - PAGE);
    for (let sector = 0; sector < 8; sector++) {
      const part = page.subarray(sector * 512, sector * 512 + 512);
      const wanted = sector % 2 === 0 ? new Uint8Array(512).fill(7) : before.subarray(sector * 512, sector * 512 + 512);
      expect(Buffer.compare(part, wanted)).toBe(0);
    }
  });

  test("a damaged base block: a log of the first bin's time, else the newest, wherever it is", () => {
    const damaged = dirty.slice();
    damaged[0x18] = 0xff;
    const stamp = 0x1d2_9505_9e68_e89en; // of the sample's first bin
    const log = (fill: number, lastWritten: bigint): Uint8Array => {
      const filled = new Map([...sectors.keys()].map((sector) => [sector, new Uint8Array(512).fill(fill)]));
      return withBaseBlock(dirtLog(dirty, 100, size, filled), { lastWritten });
    };
    for (const logs of [
      [log(1, stamp + 1n), log(2, stamp + 2n)],
      [log(1, stamp + 9n), log(2, stamp)],
      [log(1, stamp - 9n), log(2, stamp + 1n)],
    ]) {
      expect(outcome(damaged, logs)).toBe(2);
      expect(outcome(damaged, logs.reverse())).toBe(2);
    }
  });

  test("a damaged base block: the first bin's time decides, and a newer log fits as well", () => {
    const stamp = 0x1d2_9505_9e68_e89en; // of the sample's first bin
    const damaged = dirty.slice();
    damaged[0x18] = 0xff;
    const written = (time: bigint): Uint8Array => withBaseBlock(dirt, { lastWritten: time });
    expect(outcome(damaged, [written(stamp)])).toBe(7);
    expect(outcome(damaged, [written(stamp + 1n)])).toBe(7);
    expect(outcome(damaged, [written(stamp - 1n)])).toBe(nothing);
  });
});

test("the files are only read", () => {
  const hive = openBytes(dirty, [log(100, entry(100, 1))]);
  const { primary } = hive.files;
  expect(Buffer.compare(primary.read(0, primary.size()), dirty)).toBe(0);
  expect(Buffer.compare(bytesOf(hive).subarray(4096, -PAGE), clean.subarray(4096, -PAGE))).toBe(0);
});
