/** Undo: the former files bit for bit, and no power cut on the way leaves anything but the new tree or the former one. */
import { describe, expect, test } from "vitest";
import {
  commitHive,
  editHive,
  type FormerBytes,
  formerFiles,
  type LogFormat,
  openHive,
  restoreHive,
} from "../../../src/regf/index.ts";
import {
  binsAfter,
  binsOf,
  cleanPrimary,
  headerOf,
  staleLog,
  commitOn,
  createLogOn,
  filesOf,
  growing,
  inPlace,
  PRIMARY,
  SCENARIOS,
} from "../../support/commit-scenarios.ts";
import { baseBlockOf } from "../../../src/regf/log/base-block-of.ts";
import { outcomeOf } from "../../support/outcome.ts";
import { cutAfter, cuts, type Images, RecordedDisk } from "../../support/simulated-disk.ts";

function restoreOn(images: Images, former: FormerBytes, format: LogFormat) {
  const disk = new RecordedDisk(images);
  const report = restoreHive(filesOf(disk), former, { logFormat: format, createLog: createLogOn(disk, format) });
  const removed = new Set(report.removeLogs.map(({ name }) => name));
  return { disk, report, left: new Map([...disk.images()].filter(([name]) => !removed.has(name))) };
}

/** Bit for bit; a log that had grown ends in zeros, because logs are never truncated. */
function expectFormer(left: Images, start: Images): void {
  expect([...left.keys()].sort()).toEqual([...start.keys()].sort());
  for (const [name, bytes] of start) {
    const found = left.get(name) as Uint8Array;
    if (name === PRIMARY) expect(found.length).toBe(bytes.length);
    expect({ name, order: Buffer.compare(found.subarray(0, bytes.length), bytes) }).toEqual({ name, order: 0 });
    expect(found.subarray(bytes.length).every((byte) => byte === 0)).toBe(true);
  }
}

describe.each(SCENARIOS)("$name", ({ format, start }) => {
  test.each([
    ["in place", inPlace],
    ["growing", growing],
  ] as const)("%s", (_, edit) => {
    const images = start();
    const { disk, former } = commitOn(images, format, edit);
    const committed = disk.images();
    const [before, after] = [binsOf(committed), binsOf(images)];
    expect(Buffer.compare(before, binsAfter(images, edit))).toBe(0);

    const held = formerFiles(filesOf(disk), former as FormerBytes);
    expect(Buffer.compare(held.primary.read(0, held.primary.size()), images.get(PRIMARY) as Uint8Array)).toBe(0);

    const undo = restoreOn(committed, former as FormerBytes, format);
    expect(undo.report.written).toBe(true);
    expectFormer(undo.left, images);

    // A second time there is nothing to do.
    const second = restoreOn(undo.left, former as FormerBytes, format);
    expectFormer(second.left, images);

    const { events } = undo.disk;
    let reruns = 0;
    for (let count = 0; count <= events.length; count++) {
      cuts(count * 7, 3).forEach((cut, index) => {
        const left = cutAfter(committed, events, count, cut);
        const found = outcomeOf(left, before, after);
        if (found === "neither")
          throw new Error(`cut ${index} after ${count} of ${events.length} events leaves neither`);
        if (count === events.length) expect(found).toBe("new");
        if ((count + index) % 8 !== 0) return;
        reruns++;
        expectFormer(restoreOn(left, former as FormerBytes, format).left, images);
      });
    }
    expect(reruns).toBeGreaterThan(5);
  });

  test("every way in which a base block can be torn", () => {
    const images = start();
    const { disk, former } = commitOn(images, format, inPlace);
    const committed = disk.images();
    const [before, after] = [binsOf(committed), binsOf(images)];
    const { events } = restoreOn(committed, former as FormerBytes, format).disk;
    events.forEach((event, index) => {
      if (event.kind !== "write" || event.file !== PRIMARY || event.offset !== 0) return;
      for (const cut of cuts(index, 36)) {
        const found = outcomeOf(cutAfter(committed, events, index + 1, cut), before, after);
        if (found === "neither") throw new Error(`a cut in event ${index} of ${events.length} leaves neither`);
      }
    });
  });

  test("after a power cut in the commit itself", () => {
    const images = start();
    const { disk, former } = commitOn(images, format, growing);
    for (let count = 1; count < disk.events.length; count += 5) {
      const [, , mixed] = cuts(count, 1);
      const left = cutAfter(images, disk.events, count, mixed ?? { choose: () => 0 });
      // A file that a cut left shorter than it was would be the disk's fault; here only what was added can be missing.
      expectFormer(restoreOn(left, former as FormerBytes, format).left, images);
    }
  });
});

test("former bytes of another hive are refused", () => {
  const [first] = SCENARIOS.filter(({ format }) => format === "HvLE");
  const images = first?.start() as Images;
  const { disk, former } = commitOn(images, "HvLE", inPlace);
  const [primary, ...logs] = (former as FormerBytes).files;
  const restore = (bytes: FormerBytes) =>
    restoreHive(filesOf(disk), bytes, { logFormat: "HvLE", createLog: createLogOn(disk, "HvLE") });
  const unusable = expect.objectContaining({ code: "former-bytes-unusable", afterPointOfCommit: false });
  const before = disk.events.length;
  expect(() => restore({ files: logs })).toThrowError(unusable);
  expect(() => restore({ files: [{ ...(primary as (typeof logs)[0]), sizeBytes: 1 << 30 }] })).toThrowError(unusable);
  const torn = { ...(primary as (typeof logs)[0]), regions: [{ offset: 4096, bytes: new Uint8Array(4096) }] };
  expect(() => restore({ files: [torn, ...logs] })).toThrowError(unusable);
  expect(disk.events).toHaveLength(before);
  expect(openHive(filesOf(disk)).root.name).toBe("ROOT");
});

test("a dirty hive that was accepted as it stood: committed clean, and undone to what it was", () => {
  const whole = cleanPrimary();
  const primary = whole.slice();
  primary.set(baseBlockOf(headerOf(whole), { sequences: [41, 40] }));
  // Sound in itself, but older than the hive: it was not replayed, and must not be once the hive is written.
  const start: Images = new Map([
    [PRIMARY, primary],
    [`${PRIMARY}.LOG1`, staleLog("HvLE", whole, 30)],
  ]);
  const disk = new RecordedDisk(start);
  const hive = openHive(filesOf(disk), { acceptDirty: true });
  growing(editHive(hive, { now: 1n }));
  let former: FormerBytes | undefined;
  const report = commitHive(hive, {
    logFormat: "HvLE",
    createLog: createLogOn(disk, "HvLE"),
    beforeWrite: (bytes) => {
      former = bytes;
    },
  });
  expect(report).toMatchObject({ written: true, recovered: true });
  expect(openHive(filesOf(disk)).root.open("Key 10\\New\\Deeper")).toBeDefined();
  expectFormer(restoreOn(disk.images(), former as FormerBytes, "HvLE").left, start);
});
