/** Real dirty hives, recovered in memory: as Windows recovered them where it did, and as a second replayer does elsewhere. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkHive, type Hive, openHive } from "../../../src/regf/index.ts";
import { openFile } from "../../../src/storage/file.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { expectSameBytes } from "../../support/same-bytes.ts";

function open(path: string): Hive {
  const primary = realHive(`dirty/${path}`);
  const logs = [`${primary}.LOG1`, `${primary}.LOG2`].filter((log) => existsSync(log));
  return openHive({ primary: openFile(primary, "read"), logs: logs.map((log) => openFile(log, "read")) });
}

function binsOf(hive: Hive): Uint8Array {
  return hive.bins.raw(0, hive.bins.sizeBytes);
}

/** Entry after entry as they stand in the files, without a look at hashes or sequences. */
function plainReplay(primary: string, logs: readonly string[]): Uint8Array {
  let bins = readFileSync(realHive(primary)).subarray(4096);
  let size = 0;
  for (const log of logs) {
    const bytes = readFileSync(realHive(log));
    for (
      let at = 512;
      at < bytes.length && bytes.toString("latin1", at, at + 4) === "HvLE";
      at += bytes.readUInt32LE(at + 4)
    ) {
      size = bytes.readUInt32LE(at + 16);
      if (size > bins.length) bins = Buffer.concat([bins, Buffer.alloc(size - bins.length)]);
      const count = bytes.readUInt32LE(at + 20);
      let data = at + 40 + count * 8;
      for (let index = 0; index < count; index++) {
        const offset = bytes.readUInt32LE(at + 40 + index * 8);
        const length = bytes.readUInt32LE(at + 44 + index * 8);
        bins.set(bytes.subarray(data, data + length), offset);
        data += length;
      }
    }
  }
  return bins.subarray(0, size);
}

