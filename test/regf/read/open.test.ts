/** What is no hive, not a whole one, or not one that is supported, is refused with a code and a sentence that say which. */
import { describe, expect, test } from "vitest";
import { encodeLatin1 } from "../../../src/bytes/utf16.ts";
import { HiveError, openHive, type ProblemCode } from "../../../src/regf/index.ts";
import { openFile } from "../../../src/storage/file.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { type Storage, StorageError } from "../../../src/storage/storage.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { openBytes, sampleHive, withBaseBlock } from "../../support/sample-hive.ts";

const sample = sampleHive();

function refusal(bytes: Uint8Array, acceptDirty = false): { code: ProblemCode; sentence: string; at: number } {
  try {
    openBytes(bytes, [], acceptDirty);
  } catch (error) {
    if (!(error instanceof HiveError)) throw error;
    return { code: error.problem.code, sentence: error.message, at: error.problem.at };
  }
  throw new Error("it was opened");
}

/** Bytes that repeat late, without anybody's meaning. */
function noise(size: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}

describe("refused", () => {
  const text = encodeLatin1("Windows Registry Editor Version 5.00\r\n".repeat(400));
  const cases: readonly (readonly [string, Uint8Array, ProblemCode, string])[] = [
    ["an empty file", new Uint8Array(0), "empty-file", "The file is empty"],
    ["a short text", text.subarray(0, 37), "not-a-hive", 'it begins with "Wind"'],
    ["a long text", text, "not-a-hive", 'it begins with "Wind"'],
    ["random bytes", noise(20_000), "not-a-hive", "it begins with 0x"],
    ["zeros", new Uint8Array(20_000), "not-a-hive", "it begins with 0x00000000"],
    ["two bytes", Uint8Array.from([0x72, 0x65]), "not-a-hive", 'it begins with "re"'],
    ["the first 100 bytes", sample.subarray(0, 100), "short-file", "it has only 100 of at least 8192 bytes"],
    ["the first 5000 bytes", sample.subarray(0, 5000), "truncated", "at least 8192 bytes, and has 5000"],
    [
      "all but the last byte",
      sample.subarray(0, -1),
      "truncated",
      `at least ${sample.length} bytes, and has ${sample.length - 1}`,
    ],
    ["a log", withBaseBlock(sample, { fileType: 6 }), "is-a-log", "the log of a registry hive (type 6)"],
    ["an older log", withBaseBlock(sample, { fileType: 1 }), "is-a-log", "(type 1)"],
    ["a short log", withBaseBlock(sample, { fileType: 1 }).subarray(0, 5000), "is-a-log", "(type 1)"],
    [
      "version 1.1",
      withBaseBlock(sample, { minor: 1 }),
      "unsupported-version",
      "Version 1.1 of the hive format is not supported",
    ],
    ["version 1.2", withBaseBlock(sample, { minor: 2 }), "unsupported-version", "Version 1.2"],
    ["version 1.7", withBaseBlock(sample, { minor: 7 }), "unsupported-version", "Version 1.7"],
    ["version 2.5", withBaseBlock(sample, { major: 2 }), "unsupported-version", "Version 2.5"],
    [
      "a type of file that nobody knows",
      withBaseBlock(sample, { fileType: 3 }),
      "unsupported-base-block",
      "file type is 3 instead of 0",
    ],
    [
      "another format",
      withBaseBlock(sample, { fileFormat: 0 }),
      "unsupported-base-block",
      "file format is 0 instead of 1",
    ],
    [
      "another cluster",
      withBaseBlock(sample, { clusteringFactor: 8 }),
      "unsupported-base-block",
      "clustering factor is 8 instead of 1",
    ],
    ["no bins", withBaseBlock(sample, { hiveBinsSize: 0 }), "bad-bins-size", "the bins have 0 bytes"],
    ["half a page of bins", withBaseBlock(sample, { hiveBinsSize: 6144 }), "bad-bins-size", "6144"],
    ["4 GiB in a small file", withBaseBlock(sample, { hiveBinsSize: 0xffff_f000 }), "bad-bins-size", "4294963200"],
    ["2 GiB in a small file", withBaseBlock(sample, { hiveBinsSize: 0x7fff_f000 }), "truncated", "2147483648"],
    ["dirty", withBaseBlock(sample, { secondarySequence: 0 }), "dirty-without-logs", "its sequences are 1 and 0"],
  ];
  test.each(cases)("%s", (_what, bytes, code, part) => {
    const found = refusal(bytes);
    expect(found.code).toBe(code);
    expect(found.sentence).toContain(part);
  });

  test("a wrong checksum", () => {
    const bytes = sample.slice();
    bytes[0x30] = (bytes[0x30] ?? 0) ^ 1;
    expect(refusal(bytes)).toMatchObject({ code: "dirty-without-logs", at: 508 });
    expect(refusal(bytes).sentence).toContain(
      "its base block's checksum is wrong), and no log can complete it: there are none",
    );
  });
});

