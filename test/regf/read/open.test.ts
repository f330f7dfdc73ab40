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

/** One of each code: test/regf/check/bad-hives.test.ts. */
describe("refused", () => {
  const text = encodeLatin1("Windows Registry Editor Version 5.00\r\n".repeat(400));
  const cases: readonly (readonly [string, Uint8Array, ProblemCode, string])[] = [
    ["a long text", text, "not-a-hive", 'it begins with "Wind"'],
    ["random bytes", noise(20_000), "not-a-hive", "it begins with 0x"],
    ["zeros", new Uint8Array(20_000), "not-a-hive", "it begins with 0x00000000"],
    ["two bytes", Uint8Array.from([0x72, 0x65]), "not-a-hive", 'it begins with "re"'],
    ["a short log", withBaseBlock(sample, { fileType: 1 }).subarray(0, 5000), "is-a-log", "(type 1)"],
    ["version 1.2", withBaseBlock(sample, { minor: 2 }), "unsupported-version", "Version 1.2"],
    ["2 GiB in a small file", withBaseBlock(sample, { hiveBinsSize: 0x7fff_f000 }), "truncated", "2147483648"],
  ];
  test.each(cases)("%s", (_what, bytes, code, part) => {
    const found = refusal(bytes);
    expect(found.code).toBe(code);
    expect(found.sentence).toContain(part);
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
