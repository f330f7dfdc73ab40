/** Every single operation fails once: the error says truly on which side of the point of commit, and the hive is the old one or the new one accordingly. */
import { describe, expect, test } from "vitest";
import { CommitError, commitHive, editHive, openHive } from "../../../src/regf/index.ts";
import { type Storage, StorageError } from "../../../src/storage/storage.ts";
import {
  binsAfter,
  binsOf,
  type Edit,
  filesOf,
  growing,
  inPlace,
  logNames,
  PRIMARY,
  SCENARIOS,
} from "../../support/commit-scenarios.ts";
import { outcomeOf } from "../../support/outcome.ts";
import { type Images, RecordedDisk } from "../../support/simulated-disk.ts";

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