describeWithRealHives("dirty hives of Windows", () => {
  test("NewDirtyHive1: HvLE, both logs; the bins are what Windows 10 made of them", () => {
    const hive = open("NewDirtyHive1/NewDirtyHive");
    const recovered = readFileSync(realHive("dirty/NewDirtyHive1/RecoveredHive_Windows10"));
    expectSameBytes(binsOf(hive), recovered.subarray(4096, 4096 + 20_480));
    expect(hive.recovery.replayed).toMatchObject([
      { index: 0, kind: "HvLE", entries: 1, firstSequence: 2, lastSequence: 2 },
      { index: 1, kind: "HvLE", entries: 3, firstSequence: 3, lastSequence: 5 },
    ]);
    expect(hive.bins.recoveredPages()).toEqual([0, 1]);
    expect(hive.bins.editedPages()).toEqual([]);
  });

  test("NewDirtyHive2: the first log is older than the hive and left out, with the same result", () => {
    const hive = open("NewDirtyHive2/NewDirtyHive");
    const recovered = readFileSync(realHive("dirty/NewDirtyHive1/RecoveredHive_Windows10"));
    expectSameBytes(binsOf(hive), recovered.subarray(4096, 4096 + 20_480));
    expect(hive.recovery.replayed).toMatchObject([{ index: 1, entries: 3 }]);
    expect(hive.recovery.leftOut).toMatchObject([
      { name: expect.stringContaining("LOG1"), why: expect.stringContaining("is older than the hive (2 before 3)") },
    ]);
  });

  test("OldDirtyHive: DIRT; the bins are what Windows 7 made of them, but for what it then wrote itself", () => {
    const hive = open("OldDirtyHive/OldDirtyHive");
    const bins = binsOf(hive);
    const recovered = readFileSync(realHive("dirty/OldDirtyHive/RecoveredHive_Windows7")).subarray(
      4096,
      4096 + 487_424,
    );
    const differing = [...bins.keys()].filter((at) => bins[at] !== recovered[at]);
    // The first bin's time, and one byte that Windows changed when it loaded the hive.
    const isTime = (at: number): boolean => at >= 20 && at < 28;
    expect(differing.filter((at) => !isTime(at))).toEqual([0x6bdc8 - 4096]);
    expect(hive.recovery.replayed).toMatchObject([{ index: 0, kind: "DIRT", firstSequence: 5, lastSequence: 5 }]);
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("BadBaseBlockHive: the base block comes from the log, and the hive is what OldDirtyHive is", () => {
    const hive = open("BadBaseBlockHive/BadBaseBlockHive");
    expect(hive.recovery).toMatchObject({ dirty: true, baseBlockValid: false, acceptedDirty: false });
    expect(hive.version).toEqual({ major: 1, minor: 3 }); // the damaged one says 1.1
    expectSameBytes(binsOf(hive), binsOf(open("OldDirtyHive/OldDirtyHive")));
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("transactions_ntuser: the hive grows, and a log of an earlier time is left out", () => {
    const hive = open("transactions_ntuser/NTUSER.DAT");
    const folder = "dirty/transactions_ntuser/NTUSER.DAT";
    expectSameBytes(binsOf(hive), plainReplay(folder, [`${folder}.LOG1`]));
    expect(hive.bins.sizeBytes).toBe(925_696);
    expect(hive.recovery.replayed).toMatchObject([{ index: 0, entries: 23, firstSequence: 566, lastSequence: 588 }]);
    expect(hive.recovery.leftOut).toMatchObject([
      {
        name: expect.stringContaining("LOG2"),
        why: expect.stringContaining("is older than the hive (562 before 566)"),
      },
    ]);
    expect(checkHive(hive).problems).toEqual([]);
  });

  test("usrclass: both logs count, though the first begins far above the hive's sequence", () => {
    const hive = open("usrclass/UsrClass.dat");
    const folder = "dirty/usrclass/UsrClass.dat";
    expectSameBytes(binsOf(hive), plainReplay(folder, [`${folder}.LOG1`, `${folder}.LOG2`]));
    expect(hive.recovery).toMatchObject({ primarySequence: 256, secondarySequence: 255 });
    expect(hive.recovery.replayed).toMatchObject([
      { firstSequence: 287, lastSequence: 290, entries: 4 },
      { firstSequence: 291, lastSequence: 300, entries: 10 },
    ]);
    expect(hive.recovery.logs).toMatchObject([
      { kind: "HvLE", entries: 4, remnants: 0, highestSequence: 290 },
      { kind: "HvLE", entries: 10, remnants: 0, highestSequence: 300 },
    ]);
    expect(checkHive(hive).problems).toEqual([]);
  });

  test.each([
    ["BadLogHive1/BadLogHive", ["the checksum of its base block is wrong"]],
    ["BadLogHive2/BadLogHive", ['its bitmap does not begin with "DIRT"']],
    ["BadLogHive3/BadLogHive", ["the checksum of its base block is wrong", "the checksum of its base block is wrong"]],
  ])("%s: its logs are broken, and why is said", (path, reasons) => {
    const wanted = reasons.map((reason) => expect.stringContaining(`cannot be used: ${reason}`));
    expect(() => open(path)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: "dirty-without-logs", reasons: wanted }) }),
    );
  });

  test("logs beside a clean hive are ignored, and reported when asked for", () => {
    const primary = openFile(realHive("dirty/NewDirtyHive1/RecoveredHive_Windows10"), "read");
    const log = openFile(realHive("dirty/NewDirtyHive1/NewDirtyHive.LOG2"), "read");
    const hive = openHive({ primary, logs: [log] });
    expect(hive.bins.recoveredPages()).toEqual([]);
    expect(hive.recovery).toMatchObject({ dirty: false, replayed: [], leftOut: [] });
    expect(hive.recovery.logs).toMatchObject([{ index: 0, kind: "HvLE", sequence: 3, entries: 3, highestSequence: 5 }]);
  });
});
