/** The declared structures agree with the bytes of a hive that Windows wrote, written out here by hand. */
import { describe, expect, test } from "vitest";
import { fromHex } from "../../../src/bytes/hex.ts";
import { BASE_BLOCK_HEADER, baseBlockChecksum } from "../../../src/regf/format/base-block.ts";
import { BIG_DATA, BIG_DATA_SEGMENT_CELL_SIZE, BIG_DATA_SEGMENT_SIZE } from "../../../src/regf/format/big-data.ts";
import { BIN_HEADER } from "../../../src/regf/format/bin.ts";
import { DIRTY_BITMAP_START, dirtyBitmapSize, dirtySectorsStart } from "../../../src/regf/format/dirty-vector.ts";
import { decodeName, encodeName, nameHash, nameHint } from "../../../src/regf/format/key-name.ts";
import { KEY_NODE, ROOT_FLAGS } from "../../../src/regf/format/key-node.ts";
import { LOG_ENTRY } from "../../../src/regf/format/log-entry.ts";
import { HIVE_BINS_START, NIL, toFile } from "../../../src/regf/format/offsets.ts";
import { SECURITY } from "../../../src/regf/format/security.ts";
import { VALUE_NODE } from "../../../src/regf/format/value-node.ts";

function view(hex: string): DataView {
  const bytes = fromHex(hex.replaceAll(/\s/g, ""));
  if (bytes === undefined) throw new Error("not hexadecimal");
  return new DataView(bytes.buffer);
}

test("a key of Windows 7: the root of a hive with a Russian subkey", () => {
  const key = KEY_NODE.decode(
    view(`6e6b 2c00 b022c954ef95d201 00000000 48070000 01000000 00000000 c8020000 ffffffff 00000000 ffffffff
          98000000 ffffffff 1400 0000 00000000 00000000 00000000 00000000 2600 0000`),
  );
  expect(key).toMatchObject({
    signature: "nk",
    flags: ROOT_FLAGS,
    lastWritten: 0x1d295ef54c922b0n,
    parent: 0x748,
    subkeyCount: 1,
    subkeys: 0x2c8,
    volatileSubkeys: NIL,
    valueCount: 0,
    values: NIL,
    security: 0x98,
    className: NIL,
    longestSubkeyName: 0x14,
    nameSize: 0x26,
    classNameSize: 0,
  });
});

test("its security descriptor", () => {
  expect(SECURITY.decode(view("736b 0000 a0010000 a0010000 01000000 90000000"))).toEqual({
    signature: "sk",
    reserved: 0,
    next: 0x1a0,
    previous: 0x1a0,
    referenceCount: 1,
    descriptorSize: 0x90,
  });
});

test("its bin", () => {
  expect(BIN_HEADER.decode(view("6862696e 00000000 00100000 0000000000000000 10f9f95cef95d201 00000000"))).toEqual({
    signature: "hbin",
    offset: 0,
    sizeBytes: 4096,
    reserved: 0n,
    lastWritten: 0x1d295ef5cf9f910n,
    spare: 0,
  });
});

test("a value with inline data", () => {
  expect(VALUE_NODE.decode(view("766b 0300 04000080 2a000000 04000000 0100 0000"))).toMatchObject({
    nameSize: 3,
    dataSize: 0x8000_0004,
    data: 42,
    type: 4,
    flags: 1,
  });
});

test("sizes that the format fixes", () => {
  const sizes = [BASE_BLOCK_HEADER, BIN_HEADER, KEY_NODE, VALUE_NODE, SECURITY, BIG_DATA, LOG_ENTRY].map(
    (it) => it.sizeBytes,
  );
  expect(sizes).toEqual([512, 32, 76, 20, 20, 8, 40]);
  // A full segment, with its cell's size, 4 spare bytes and its bin's header, fills 16 KiB.
  expect(BIG_DATA_SEGMENT_SIZE + 4 + 4).toBe(BIG_DATA_SEGMENT_CELL_SIZE);
  expect(BIG_DATA_SEGMENT_CELL_SIZE + BIN_HEADER.sizeBytes).toBe(16_384);
});

test("offsets in a file begin 4 KiB after those in the bins", () => {
  expect(HIVE_BINS_START).toBe(4096);
  expect(toFile(0x20)).toBe(0x1020);
});

describe("checksum", () => {
  test("is the XOR of the double words before it", () => {
    const block = new DataView(new ArrayBuffer(512));
    block.setUint32(0, 0x1234, true);
    block.setUint32(504, 0xff00_0000, true);
    block.setUint32(508, 0xdead_beef, true); // itself does not count
    expect(baseBlockChecksum(block)).toBe(0xff00_1234);
  });
  test("is never 0 and never FFFFFFFF", () => {
    const block = new DataView(new ArrayBuffer(512));
    expect(baseBlockChecksum(block)).toBe(1);
    block.setUint32(4, 0xffff_ffff, true);
    expect(baseBlockChecksum(block)).toBe(0xffff_fffe);
  });
});

describe("names", () => {
  test("are one byte a character where Latin-1 has it", () => {
    expect(encodeName("ëÿ")).toEqual({ bytes: Uint8Array.from([0xeb, 0xff]), compressed: true });
    expect(encodeName("Ÿ")).toEqual({ bytes: Uint8Array.from([0x78, 0x01]), compressed: false });
    expect(decodeName(Uint8Array.from([0xeb, 0xff]), true)).toBe("ëÿ");
    expect(decodeName(Uint8Array.from([0x78, 0x01]), false)).toBe("Ÿ");
  });

  test("hash: of the upper case, 37 times what came before, in 32 bits", () => {
    expect(nameHash("")).toBe(0);
    expect(nameHash("a")).toBe(0x41);
    expect(nameHash("ab")).toBe(0x41 * 37 + 0x42);
    expect(nameHash("ControlSet001")).toBe(nameHash("CONTROLSET001"));
    let hash = 0n;
    for (const unit of "CURRENTCONTROLSET") hash = (hash * 37n + BigInt(unit.charCodeAt(0))) % (1n << 32n);
    expect(nameHash("CurrentControlSet")).toBe(Number(hash));
    expect(nameHash("ключ")).toBe(nameHash("КЛЮЧ"));
  });

  test("hint: the first four characters as they are, or none", () => {
    expect(nameHint("Newest")).toBe(0x6577_654e);
    expect(nameHint("ab")).toBe(0x6261);
    expect(nameHint("ÿÿÿÿ")).toBe(0xffff_ffff);
    expect(nameHint("Ключ")).toBe(0);
    expect(nameHint("key𐐁")).toBe(0); // as a hive of Windows has it: TruncatedPairHive2
    expect(nameHint("abcdЖ")).toBe(0x6463_6261);
  });
});

test("the older log: a bit for a sector, a byte for a page, then the sectors on a sector's boundary", () => {
  expect(DIRTY_BITMAP_START).toBe(516);
  expect(dirtyBitmapSize(487_424)).toBe(119);
  expect(dirtySectorsStart(487_424)).toBe(1024);
  expect(dirtySectorsStart(508 * 4096)).toBe(1024); // the bitmap ends exactly on the boundary
  expect(dirtySectorsStart(509 * 4096)).toBe(1536);
});
