/** A receipt comes back from its document byte for byte; one that is not whole is refused; none replaces another. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import fs from "fs-extra";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { fileTime, timeStamp } from "../../src/apply/file-time.ts";
import { packRegions, unpackRegions } from "../../src/apply/receipt/packed-bytes.ts";
import type { Receipt } from "../../src/apply/receipt/receipt.ts";
import { formatReceipt, parseReceipt } from "../../src/apply/receipt/document.ts";
import type { ReceiptPlace } from "../../src/apply/receipt/put.ts";
import { listReceipts, readReceipt, writeReceipt } from "../../src/apply/receipt/store.ts";
import type { Guid } from "../../src/notation/guid.ts";
import { failureOf } from "../support/failures.ts";
import { LINUX } from "../support/hosts.ts";
import { makePipe, newFolder, writeFileIn } from "../support/folders.ts";

const HASH = "0123456789abcdef".repeat(4);

const RECEIPT: Receipt = {
  pintReceipt: 1,
  tool: "pint-offline 1.2.3",
  at: "2026-03-01T12:34:56.789Z",
  image: { path: "D:\\", kind: "folder", hive: "D:\\Windows\\System32\\config\\SYSTEM" },
  forced: ["hibernated"],
  before: { sha256: HASH, sizeBytes: 8192, binsSha256: HASH },
  logsBefore: [{ name: "SYSTEM.LOG1", sizeBytes: 0, sha256: HASH }],
  after: { sha256: HASH, sizeBytes: 12_288, binsSha256: HASH },
  sources: [
    {
      source: {
        number: 1,
        name: "LAN",
        guid: "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}" as Guid,
        addresses: ["10.0.0.1/24"],
      },
      outcome: "moved",
      reason: "by order",
      target: { addresses: [] },
      matchedBy: "order",
    },
  ],
  changes: [
    { kind: "create-key", key: "ControlSet001\\X" },
    { kind: "set-value", key: "ControlSet001\\X", name: "", type: "REG_SZ", data: "text", was: null },
    {
      kind: "set-value",
      key: "ControlSet001\\X",
      name: "n",
      type: 0xffff0007,
      data: { hex: "0700" },
      was: { type: "REG_DWORD", data: 1 },
    },
    { kind: "delete-value", key: "ControlSet001\\X", name: "m", was: { type: "REG_MULTI_SZ", data: ["a"] } },
    { kind: "delete-key", key: "ControlSet001\\X" },
  ],
  exitCode: 25,
  logFormat: "HvLE",
  former: {
    files: [
      {
        role: "primary",
        existed: true,
        sizeBytes: 8192,
        regions: [
          { offset: 0, bytes: new Uint8Array(512).fill(1) },
          { offset: 4096, bytes: new Uint8Array([1, 2, 3]) },
        ],
      },
      { role: "log1", existed: true, sizeBytes: 0, regions: [] },
      { role: "log2", existed: false, sizeBytes: 0, regions: [] },
    ],
  },
};

test("what was written is read", () => {
  const text = formatReceipt(RECEIPT);
  expect(parseReceipt(text, "r.json")).toEqual({ ...RECEIPT, $schema: "urn:pint-offline:receipt:1" });
  expect(formatReceipt(parseReceipt(text, "r.json"))).toBe(text);
  expect(Object.keys(JSON.parse(text)).slice(0, 2)).toEqual(["$schema", "pintReceipt"]);
});

test("any former bytes come back, and take less room than they were where they can", () => {
  const region = fc.record({ gap: fc.nat(5000), bytes: fc.uint8Array({ maxLength: 3000 }) });
  fc.assert(
    fc.property(fc.array(region, { maxLength: 12 }), (list) => {
      let offset = 0;
      const regions = list.map(({ gap, bytes }) => {
        const from = offset + gap;
        offset = from + bytes.length;
        return { offset: from, bytes };
      });
      const packed = packRegions(regions);
      expect(unpackRegions(packed.regions, packed.deflated)).toEqual(regions);
      const receipt: Receipt = {
        ...RECEIPT,
        former: { files: [{ role: "primary", existed: true, sizeBytes: offset, regions }] },
      };
      expect(parseReceipt(formatReceipt(receipt), "r.json").former).toEqual(receipt.former);
    }),
  );
  expect(packRegions([{ offset: 0, bytes: new Uint8Array(1_000_000) }]).deflated.length).toBeLessThan(3000);
});

describe("a receipt that is not whole is refused (20), and says so", () => {
  type Json = {
    former: { files: { deflated: string; sizeBytes: number; regions: { offset: number; sizeBytes: number }[] }[] };
    [name: string]: unknown;
  };
  const primary = (json: Json) => json.former.files[0] ?? expect.fail();

  test.each<[string, (json: Json) => void]>([
    [
      "cut bytes",
      (json) => {
        primary(json).deflated = primary(json).deflated.slice(0, -8);
      },
    ],
    [
      "no bytes",
      (json) => {
        primary(json).deflated = "";
      },
    ],
    [
      "other bytes",
      (json) => {
        primary(json).deflated = Buffer.from("no zlib stream").toString("base64");
      },
    ],
    [
      "an altered byte",
      (json) => {
        const bytes = Buffer.from(primary(json).deflated, "base64");
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        primary(json).deflated = bytes.toString("base64");
      },
    ],
    [
      "regions of another size",
      (json) => {
        (primary(json).regions[1] ?? expect.fail()).sizeBytes = 4;
      },
    ],
    [
      "regions that overlap",
      (json) => {
        (primary(json).regions[1] ?? expect.fail()).offset = 511;
      },
    ],
    [
      "regions beyond the end",
      (json) => {
        primary(json).sizeBytes = 4098;
      },
    ],
    [
      "more bytes than any receipt holds",
      (json) => {
        primary(json).sizeBytes = 2 ** 40;
        (primary(json).regions[1] ?? expect.fail()).sizeBytes = 2 ** 39;
      },
    ],
  ])("%s", (_what, alter) => {
    const json = JSON.parse(formatReceipt(RECEIPT)) as Json;
    alter(json);
    const failure = failureOf(() => parseReceipt(JSON.stringify(json), "r.json"));
    expect(failure).toMatchObject({
      exit: "invalidDocument",
      code: "receipt-damaged",
      at: "r.json: $.former.files[0]",
    });
  });

  test.each<[string, (json: Json) => void]>([
    [
      "an unknown field",
      (json) => {
        json["extra"] = 1;
      },
    ],
    [
      "no hash",
      (json) => {
        json["before"] = { ...RECEIPT.before, sha256: "x" };
      },
    ],
    [
      "another format",
      (json) => {
        json["pintReceipt"] = 2;
      },
    ],
    [
      "a change of no kind",
      (json) => {
        json["changes"] = [{ kind: "shrug" }];
      },
    ],
  ])("%s", (_what, alter) => {
    const json = JSON.parse(formatReceipt(RECEIPT)) as Json;
    alter(json);
    expect(failureOf(() => parseReceipt(JSON.stringify(json), "r.json")).exit).toBe("invalidDocument");
  });
});

const placeOf = (folder: string): ReceiptPlace => ({ folders: [folder], host: LINUX });

describe("on the disk", () => {
  test("its name is its time, and none replaces another", () => {
    const folder = join(newFolder(), "PINT", "receipts");
    const names = [1, 2, 3].map(() => writeReceipt(placeOf(folder), RECEIPT).path);
    expect(names).toEqual(["", "-2", "-3"].map((end) => join(folder, `2026-03-01T12-34-56Z${end}.json`)));
    expect(readReceipt(names[2] ?? "").receipt).toEqual({ ...RECEIPT, $schema: expect.any(String) });
    expect(statSync(names[0] ?? "").mode & 0o077).toBe(0);
    expect(writeReceipt(placeOf(folder), RECEIPT).sizeBytes).toBe(statSync(names[0] ?? "").size);
  });

  test.each(["ENOSPC", "EROFS", "EACCES"])("one that cannot be written (%s) is told, and leaves nothing", (code) => {
    const folder = newFolder();
    const spy = vi.spyOn(fs, "writeFileSync").mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
    onTestFinished(() => spy.mockRestore());
    const failure = failureOf(() => writeReceipt(placeOf(folder), RECEIPT));
    expect(failure).toMatchObject({ exit: "writeFailed", exitCode: 29, code: "receipt-not-written" });
    expect(failure.message).toContain(`(${code})`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a file where the folder should be is said to be one", () => {
    const file = writeFileIn(newFolder(), "receipts", "mine");
    const failure = failureOf(() => writeReceipt(placeOf(file), RECEIPT));
    expect(failure).toMatchObject({ exit: "writeFailed", code: "receipt-not-written", at: file });
    expect(failure.message).toContain("no folder");
  });

  test("one that could not be read again is not written", () => {
    const folder = newFolder();
    const unreadable: Receipt = { ...RECEIPT, before: { ...RECEIPT.before, sha256: "not a hash" } };
    const failure = failureOf(() => writeReceipt(placeOf(folder), unreadable));
    expect(failure).toMatchObject({ exit: "writeFailed", code: "receipt-not-written" });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("all of a folder, newest first; a damaged one is left out and told", () => {
    const folder = newFolder();
    expect(listReceipts(join(folder, "nothing"))).toEqual({ receipts: [], warnings: [] });
    for (const at of ["2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", "2026-06-01T00:00:00Z"]) {
      writeReceipt(placeOf(folder), { ...RECEIPT, at });
    }
    const damaged = writeFileIn(folder, "2027-01-01T00-00-00Z.json", "{");
    writeFileIn(folder, "notes.txt", "{");
    makePipe(join(folder, "2028-01-01T00-00-00Z.json"));
    const { receipts, warnings } = listReceipts(folder);
    expect(receipts.map(({ receipt }) => receipt.at.slice(0, 7))).toEqual(["2026-12", "2026-06", "2026-01"]);
    const told = [damaged, "a pipe"].map((part) => ({
      code: "receipt-unreadable",
      message: expect.stringContaining(part),
    }));
    expect(warnings.toSorted((left, right) => left.message.localeCompare(right.message))).toEqual(told);
  });

  test("a path that is no receipt's", () => {
    const folder = newFolder();
    expect(failureOf(() => readReceipt(join(folder, "gone.json")))).toMatchObject({
      exit: "noImage",
      code: "no-receipt",
    });
    mkdirSync(join(folder, "folder"));
    expect(failureOf(() => readReceipt(join(folder, "folder")))).toMatchObject({ exit: "noImage", code: "no-receipt" });
    const profile = join(folder, "profile.json");
    writeFileSync(profile, '{"pintProfile":1,"connections":[]}');
    expect(failureOf(() => readReceipt(profile))).toMatchObject({ exit: "invalidDocument", code: "document-kind" });
    expect(readFileSync(profile, "utf8")).toContain("pintProfile");
  });
});

test("times", () => {
  // Microsoft, "Converting a time_t value to a FILETIME": 1970-01-01 is 116444736000000000.
  expect(fileTime(new Date(0))).toBe(116_444_736_000_000_000n);
  expect(fileTime(new Date("2026-03-01T12:34:56.789Z")) % 10_000_000n).toBe(7_890_000n);
  expect(timeStamp(new Date("2026-03-01T12:34:56.789Z"))).toBe("2026-03-01T12-34-56Z");
});
