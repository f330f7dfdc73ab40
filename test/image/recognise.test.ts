/** What a file is, told by its first bytes: every kind, and no kind of bytes that is too much. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLogName, RECOGNISE_BYTES, recognise } from "../../src/image/recognise.ts";

/** `text` in Latin-1 at `offset`, zeros before and after it. */
function bytesWith(text: string, offset = 0, size = 4096): Uint8Array {
  const bytes = new Uint8Array(Math.max(size, offset + text.length));
  bytes.set(Buffer.from(text, "latin1"), offset);
  return bytes;
}

describe("kinds", () => {
  test.each([
    ["empty", new Uint8Array()],
    ["hive", bytesWith("regf")],
    ["wim", bytesWith("MSWIM\0\0\0")],
    ["wim", bytesWith("WLPWM\0\0\0")],
    ["vhdx", bytesWith("vhdxfile")],
    ["vhd", bytesWith("conectix")],
    ["qcow2", bytesWith("QFI\xfb")],
    ["vmdk", bytesWith("KDMV")],
    ["vmdk", bytesWith("# Disk DescriptorFile\nversion=1\n")],
    ["reg-text", bytesWith("Windows Registry Editor Version 5.00\r\n", 0, 0)],
    ["reg-text", Buffer.from("\ufeffWindows Registry Editor Version 5.00\r\n", "utf16le")],
    ["reg-text", bytesWith("REGEDIT4\r\n", 0, 0)],
    ["iso", bytesWith("CD001", 0x8001)],
    ["disk", bytesWith("EFI PART", 512)],
    ["disk", bytesWith("\x55\xaa", 510)],
    ["text", Buffer.from("hello, world\r\n\tand ünicode")],
    ["text", Buffer.from("\ufeffhello", "utf16le")],
    ["unknown", bytesWith("\x01\x02\x03")],
    ["unknown", Buffer.from("caf\xe9 in Latin-1", "latin1")],
  ] as const)("%s", (kind, bytes) => {
    expect(recognise(bytes, "SYSTEM")).toBe(kind);
  });

  test("a volume of NTFS or BitLocker, although it ends its first sector as a disk does", () => {
    for (const [kind, signature] of [
      ["ntfs", "NTFS    "],
      ["bitlocker", "-FVE-FS-"],
    ] as const) {
      const bytes = bytesWith(signature, 3);
      bytes.set([0x55, 0xaa], 510);
      expect(recognise(bytes, "disk.img")).toBe(kind);
    }
  });

  test("text that is cut in the middle of a character is text still", () => {
    const text = Buffer.from("ü".repeat(400));
    expect(recognise(text.subarray(0, 511), "x")).toBe("text");
    expect(recognise(text.subarray(0, 4096), "x")).toBe("text");
  });
});

test("a base block of a log's type is a log only under a log's name: else it is a hive that its logs may repair", () => {
  for (const type of [1, 2, 6]) {
    const bytes = bytesWith("regf");
    bytes[28] = type;
    expect(recognise(bytes, "SYSTEM.LOG1")).toBe("hive-log");
    expect(recognise(bytes, "SYSTEM")).toBe("hive");
  }
  expect(recognise(bytesWith("regf"), "SYSTEM.LOG1")).toBe("hive");
});

test("names of logs", () => {
  expect(["SYSTEM.LOG", "system.log1", "NTUSER.DAT.LOG2"].every(isLogName)).toBe(true);
  expect(["SYSTEM", "SYSTEM.LOG3", "LOG1", "SYSTEM.LOG1.bak"].some(isLogName)).toBe(false);
});

test("any bytes have a kind, and signatures win over text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1100 }), fc.string(), (bytes, name) => {
      expect(recognise(bytes, name)).toEqual(expect.any(String));
      const hive = new Uint8Array([...Buffer.from("regf"), ...bytes]);
      expect(["hive", "hive-log"]).toContain(recognise(hive, name));
    }),
  );
  expect(RECOGNISE_BYTES).toBe(0x8001 + "CD001".length);
});
