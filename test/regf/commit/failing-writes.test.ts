/** Every single operation fails once: the error says truly on which side of the point of commit, and the hive is the old one or the new one accordingly. */
import { describe, expect, test } from "vitest";
import { CommitError, commitHive, editHive, type LogFormat, openHive } from "../../../src/regf/index.ts";
import { type Storage, StorageError } from "../../../src/storage/storage.ts";
import {
  binsAfter,
  binsOf,
  type Edit,
  filesOf,
  growing,
  growingByOneBin,
  inPlace,
  logNames,
  PRIMARY,
  SCENARIOS,
} from "../../support/commit-scenarios.ts";
import { outcomeOf } from "../../support/outcome.ts";
import { type Images, RecordedDisk } from "../../support/simulated-disk.ts";
import { START_STATES } from "../../support/start-states.ts";

/** How the one operation fails: nothing of it is done, half of it, or (a flush that reports an error) all of it. */
type Manner = "nothing" | "half" | "all";

class FailingFiles {
  /** Operations until one fails. */
  #left: number;
  readonly #manner: Manner;

  constructor(left: number, manner: Manner) {
    this.#left = left;
    this.#manner = manner;
  }

  wrap(storage: Storage): Storage {
    return {
      name: storage.name,
      size: () => storage.size(),
      read: (offset, length) => storage.read(offset, length),
      write: (offset, bytes) =>
        this.#attempt(storage.name, "write", (share) => storage.write(offset, bytes.subarray(0, bytes.length * share))),
      grow: (size) =>
        this.#attempt(storage.name, "grow", (share) =>
          storage.grow(storage.size() + Math.max(0, size - storage.size()) * share),
        ),
      truncate: (size) => this.#attempt(storage.name, "truncate", () => storage.truncate(size)),
      flush: () => this.#attempt(storage.name, "flush", () => storage.flush()),
      close: () => storage.close(),
    };
  }

  #attempt(name: string, operation: "write" | "grow" | "truncate" | "flush", act: (share: number) => void): void {
    const fails = this.#left-- === 0;
    if (!fails) {
      act(1);
      return;
    }
    if (this.#manner !== "nothing") act(this.#manner === "half" ? 0.5 : 1);
    throw new StorageError(name, operation, "No space left on device");
  }
}

function commitFailing(
  images: Images,
  format: (typeof SCENARIOS)[number]["format"],
  edit: Edit,
  left: number,
  manner: Manner,
) {
  const disk = new RecordedDisk(images);
  const failing = new FailingFiles(left, manner);
  const files = filesOf(disk);
  const hive = openHive({ primary: failing.wrap(files.primary), logs: files.logs.map((log) => failing.wrap(log)) });
  edit(editHive(hive, { now: 77n }));
  try {
    commitHive(hive, {
      logFormat: format,
      createLog: () => failing.wrap(disk.create(logNames(format)[0] as string)),
    });
  } catch (error) {
    return { disk, error };
  }
  return { disk, error: undefined };
}

describe.each(SCENARIOS)("$name", ({ format, start }) => {
  test.each([
    ["in place", inPlace],
    ["growing", growing],
  ] as const)("%s", (_, edit) => {
    const images = start();
    const [before, after] = [binsOf(images), binsAfter(images, edit)];
    for (const [first, manner] of (["nothing", "half", "all"] as const).entries()) {
      const seen: boolean[] = [];
      // Every operation in one of the manners, and all of them over the scenarios.
      for (let left = first % 2; ; left += 2) {
        const { disk, error } = commitFailing(images, format, edit, left, manner);
        if (error === undefined) break;
        if (!(error instanceof CommitError)) throw error;
        expect(error.code).toBe("storage");
        expect(error.message).toContain(PRIMARY);
        seen.push(error.afterPointOfCommit);
        expect({ left, found: outcomeOf(disk.images(), before, after) }).toEqual({
          left,
          found: error.afterPointOfCommit ? "new" : "old",
        });
      }
      // First before, then after, each at least once.
      expect(seen.join().replaceAll(/(\w+)(,\1)+/g, "$1")).toBe("false,true");
    }
  });
});

/** Files on a disk that goes wrong in its own way; what is not given goes on as before. */
function commitOnFiles(
  images: Images,
  format: LogFormat,
  edit: Edit,
  wrap: (storage: Storage, disk: RecordedDisk) => Partial<Storage>,
  onOpened: () => void = () => {},
) {
  const disk = new RecordedDisk(images);
  const wrapped = (storage: Storage): Storage => ({ ...storage, ...wrap(storage, disk) });
  const files = filesOf(disk);
  const hive = openHive({ primary: wrapped(files.primary), logs: files.logs.map(wrapped) });
  edit(editHive(hive, { now: 77n }));
  onOpened();
  try {
    const createLog = () => wrapped(disk.create(logNames(format)[0] as string));
    commitHive(hive, { logFormat: format, createLog });
  } catch (error) {
    if (!(error instanceof CommitError)) throw error;
    return { disk, error };
  }
  return { disk, error: undefined };
}

