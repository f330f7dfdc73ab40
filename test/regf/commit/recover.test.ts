/** Recovery on the disk: the hive that was there in memory already, clean, whenever the power fails. */
import { describe, expect, test } from "vitest";
import { KEY_NODE } from "../../../src/regf/format/key-node.ts";
import { HiveError, type LogFormat, openHive, recoverHive } from "../../../src/regf/index.ts";
import { binsOf, cleanPrimary, filesOf, opened, PRIMARY, SCENARIOS } from "../../support/commit-scenarios.ts";
import { keyAt } from "../../support/low-level.ts";
import { cutAfter, cuts, type Images, RecordedDisk } from "../../support/simulated-disk.ts";

function recoverOn(images: Images, logFormat: LogFormat) {
  const disk = new RecordedDisk(images);
  let planned: Uint8Array | undefined;
  const report = recoverHive(openHive(filesOf(disk)), {
    logFormat,
    beforeWrite: ({ primaryBytes }) => {
      expect(disk.events).toEqual([]);
      planned = primaryBytes();
    },
  });
  return { disk, report, planned };
}

const sameBins = (left: Images, right: Images) => Buffer.compare(binsOf(left), binsOf(right)) === 0;

const isDirty = (images: Images) => opened(images).recovery.dirty;

describe.each(SCENARIOS.filter(({ start }) => isDirty(start())))("$name", ({ format, start }) => {
  test("is clean afterwards, foretold to the byte, and nothing is left to do", () => {
    const images = start();
    const { disk, report, planned } = recoverOn(images, format);
    expect(report).toMatchObject({ written: true });
    expect(report.bytesWritten).toBeGreaterThan(512);
    expect(isDirty(disk.images())).toBe(false);
    expect(sameBins(disk.images(), images)).toBe(true);
    expect(Buffer.compare(planned as Uint8Array, disk.images().get(PRIMARY) as Uint8Array)).toBe(0);
    const again = recoverOn(disk.images(), format);
    expect(again.report).toEqual({ written: false, bytesWritten: 0 });
    expect(again.disk.events).toEqual([]);
  });

  test("a cut at any moment", () => {
    const images = start();
    const { events } = recoverOn(images, format).disk;
    for (let count = 0; count <= events.length; count++) {
      cuts(count * 13, 4).forEach((cut, index) => {
        const left = cutAfter(images, events, count, cut);
        if (!sameBins(left, images)) throw new Error(`cut ${index} after ${count} of ${events.length} events`);
        if (index % 3 === 0) expect(sameBins(recoverOn(left, format).disk.images(), images)).toBe(true);
      });
    }
  });
});

describe("nothing is written when", () => {
  const dirty = SCENARIOS.find(({ name }) => name === "HvLE, dirty")?.start ?? expect.fail();

  test("the hive is clean", () => {
    const { disk, report } = recoverOn(new Map([[PRIMARY, cleanPrimary()]]), "HvLE");
    expect(report.written).toBe(false);
    expect(disk.events).toEqual([]);
  });

  test("the hive has a fatal problem", () => {
    const disk = new RecordedDisk(dirty());
    const hive = openHive(filesOf(disk));
    hive.bins.set(keyAt(hive, "Key 10").cell, KEY_NODE.fields.valueCount, 0x7fff);
    expect(() => recoverHive(hive, { logFormat: "HvLE" })).toThrowError(HiveError);
    expect(disk.events).toEqual([]);
  });

  test("the logs are not those of this Windows", () => {
    const disk = new RecordedDisk(dirty());
    expect(() => recoverHive(openHive(filesOf(disk)), { logFormat: "DIRT" })).toThrowError(
      expect.objectContaining({ code: "log-format-contradicts", afterPointOfCommit: false }),
    );
    expect(disk.events).toEqual([]);
  });

  test("another program changed the hive meanwhile", () => {
    const disk = new RecordedDisk(dirty());
    const hive = openHive(filesOf(disk));
    disk.storage(PRIMARY).write(4, Uint8Array.of(0x77));
    expect(() => recoverHive(hive, { logFormat: "HvLE" })).toThrowError(
      expect.objectContaining({ code: "changed-meanwhile" }),
    );
    expect(disk.events).toHaveLength(1);
  });
});
