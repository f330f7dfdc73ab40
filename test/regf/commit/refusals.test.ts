/** When a commit refuses, and that it has not written anything then. */
import { describe, expect, test } from "vitest";
import { KEY_NODE } from "../../../src/regf/format/key-node.ts";
import { commitHive, editHive, openHive } from "../../../src/regf/index.ts";
import {
  cleanPrimary,
  commitOn,
  createLogOn,
  filesOf,
  inPlace,
  PRIMARY,
  staleLog,
} from "../../support/commit-scenarios.ts";
import { keyAt } from "../../support/low-level.ts";
import { type Images, RecordedDisk } from "../../support/simulated-disk.ts";

function withLogs(kind: "HvLE" | "DIRT" | undefined): Images {
  const primary = cleanPrimary();
  const log = kind === undefined ? new Uint8Array(0) : staleLog(kind, primary, 30);
  return new Map([
    [PRIMARY, primary],
    [`${PRIMARY}.LOG1`, log],
    [`${PRIMARY}.LOG2`, new Uint8Array(0)],
  ]);
}

function begun(images: Images) {
  const disk = new RecordedDisk(images);
  const hive = openHive(filesOf(disk));
  inPlace(editHive(hive, { now: 1n }));
  return { disk, hive, createLog: createLogOn(disk, "HvLE") };
}

describe("nothing is written when", () => {
  test.each([
    ["HvLE", "DIRT"],
    ["DIRT", "HvLE"],
  ] as const)("the logs are %s and the Windows would write %s", (kind, logFormat) => {
    const { disk, hive, createLog } = begun(withLogs(kind));
    expect(() => commitHive(hive, { logFormat, createLog })).toThrowError(
      expect.objectContaining({ code: "log-format-contradicts", afterPointOfCommit: false }),
    );
    expect(disk.events).toEqual([]);
  });

  test.each([
    ["its sequences", 4],
    ["a page that the edit touches", 4096 + 2000],
    ["a page that it does not touch", 4096 * 7 + 100],
  ])("another program changed %s meanwhile", (_, offset) => {
    const { disk, hive, createLog } = begun(withLogs(undefined));
    disk.storage(PRIMARY).write(offset, Uint8Array.of(0x77));
    const before = disk.events.length;
    expect(() => commitHive(hive, { logFormat: "HvLE", createLog })).toThrowError(
      expect.objectContaining({ code: "changed-meanwhile", afterPointOfCommit: false }),
    );
    expect(disk.events).toHaveLength(before);
  });

  test("the edit left a problem that was not there before", () => {
    const { disk, hive, createLog } = begun(withLogs(undefined));
    hive.bins.set(keyAt(hive, "Key 10").cell, KEY_NODE.fields.valueCount, 0);
    expect(() => commitHive(hive, { logFormat: "HvLE", createLog })).toThrowError(
      expect.objectContaining({ code: "new-problem", afterPointOfCommit: false }),
    );
    expect(disk.events).toEqual([]);
  });

  test("`beforeWrite` throws, and what it throws comes out as it is", () => {
    const { disk, hive, createLog } = begun(withLogs(undefined));
    const full = new Error("no room for the receipt");
    const beforeWrite = (): never => {
      throw full;
    };
    expect(() => commitHive(hive, { logFormat: "HvLE", createLog, beforeWrite })).toThrow(full);
    expect(disk.events).toEqual([]);
  });

  test("nothing was changed, also in a dirty hive", () => {
    const { disk } = commitOn(withLogs(undefined), "HvLE", inPlace);
    const again = new RecordedDisk(disk.images());
    const hive = openHive(filesOf(again));
    const edit = editHive(hive, { now: 5n });
    edit.createKey("Key 10");
    expect(commitHive(hive, { logFormat: "HvLE", createLog: createLogOn(again, "HvLE") })).toMatchObject({
      written: false,
    });
    expect(again.events).toEqual([]);
  });
});

test("`beforeWrite` is told, before the first byte, what the primary will be", () => {
  const { disk, hive, createLog } = begun(withLogs("HvLE"));
  let planned: Uint8Array | undefined;
  const report = commitHive(hive, {
    logFormat: "HvLE",
    createLog,
    beforeWrite: (_, { primaryBytes }) => {
      expect(disk.events).toEqual([]);
      planned = primaryBytes();
    },
  });
  expect(Buffer.compare(planned as Uint8Array, disk.images().get(PRIMARY) as Uint8Array)).toBe(0);
  expect(report).toMatchObject({ written: true, recovered: false, createdLog: undefined });
  const written = disk.events.reduce((sum, event) => sum + (event.kind === "write" ? event.bytes.length : 0), 0);
  expect(report.bytesWritten).toBe(written);
});

test("a `.LOG` beside LOG1 and LOG2 is left alone; a missing LOG1 leaves LOG2 for the journal; no log at all: LOG1 is created", () => {
  const primary = cleanPrimary();
  const old = staleLog("DIRT", primary, 3);
  const three: Images = new Map([...withLogs(undefined), [`${PRIMARY}.LOG`, old]]);
  const first = commitOn(three, "HvLE", inPlace).disk;
  expect(first.images().get(`${PRIMARY}.LOG`)).toEqual(old);
  expect(new Set(first.events.map(({ file }) => file))).toEqual(new Set([PRIMARY, `${PRIMARY}.LOG1`]));

  const second = commitOn(
    new Map([
      [PRIMARY, primary],
      [`${PRIMARY}.LOG2`, new Uint8Array(0)],
    ]),
    "HvLE",
    inPlace,
  );
  expect(new Set(second.disk.events.map(({ file }) => file))).toEqual(new Set([PRIMARY, `${PRIMARY}.LOG2`]));

  const none = commitOn(new Map([[PRIMARY, primary]]), "HvLE", inPlace);
  expect(none.report.createdLog?.name).toBe(`${PRIMARY}.LOG1`);
});