describe.each(START_STATES)("$name", ({ format, start }) => {
  test("every read fails once", () => {
    const images = start();
    const [before, after] = [binsOf(images), binsAfter(images, growingByOneBin)];
    const seen: boolean[] = [];
    for (let left = 0; ; left++) {
      let reads = Number.NEGATIVE_INFINITY;
      const wrap = (storage: Storage): Partial<Storage> => ({
        read(offset, length) {
          if (reads++ === left) throw new StorageError(storage.name, "read", "Input/output error");
          return storage.read(offset, length);
        },
      });
      const { disk, error } = commitOnFiles(images, format, growingByOneBin, wrap, () => {
        reads = 0;
      });
      if (error === undefined) break;
      expect(error).toMatchObject({ code: "storage" });
      seen.push(error.afterPointOfCommit);
      const found = outcomeOf(disk.images(), before, after);
      expect({ left, found }).toEqual({ left, found: error.afterPointOfCommit ? "new" : "old" });
    }
    expect(seen.join().replaceAll(/(\w+)(,\1)+/g, "$1")).toBe("false,true");
  });

  test("a disk with room for so many bytes more: nothing takes room after the point of commit", () => {
    const images = start();
    const [before, after] = [binsOf(images), binsAfter(images, growing)];
    let isEnough = false;
    for (let room = 0; !isEnough; room += 16_384) {
      let left = room;
      const take = (storage: Storage, end: number): void => {
        const more = Math.max(0, end - storage.size());
        const taken = Math.min(more, left);
        left -= taken;
        if (taken === more) return;
        storage.grow(storage.size() + taken);
        throw new StorageError(storage.name, "grow", "No space left on device");
      };
      const { disk, error } = commitOnFiles(images, format, growing, (storage) => ({
        grow(size) {
          take(storage, size);
          storage.grow(size);
        },
        write(offset, bytes) {
          take(storage, offset + bytes.length);
          storage.write(offset, bytes);
        },
      }));
      isEnough = error === undefined;
      if (!isEnough) expect(error).toMatchObject({ code: "storage", afterPointOfCommit: false });
      expect(outcomeOf(disk.images(), before, after)).toBe(isEnough ? "new" : "old");
    }
  });
});

test("a log that cannot be made leaves the old hive", () => {
  const disk = new RecordedDisk(SCENARIOS[0]?.start() as Images);
  const hive = openHive(filesOf(disk));
  growing(editHive(hive));
  const createLog = (): never => {
    throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
  };
  expect(() => commitHive(hive, { logFormat: "HvLE", createLog })).toThrowError(
    expect.objectContaining({ code: "storage", afterPointOfCommit: false }),
  );
});

describe("a disk that is gone from one moment on, for reading too", () => {
  test.each(SCENARIOS)("$name", ({ format, start }) => {
    const images = start();
    const [before, after] = [binsOf(images), binsAfter(images, growing)];
    for (let left = 0; ; left++) {
      let done = 0;
      let isGone = false;
      const gone = (storage: Storage, operation: "read" | "write" | "flush"): void => {
        if (operation !== "read") isGone ||= done++ === left;
        if (isGone) throw new StorageError(storage.name, operation, "No such device");
      };
      const { disk, error } = commitOnFiles(images, format, growing, (storage) => ({
        read(offset, length) {
          gone(storage, "read");
          return storage.read(offset, length);
        },
        write(offset, bytes) {
          gone(storage, "write");
          storage.write(offset, bytes);
        },
        flush() {
          gone(storage, "flush");
          storage.flush();
        },
      }));
      if (error === undefined) break;
      const found = outcomeOf(disk.images(), before, after);
      // Where the arming write itself failed nobody can look: it is said to be after, so that nobody relies on the old hive.
      if (found === "new") expect(error.afterPointOfCommit).toBe(true);
      if (!error.afterPointOfCommit) expect(found).toBe("old");
      expect(found).not.toBe("neither");
    }
  });
});

describe("another program writes to the files while they are written", () => {
  const { start, format } = SCENARIOS[1] as (typeof SCENARIOS)[number];

  /** Writes once, after so many operations. */
  function withIntruder(after: number, intrude: (disk: RecordedDisk) => void) {
    const images = start();
    let done = 0;
    const count = (disk: RecordedDisk): void => {
      if (done++ === after) intrude(disk);
    };
    const { disk, error } = commitOnFiles(images, format, inPlace, (storage, disk) => ({
      flush() {
        storage.flush();
        count(disk);
      },
    }));
    return { disk, error, images };
  }

  test("before the point of commit: it is not armed, and what the other wrote stays", () => {
    const mark = Uint8Array.of(0x77);
    const { disk, error } = withIntruder(0, (it) => it.storage(PRIMARY).write(4096 * 7 + 100, mark));
    expect(error).toMatchObject({ code: "unarmed-differs", afterPointOfCommit: false });
    const left = disk.images().get(PRIMARY) as Uint8Array;
    expect([left[4], left[8], left[4096 * 7 + 100]]).toEqual([40, 40, 0x77]);
  });

  test("before the point of commit, in the journal", () => {
    const log = logNames(format)[0] as string;
    const { disk, error, images } = withIntruder(1, (it) => it.storage(log).write(700, Uint8Array.of(0x77)));
    expect(error).toMatchObject({ code: "unarmed-differs", afterPointOfCommit: false });
    expect(disk.images().get(PRIMARY)).toEqual(images.get(PRIMARY));
  });

  test("after the point of commit", () => {
    const { error } = withIntruder(3, (it) => it.storage(PRIMARY).write(4096 * 7 + 100, Uint8Array.of(0x77)));
    expect(error).toMatchObject({ code: "read-back-differs", afterPointOfCommit: true });
  });
});

test("what was read back differs", () => {
  const { start, format } = SCENARIOS[1] as (typeof SCENARIOS)[number];
  const disk = new RecordedDisk(start());
  const { primary, logs } = filesOf(disk);
  let writes = 0;
  // A disk that loses one write of a page and says nothing.
  const losing: Storage = {
    ...primary,
    write: (offset, bytes) => {
      if (offset === 0 || writes++ > 0) primary.write(offset, bytes);
    },
  };
  const hive = openHive({ primary: losing, logs });
  inPlace(editHive(hive));
  expect(() => commitHive(hive, { logFormat: format, createLog: () => losing })).toThrowError(
    expect.objectContaining({ code: "read-back-differs", afterPointOfCommit: true }),
  );
});