describe("acceptDirty takes a dirty hive as it stands", () => {
  test("sequences that differ, or a wrong checksum", () => {
    const sequences = openBytes(withBaseBlock(sample, { primarySequence: 9 }), [], true);
    expect(sequences.recovery).toMatchObject({
      dirty: true,
      acceptedDirty: true,
      replayed: [],
      primarySequence: 9,
      secondarySequence: 1,
    });
    expect(sequences.root.subkey("Alpha")).toBeDefined();
    const checksum = sample.slice();
    checksum[0x30] = (checksum[0x30] ?? 0) ^ 1;
    expect(openBytes(checksum, [], true).recovery).toMatchObject({ acceptedDirty: true, baseBlockValid: false });
  });

  test("but not what is no hive, not whole, or not supported", () => {
    const dirty = { primarySequence: 9 };
    expect(refusal(noise(20_000), true).code).toBe("not-a-hive");
    expect(refusal(withBaseBlock(sample, { ...dirty, minor: 1 }), true).code).toBe("unsupported-version");
    expect(refusal(withBaseBlock(sample, { ...dirty, hiveBinsSize: 0x7fff_f000 }), true).code).toBe("truncated");
    const damaged = withBaseBlock(sample, { hiveBinsSize: 0x7fff_f001 });
    damaged[508] = (damaged[508] ?? 0) ^ 1;
    expect(refusal(damaged, true).code).toBe("bad-bins-size");
  });

  test("and a clean hive is not called dirty", () => {
    expect(openBytes(sample, [], true).recovery).toMatchObject({ dirty: false, acceptedDirty: false });
  });
});

test("a fault of the system is not called one of the hive", () => {
  const failing: Storage = new (class extends MemoryStorage {
    override read(offset: number, length: number): Uint8Array {
      if (offset >= 4096) throw new StorageError("disk", "read", "I/O error");
      return super.read(offset, length);
    }
  })("disk", sample);
  const hive = openHive({ primary: failing, logs: [] });
  expect(() => hive.root).toThrow(StorageError);
});

test("opening reads what it needs", () => {
  let readBytes = 0;
  const watched = new (class extends MemoryStorage {
    override read(offset: number, length: number): Uint8Array {
      readBytes += length;
      return super.read(offset, length);
    }
  })("sample", sample);
  const hive = openHive({ primary: watched, logs: [] });
  expect(readBytes).toBe(512);
  expect(hive.root.value("")?.type).toBe(1);
  expect(readBytes).toBeLessThan(sample.length);
});

test("trailing bytes behind the bins are no part of the hive", () => {
  const longer = new Uint8Array(sample.length + 5000).fill(0xee);
  longer.set(sample);
  expect(openBytes(longer).bins.sizeBytes).toBe(sample.length - 4096);
});

describeWithRealHives("real hives that cannot be taken", () => {
  test.each([
    ["system/win81-x64-virtualbox-dirty.hiv", "dirty-without-logs"],
    ["system/win10-1903-vmware-dirty.hiv", "dirty-without-logs"],
    ["odd/TruncatedHive", "truncated"],
    ["odd/TruncatedDirtyHive", "dirty-without-logs"],
    ["odd/OldLogWithRemnantData", "is-a-log"],
    ["odd/GarbageHive", "dirty-without-logs"],
  ])("%s: %s", (path, code) => {
    const primary = openFile(realHive(path), "read");
    expect(() => openHive({ primary, logs: [] })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code }) }),
    );
    primary.close();
  });
});
