/** Memory and file keep the same contract. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { openFile } from "../../src/storage/file.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";
import { type Storage, StorageError } from "../../src/storage/storage.ts";

const folder = mkdtempSync(join(tmpdir(), "pint-storage-"));
afterAll(() => rmSync(folder, { recursive: true }));
let fileCount = 0;

function newFile(bytes: Uint8Array): string {
  const path = join(folder, `file-${fileCount++}`);
  writeFileSync(path, bytes);
  return path;
}

const kinds: readonly [string, (bytes: Uint8Array) => Storage][] = [
  ["memory", (bytes) => new MemoryStorage("memory", bytes)],
  ["file", (bytes) => openFile(newFile(bytes), "read-write")],
];

describe.each(kinds)("%s", (_name, make) => {
  test("behaves as an array of bytes", () => {
    const action = fc.oneof(
      fc.record({ do: fc.constant("write" as const), at: fc.nat(300), bytes: fc.uint8Array({ maxLength: 100 }) }),
      fc.record({ do: fc.constant("grow" as const), at: fc.nat(400), bytes: fc.constant(new Uint8Array(0)) }),
      fc.record({ do: fc.constant("truncate" as const), at: fc.nat(400), bytes: fc.constant(new Uint8Array(0)) }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(action, { maxLength: 8 }), (initial, actions) => {
        const storage = make(initial);
        let model: Uint8Array = initial.slice();
        const sized = (size: number): Uint8Array => {
          const next = new Uint8Array(size);
          next.set(model.subarray(0, size));
          return next;
        };
        for (const { do: name, at, bytes } of actions) {
          if (name === "write") {
            storage.write(at, bytes);
            if (bytes.length > 0) model = sized(Math.max(model.length, at + bytes.length));
            model.set(bytes, bytes.length > 0 ? at : 0);
          } else if (name === "grow") {
            storage.grow(at);
            model = sized(Math.max(model.length, at));
          } else {
            storage.truncate(at);
            model = sized(at);
          }
          storage.flush();
        }
        expect(storage.size()).toBe(model.length);
        expect(storage.read(0, model.length)).toEqual(model);
        storage.close();
      }),
      { numRuns: 60 },
    );
  });

  test("writing nothing changes nothing", () => {
    const storage = make(Uint8Array.from([1]));
    storage.write(100, new Uint8Array(0));
    expect(storage.size()).toBe(1);
  });

  test("what is not there cannot be read", () => {
    const storage = make(Uint8Array.from([1, 2, 3]));
    expect(storage.read(1, 2)).toEqual(Uint8Array.from([2, 3]));
    expect(() => storage.read(2, 2)).toThrow(StorageError);
    expect(() => storage.read(4, 0)).not.toThrow(TypeError);
  });
});

describe("file", () => {
  test("what is not there, and a folder, cannot be opened", () => {
    expect(() => openFile(join(folder, "nothing"), "read")).toThrow(StorageError);
    expect(() => openFile(folder, "read")).toThrow("it is a folder");
  });

  test("a device is not a file", () => {
    expect(() => openFile("/dev/null", "read")).toThrow("it is not a file");
  });

  test("opened for reading it is not written", () => {
    const path = newFile(Uint8Array.from([1]));
    const storage = openFile(path, "read");
    expect(() => storage.write(0, Uint8Array.from([2]))).toThrow(StorageError);
    expect([...readFileSync(path)]).toEqual([1]);
  });

  test("opening for writing changes nothing: neither the size nor the mode", () => {
    const path = newFile(Uint8Array.from([1, 2, 3]));
    chmodSync(path, 0o640);
    openFile(path, "read-write").close();
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  });

  test("closed, it says so; closing twice is nothing", () => {
    const storage = openFile(newFile(new Uint8Array(4)), "read");
    storage.close();
    storage.close();
    expect(() => storage.size()).toThrow("it is closed");
    expect(() => storage.read(0, 1)).toThrow(StorageError);
  });
});

describe("memory", () => {
  test("shares no bytes with anyone", () => {
    const given = Uint8Array.from([1, 2]);
    const storage = new MemoryStorage("m", given);
    given[0] = 9;
    storage.bytes()[1] = 9;
    storage.read(0, 2)[0] = 9;
    expect(storage.bytes()).toEqual(Uint8Array.from([1, 2]));
    const buffer = Buffer.from([1, 2]); // whose slice() shares
    const ofBuffer = new MemoryStorage("m", buffer);
    buffer[0] = 9;
    expect(ofBuffer.bytes()).toEqual(Uint8Array.from([1, 2]));
  });
});
